"""The event loop: it runs every step, sets every timer, moves the clock.

It rests on CPython's `base_events.py` and `selector_events.py`: there
`call_soon` goes through `_call_soon`, and `_run_once` asks the selector, hands
what it says to `_process_events` and runs what is in `_ready`. Timers are kept
here instead of in `_scheduled`, so that those due at the same time fire in the
order of setting.
"""

import asyncio
import concurrent.futures
import functools
import heapq
import itertools
import math
import selectors
import threading
from asyncio import events
from typing import Callable, Optional

from .clock import Clock
from .handles import Call, Step, Timer, is_step, looks_like
from .jobs import POOL, Jobs
from .tasks import Future, Task, is_helper
from .tracer import Tracer
from .waits import BLOCKING_CALL

_seq = itertools.count()
#: How long to wait in earnest for what a socket may bring, in seconds.
_GRACE = 0.002
#: The same where other threads or processes bring it.
_SETTLING = 0.05
#: How often to leave the system unasked while something is ready.
_PATIENCE = 100
#: A timer further away than a hundred years, in seconds, never fires. asyncio
#: waits for it, and nobody sees the end of that; virtual time would jump there at
#: once, and for `inf` there is nowhere to jump to.
_NEVER = 100 * 365 * 86_400


class _Selector(selectors.DefaultSelector):
    """Asks the system; where it would wait, moves the clock instead.

    What comes from other threads and processes comes at any time. So that it
    changes the order of things as little as can be, it is asked for only when
    nothing else is ready, and then all that comes at about the same time is
    taken together.
    """

    loop: "Loop"
    settles = False
    _unasked = 0

    def select(self, timeout: Optional[float] = None):
        # asyncio asks with 0 when something is ready, else without a limit,
        # since it knows of no timers.
        self.loop.jobs.start()
        if timeout is not None:
            self._unasked += 1
            if self.settles and self._unasked < _PATIENCE:
                return []
            self._unasked = 0
            return super().select(timeout)
        found = self.loop.wait(super().select)
        if self.settles and found:
            self.loop.clock.sleep(self.loop.until_next_timer(_SETTLING))
            found = sorted(super().select(0), key=lambda ready: ready[0].fd)
        return found


@looks_like(asyncio.SelectorEventLoop)
class Loop(asyncio.SelectorEventLoop):
    """A selector loop that is recorded."""

    clock: Clock
    tracer: Tracer
    jobs: Jobs
    stuck: Callable[[], None]
    go_real: Callable[[str], None]

    def __init__(self, selector: Optional[selectors.BaseSelector] = None) -> None:
        self._timers: list[Timer] = []
        self._stale = 0
        self._delay: Optional[float] = None
        #: Of the timers due right now those fire that were set at this time or before.
        self._hair = 0
        own = _Selector()
        own.loop = self
        super().__init__(own)

    def time(self) -> float:
        return self.clock.now() / 1e9

    def create_future(self) -> Future:
        return Future(loop=self)

    def run_until_complete(self, future):
        if isinstance(future, Task):
            future.root = True
        return super().run_until_complete(future)

    def run_forever(self) -> None:
        if not self.tracer.here():
            # Two loops cannot share a clock that jumps: each goes to its own timer.
            self.go_real("It runs a loop in another thread, which is not recorded.")
        try:
            super().run_forever()
        finally:
            self.tracer.cause = "runtime"

    # What is ready.

    def _call_soon(self, callback, args, context):
        task = getattr(callback, "__self__", None)
        if isinstance(task, Task) and is_step(callback):
            if task.new:
                task.new = False
                if not is_helper(task.get_coro()) and self.tracer.here():
                    task.root = not self.is_running() and self.tracer.starts_a_run()
                    self.tracer.spawned(task, task.get_coro(), task.get_name())
            elif task.number is not None:
                self.tracer.woken(task)
            if task.number is not None:
                step = Step(callback, args, self, context)
                step.tracer, step.task = self.tracer, task
                self._ready.append(step)
                return step
        call = Call(callback, args, self, context)
        call.tracer, call.cause = self.tracer, self.tracer.cause
        self._ready.append(call)
        return call

    def _process_events(self, event_list) -> None:
        self.tracer.cause = "io"
        super()._process_events(event_list)
        self._ready.extend(self._due())

    # Timers.

    def call_later(self, delay, callback, *args, context=None):
        # On a real clock `call_at` would see a little less than was asked for.
        self._delay = delay
        try:
            return super().call_later(delay, callback, *args, context=context)
        finally:
            self._delay = None

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_at")
        now = self.clock.now()
        timer = Timer(when, callback, args, self, context)
        timer.tracer, timer.seq = self.tracer, next(_seq)
        never = when - now / 1e9 > _NEVER
        timer.due = math.inf if never else max(now, round(max(0, when) * 1e9))
        timer.set_at = now if timer.due > now else 0
        ours = (getattr(callback, "__module__", None) or "").split(".")[0] == "asyncio"
        if never:
            # An event has no number for more.
            delay = _NEVER * 10**9
        else:
            delay = timer.due - now if self._delay is None else round(max(0, self._delay) * 1e9)
        timer.owner = None
        if self.tracer.here():
            timer.owner = self.tracer.timer((delay + 500) // 1000, owned=ours)
        heapq.heappush(self._timers, timer)
        return timer

    def _timer_handle_cancelled(self, handle) -> None:
        self._stale += 1
        if self._stale > 100 and self._stale * 2 > len(self._timers):
            self._timers = [timer for timer in self._timers if not timer.cancelled()]
            heapq.heapify(self._timers)
            self._stale = 0

    def _next(self) -> Optional[Timer]:
        """The next timer that will fire, not taken out."""
        while self._timers and self._timers[0].cancelled():
            heapq.heappop(self._timers)
            self._stale = max(0, self._stale - 1)
        return self._timers[0] if self._timers and self._timers[0].due < math.inf else None

    def _due(self) -> list[Timer]:
        """Takes out the timers that fire now, in order.

        Two timers for the very same time, set at different times, differ by a
        hair on a real clock: what the earlier one sets off is over before the
        later one fires. So time is a pair here, the second part of which is
        when the timer was set, and moves only when nothing can run.
        """
        now, due = self.clock.now(), []
        while True:
            timer = self._next()
            if timer is None or timer.due > now or timer.due == now and timer.set_at > self._hair:
                return due
            due.append(heapq.heappop(self._timers))

    # Waiting.

    def wait(self, select: Callable) -> list[tuple]:
        """Waits for input, output, the next timer or the next thread, where
        nothing is ready."""
        timer, job = self._next(), self.jobs.next()
        if self.clock.real:
            if timer is None and self._is_stuck():
                self.stuck()
            ns = None if timer is None else timer.due - self.clock.now()
            return select(ns if ns is None else max(0, ns) / 1e9)
        # What was sent over a socket of this machine may be on its way.
        found = select(_GRACE if self._watches() else 0)
        if found:
            return found
        if job is not None and (timer is None or (job.due, job.set_at) < (timer.due, timer.set_at)):
            self._hair = job.set_at
            self.jobs.run(job)
        elif timer is not None:
            self._hair = timer.set_at
            self.clock.advance(timer.due)
        elif self._is_stuck():
            self.stuck()
        else:
            return select(None)
        return select(0)

    def until_next_timer(self, most: float) -> int:
        """How many nanoseconds there are until the next timer, at most `most`
        seconds."""
        timer, ns = self._next(), round(most * 1e9)
        return ns if timer is None else max(0, min(ns, timer.due - self.clock.now()))

    def _watches(self) -> bool:
        """Whether the system is asked about more than the loop's own pipe."""
        return len(self._selector.get_map()) > self._internal_fds

    def _is_stuck(self) -> bool:
        """Whether nothing is left that could wake anybody."""
        alone = threading.active_count() == 1 and not self.jobs.any()
        return alone and not self._watches() and not self._signal_handlers

    # Threads.

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        pool = executor or self._default_executor
        if pool is not None and not isinstance(pool, concurrent.futures.ThreadPoolExecutor):
            self.go_real("It runs calls in other processes.")
        if self.clock.real:
            future = super().run_in_executor(executor, func, *args)
        else:
            call = functools.partial(func, *args)
            if pool is None:
                call = self.jobs.submit(self, POOL, "asyncio", call)
            else:
                size, prefix = pool._max_workers, pool._thread_name_prefix
                call = self.jobs.submit(pool, size, prefix, call)
            future = asyncio.wrap_future(call, loop=self)
        future.words = BLOCKING_CALL
        return future

    async def shutdown_default_executor(self, timeout=None) -> None:
        # Those of virtual time are the loop's own: another loop, in one of them,
        # has others to wait for.
        jobs = self.jobs.of(self) + self.jobs.of(self._default_executor)
        calls = [job.future for job in jobs]
        if calls:
            await asyncio.wait([asyncio.wrap_future(call, loop=self) for call in calls])
        await super().shutdown_default_executor()


def install(
    clock: Clock,
    tracer: Tracer,
    jobs: Jobs,
    stuck: Callable[[], None],
    go_real: Callable[[str], None],
) -> None:
    """Makes asyncio create this loop wherever it creates one. `stuck` is called
    when a loop waits for nothing, and does not return; `go_real` with a reason
    when the program needs the machine's clock."""
    Loop.clock, Loop.tracer, Loop.jobs = clock, tracer, jobs
    Loop.stuck, Loop.go_real = staticmethod(stuck), staticmethod(go_real)
    Pool = concurrent.futures.ThreadPoolExecutor
    init, shutdown = Pool.__init__, Pool.shutdown

    @functools.wraps(init)
    def and_look(self, max_workers=None, thread_name_prefix="", initializer=None, *args, **options):
        if initializer is not None:
            # It prepares each thread once; on virtual time each call has its own.
            go_real("It prepares the threads of a pool.")
        init(self, max_workers, thread_name_prefix, initializer, *args, **options)

    @functools.wraps(shutdown)
    def and_wait(self, wait=True, **options):
        if wait:
            jobs.finish(self)
        shutdown(self, wait, **options)

    Pool.__init__, Pool.shutdown = and_look, and_wait
    # 3.14 deprecates the public function, and has this one instead.
    policy = getattr(events, "_get_event_loop_policy", events.get_event_loop_policy)()
    type(policy)._loop_factory = Loop
    asyncio.SelectorEventLoop = asyncio.unix_events.SelectorEventLoop = Loop
    if hasattr(asyncio, "EventLoop"):
        asyncio.EventLoop = asyncio.unix_events.EventLoop = Loop


def settle() -> None:
    """Other threads or processes take part from here on."""
    _Selector.settles = True
