"""The event loop: it runs every step, sets every timer, moves the clock.

It rests on CPython's `base_events.py` and `selector_events.py`: there
`call_soon` goes through `_call_soon`, and `_run_once` asks the selector, hands
what it says to `_process_events`, takes the timers that are due out of the heap
`_scheduled` and runs what is in `_ready`. All that is left to it; only where it
would wait in the selector, the clock is moved. So timers fire in the order in
which asyncio has them, that of one heap and one clock.
"""

import asyncio
import concurrent.futures
import functools
import heapq
import itertools
import math
import selectors
import sys
import threading
from asyncio import events
from typing import Callable, Optional

from . import pipes
from .clock import SECOND, Clock, Moment, nanoseconds, parts
from .handles import Call, Step, Timer, is_step, looks_like
from .jobs import POOL, Jobs
from .pools import install as jobs_of_pools, is_over
from .order import Order
from .tasks import Future, Task, is_helper
from .outside import heeds_signals, known_threads, strange_threads
from .tracer import Tracer
from .waits import BLOCKING_CALL
from .watch import ASKS, LONG

#: How long to wait in earnest for what a socket may bring, in seconds.
_GRACE = 0.002
#: Whoever is late fires so long after whoever passed it, in nanoseconds, at the
#: earliest: more than asyncio takes for the same moment.
_LATE = 50
#: And before it is said that nothing will ever come.
_SETTLES = 0.05
#: So many turns are given away one after the other by whoever waits for time to pass.
_TURNS = 1000
_POLLS = (
    "It gives its turn away over and over (`sleep(0)`) while a timer runs: "
    "virtual time stands still meanwhile, a sleep of some length would let it go on."
)
_LISTENS = (
    "It listens, and nobody from outside is expected to connect: if somebody will, "
    "say `--real-time`."
)
#: A timer further away than a hundred years, in nanoseconds, never fires. asyncio
#: waits for it, and nobody sees the end of that; virtual time would jump there at
#: once, and for `inf` there is nowhere to jump to.
_NEVER = 100 * 365 * 86_400 * 10**9


@looks_like(selectors.DefaultSelector)
class _Selector(selectors.DefaultSelector):
    """Asks the system; where it would wait, moves the clock instead."""

    loop: "Loop"
    #: In how many turns one after the other everybody has only given it away.
    _idle = 0
    #: How often the loop had been asked for the time before.
    _asked = 0

    def select(self, timeout: Optional[float] = None):
        self.loop.jobs.start()
        found = self._select(timeout)
        self.loop.choose()
        return found

    def _select(self, timeout: Optional[float]):
        if self.loop.has_more():
            self._idle = self._idle + 1 if self.loop.only_turns() else 0
            if self._idle == 1:
                self._asked = self.loop.asked
            if self._idle == _TURNS:
                # Once in each turn it asks by itself (`_run_once`).
                self.loop.turns_away(self.loop.asked - self._asked > _TURNS + _TURNS // 2)
            return super().select(0)
        if self.loop.late:
            return super().select(0)
        with self.loop.tracer.watch:
            return self.loop.wait(self._wait, timeout)

    def _wait(self, timeout: Optional[float]):
        self.loop._asleep = True
        try:
            return super().select(timeout)
        finally:
            self.loop._asleep = False


@looks_like(asyncio.SelectorEventLoop)
class Loop(asyncio.SelectorEventLoop):
    """A selector loop that is recorded."""

    clock: Clock
    order: Order
    tracer: Tracer
    jobs: Jobs
    stuck: Callable[[], None]
    go_real: Callable[..., None]
    #: Called when a loop begins in another thread than the recorded one: whether that
    #: is the recorded one from here on.
    moves: Callable[[], bool]
    #: Called with a task of another class.
    strange: Callable[[object], None]
    #: Whether these file descriptors are connections to itself, beside which it may
    #: listen or not; `peers.py`.
    hears_itself: Callable[[set, bool], bool]
    #: Whether other processes were started.
    has_processes: Callable[[], bool]
    #: Called with what a reader of the recording has to know.
    note: Callable[[str], None]
    #: The one that has the recorded thread.
    running: Optional["Loop"] = None

    def __init__(self, selector: Optional[selectors.BaseSelector] = None) -> None:
        #: Of a `call_later` under way: what it was asked for, and what it read.
        self._delay: Optional[float] = None
        self._read = 0
        #: How often it was asked for the time.
        self.asked = 0
        #: Timers that were due in the turn before, and are late.
        self.late: list[Timer] = []
        #: Whether it waits for the system to say something.
        self._asleep = False
        own = _Selector()
        own.loop = self
        super().__init__(own)

    def time(self) -> float:
        self.asked += 1
        self._read = self.clock.read()
        return self._read / SECOND

    @property
    def _clock_resolution(self) -> float:
        # A timer is due after its time, not a nanosecond before; but where a test
        # stands in for `time`, it is due at just that.
        return 1e-9 if "time" in vars(self) else 0.0

    @_clock_resolution.setter
    def _clock_resolution(self, resolution: float) -> None:
        pass

    def create_future(self) -> Future:
        return Future(loop=self)

    def run_until_complete(self, future):
        if isinstance(future, Task):
            future.root = True
        return super().run_until_complete(future)

    def run_forever(self) -> None:
        if not self.tracer.here() and not self._moves():
            super().run_forever()
            return
        self.tracer.is_async()
        self.tracer.watch.follows()
        had = self.tracer.watch.leaves()
        outer = None if Loop.running is self else Loop.running
        Loop.running = self
        try:
            super().run_forever()
        finally:
            Loop.running = outer
            self.tracer.cause = "runtime"
            self.tracer.watch.goes_on(had)

    def _moves(self) -> bool:
        """It begins in another thread than the recorded one: whether that is from here
        on."""
        moved = self.moves()
        if moved:
            # Before another one is.
            Loop.running = self
        return moved

    def _is_recorded(self) -> bool:
        """Whether a task that is made now is."""
        if self.tracer.here():
            return True
        return not self.is_running() and self.tracer.starts_a_run() and self._moves()

    # What goes wrong.

    def call_exception_handler(self, context) -> None:
        # What the program has a handler for, it sees.
        if self._exception_handler is None:
            self.tracer.trouble.handle(context)
        super().call_exception_handler(context)

    def _owned(self) -> None:
        """Says so if another thread than the loop's calls it as if it were its own, or
        the handler of a signal does, for which it does not wake either."""
        if self._thread_id not in (None, threading.get_ident()):
            self.tracer.calls_the_loop()
        elif self._asleep and not self._signal_handlers:
            self.tracer.wakes_nobody()

    # What is ready.

    def call_soon(self, callback, *args, context=None):
        self._owned()
        if self._debug or self._closed:
            return super().call_soon(callback, *args, context=context)
        # What is left of that.
        return self._call_soon(callback, args, context)

    def call_soon_threadsafe(self, callback, *args, context=None):
        handle = super().call_soon_threadsafe(callback, *args, context=context)
        if type(handle) is Call and handle.came is None:
            handle.came = self.tracer.asks_itself()
        return handle

    def _call_soon(self, callback, args, context):
        task = getattr(callback, "__self__", None)
        if isinstance(task, Task) and is_step(callback):
            if task.new:
                task.new = False
                if not is_helper(task.get_coro()) and self._is_recorded():
                    task.root = not self.is_running() and self.tracer.starts_a_run()
                    self.tracer.spawned(task, task.get_coro(), task.get_name())
            elif task.number is not None:
                self.tracer.woken(task)
            if task.number is not None:
                step = Step(callback, args, self, context)
                step.tracer, step.task = self.tracer, task
                self._ready.append(step)
                return step
        elif not isinstance(task, Task) and hasattr(task, "get_coro") and self.tracer.here():
            self.strange(task)
        call = Call(callback, args, self, context)
        call.tracer, call.cause = self.tracer, self.tracer.cause
        asks = sys._getframe(2)
        if asks.f_code.co_filename == __file__:
            asks = asks.f_back
        call.line, call.came = self.tracer.asked_in(asks), self.tracer.comes()
        self._ready.append(call)
        return call

    def _process_events(self, event_list) -> None:
        self.tracer.cause = "io"
        super()._process_events(event_list)

    # Timers.

    def call_later(self, delay, callback, *args, context=None):
        self._owned()
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
        timer = Timer(when, callback, args, self, context)
        now = self._set(timer)
        is_sleep = callback is asyncio.futures._set_result_unless_cancelled
        timer.latest = timer.at + (timer.at - timer.read if is_sleep else 0)
        ours = (getattr(callback, "__module__", None) or "").split(".")[0] == "asyncio"
        timer.owner, timer.line, timer.tracer = None, None, self.tracer
        if self.tracer.here():
            us = min(timer.shown - now, _NEVER) // 1000
            timer.owner, timer.line = self.tracer.timer(us, owned=ours, now=now)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _set(self, timer: Timer) -> int:
        """Says when the timer is due, in the clock's terms. Returns what is shown
        now, in nanoseconds."""
        clock, when, delay = self.clock, float(timer._when), self._delay
        read = clock.read() if delay is None else self._read
        timer.read, timer.instant = read, clock.instant
        timer.used = 0 if clock.real else self.tracer.watch.computed()
        now = clock.shown(read)
        if not math.isfinite(when):
            timer.at, timer.shown = (math.inf, math.inf) if when > 0 else (read, now)
        elif delay is None:
            timer.at = math.ceil(when * SECOND)
            ns = max(0, nanoseconds(timer.at - read))
            # The program's own reading was a hair earlier than this one.
            timer.shown = now + (ns if clock.real else (ns + 500) // 1000 * 1000)
            timer.read = max(clock.instant.first, timer.at - parts(timer.shown - now))
        else:
            timer.at = read + math.ceil(delay * SECOND)
            timer.shown = now + max(0, round(delay * 1e9))
            # The nearest float, however long the delay.
            timer._when = timer.at / SECOND
        return now

    def _next(self) -> Optional[Timer]:
        """The next timer that will fire."""
        timer = self._scheduled[0] if self._scheduled else None
        return timer if timer is not None and timer.shown < self.clock.now() + _NEVER else None

    # The order of timers, where it is chosen.

    def choose(self) -> None:
        """Of the timers that are due at the same time any may fire first, and the
        others in this turn or in a later one, however that time was reckoned. On a
        machine they are due one after the other, and who comes first is a matter of
        microseconds."""
        if not self.order.chosen or self.order.wide:
            return
        late, self.late = self.late, []
        for timer in late:
            heapq.heappush(self._scheduled, timer)
        now, last = self.clock.now(), self.clock.instant.last
        due = sorted(one for one in self._scheduled if one.shown <= now and not one.cancelled())
        groups = [list(group) for _, group in itertools.groupby(due, lambda one: one.shown)]
        for timers in groups:
            # Before those of another time none of these can be late or early.
            is_last = timers is groups[-1]
            if not is_last:
                timers = [one for one in timers if one.at <= last]
            was_late = any(timers[0] is one for one in late) if timers else False
            if len(timers) > 1 or was_late or (timers and timers[0].at > last):
                self._choose(timers, last, is_last, bool(self._ready))

    def _choose(self, timers: list[Timer], last: int, may_wait: bool, has_others: bool) -> None:
        """Who of these fires in this turn, in which order. First come, first served
        are those that are due by the reading `last`; the others in a later turn."""
        chosen: list[Timer] = []
        first = min(timers[0].at, last)
        while timers:
            waits = may_wait and bool(chosen or has_others)
            is_early = timers[0].at > last
            if is_early and not waits:
                break
            # Way 0 is what happens where nothing is chosen.
            way = self.order.choose(len(timers) + waits) - (waits and is_early)
            if way == -1 or way == len(timers):
                break
            chosen.append(timers.pop(way))
        for place, timer in enumerate(chosen):
            self._move(timer, first - len(chosen) + place, timer.shown)
        self.late += [one for one in timers if one.at <= last]
        waiting = set(map(id, self.late))
        self._scheduled = [one for one in self._scheduled if id(one) not in waiting]
        heapq.heapify(self._scheduled)

    def slow(self) -> Moment:
        """Where sleeps may take up to twice their time: chooses which timer is next,
        among all that may be due before the first of them has to fire; then who of
        those that are due by then fires in the same turn, in which order. The others
        are late. Returns the moment at which they fire."""
        left = sorted(one for one in self._scheduled if not one.cancelled())
        limit = min(one.latest for one in left)
        may_be_next = [one for one in left if one.at <= limit]
        first = may_be_next[self.order.choose(len(may_be_next))]
        # With it those may fire that were set in the same instant.
        at = first.at + max(0, first.instant.last - first.read)
        fired, late = [first], [one for one in left if one is not first and one.at <= at]
        while late:
            way = self.order.choose(len(late) + 1)
            if way == len(late):
                break
            fired.append(late.pop(way))
        for place, timer in enumerate(fired):
            self._move(timer, at - len(fired) + place, first.shown)
        for timer in late:
            self._move(timer, at + parts(_LATE), first.shown)
        heapq.heapify(self._scheduled)
        return Moment(at, first.shown)

    def _move(self, timer: Timer, at: int, shown: int) -> None:
        timer.at, timer.shown = at, max(timer.shown, shown)
        timer._when = at / SECOND

    # Waiting.

    def has_more(self) -> bool:
        """Whether something is ready, or the loop is to stop."""
        return bool(self._ready) or self._stopping

    def only_turns(self) -> bool:
        """Whether all that is ready is tasks that gave their turn away."""
        if len(self._ready) >= 8:
            return False
        for one in self._ready:
            if type(one) is not Step or one.task._fut_waiter is not None:
                return False
        return True

    def turns_away(self, asks: bool) -> None:
        """Everybody has given the turn away, over and over; if they ask, they do ask
        for the time."""
        if self.clock.real:
            return
        # Nobody computes, but on virtual time what they wait for would never come.
        if self._next() is not None or self.jobs.next() is not None:
            self.go_real(_POLLS, self.tracer.watch.computed())
        elif asks:
            self.go_real(ASKS, self.tracer.watch.computed())

    def beside(self, ns: int) -> bool:
        """Whether a timer would have fired in the nanoseconds that the program has kept
        the thread in this instant, or a thread gone on. What is due anyway comes next."""
        now, is_long = self.clock.now(), ns > LONG

        def missed(timer: Timer) -> bool:
            is_new = timer.instant is self.clock.instant
            used = timer.used if is_new else 0
            # What was set before and is due now comes next: it is late, but nothing
            # else comes of that.
            begins = now if is_new or not is_long else now - 1
            return not timer.cancelled() and begins < timer.shown <= now + ns - used

        job = self.jobs.next()
        missed_job = job is not None and now < job.due.shown <= now + ns
        return missed_job or any(map(missed, self._scheduled))

    def wait(self, select: Callable, timeout: Optional[float]) -> list[tuple]:
        """Waits for input, output, the next timer or the next thread, where
        nothing is ready; on the machine's clock for `timeout` seconds."""
        timer, job = self._next(), self.jobs.next()
        if self.clock.real:
            if timer is None:
                found = select(0)
                if found or self.has_more():
                    return found
                if self._is_stuck():
                    return select(_SETTLES) or self.stuck()
            return self._look_on(select, None if timer is None else timeout)
        if timer is not None and timer.at <= self.clock.instant.last:
            return select(0)
        # What was sent over a socket of this machine may be on its way.
        found = select(_GRACE if self._watches() else 0)
        if found or self.has_more():
            return found
        if job is not None and (timer is None or job.due.at < timer.at):
            self.jobs.run(job)
        elif timer is not None and self.order.wide:
            self.clock.advance(self.slow())
        elif timer is not None:
            # With it fire those that were set in the same instant.
            behind = max(0, timer.instant.last - timer.read)
            self.clock.advance(Moment(timer.at, timer.shown), behind)
        elif self._is_stuck():
            return select(_SETTLES) or self.stuck()
        else:
            if not self._watches():
                self.go_real("It waits for a signal, or for a thread that is not Python's.")
            return self._look_on(select, None)
        return select(0)

    def _look_on(self, select: Callable, timeout: Optional[float]) -> list[tuple]:
        """Waits on the machine's clock, and looks now and then what becomes of other
        processes."""
        if not self.has_processes() or timeout is not None and timeout <= pipes.PERIOD:
            return select(timeout)
        found = select(pipes.PERIOD)
        if not found:
            self.tracer.pipes.look(asyncio.all_tasks(self))
        return found

    def _watches(self) -> bool:
        """Whether the system is asked about more than the loop's own pipe."""
        return len(self._selector.get_map()) > self._internal_fds

    def _is_stuck(self) -> bool:
        """Whether nothing is left that could wake anybody."""
        alone = known_threads() == 1 and not self.jobs.any() and not strange_threads()
        heeds = self._signal_handlers or heeds_signals()
        return alone and not heeds and (not self._watches() or self._hears_itself())

    def _hears_itself(self) -> bool:
        """Whether all that the system is asked about are connections of the process
        to itself. On virtual time it may also listen, where its own connections are
        all that it waits for."""
        files = {key.fd for key in self._selector.get_map().values()}
        files.discard(self._ssock.fileno())
        if self.hears_itself(files, False):
            return True
        tasks = {task.number: task for task in asyncio.all_tasks(self)}
        root = next((task for task in tasks.values() if getattr(task, "root", False)), None)
        reads = not self.clock.real and root is not None and self.tracer.reads(root, tasks)
        if not reads or not self.hears_itself(files, True):
            return False
        self.note(_LISTENS)
        return True

    # Threads.

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        pool = executor or self._default_executor
        Pool = concurrent.futures.ThreadPoolExecutor
        if pool is not None and not isinstance(pool, Pool):
            self.go_real("It runs calls in other processes.")
            future = super().run_in_executor(executor, func, *args)
            future.on = BLOCKING_CALL
            return future
        if executor is None and self._executor_shutdown_called or is_over(pool):
            # asyncio, or the pool, says so.
            return super().run_in_executor(executor, func, *args)
        if pool is None and self.clock.real and not self.jobs.of(self):
            # As asyncio makes it.
            pool = self._default_executor = Pool(thread_name_prefix="asyncio")
        size = POOL if pool is None else pool._max_workers
        call, func = self.tracer.calls.watch(pool or self, size, func)
        # Threads that have calls of virtual time are not free on the machine's clock.
        if self.clock.real and not self.jobs.of(pool or self):
            future = super().run_in_executor(executor, func, *args)
        else:
            prefix = "asyncio" if pool is None else pool._thread_name_prefix
            job = self.jobs.submit(pool or self, size, prefix, functools.partial(func, *args))
            future = asyncio.wrap_future(job, loop=self)
        future.on, future.call = BLOCKING_CALL, call
        return future

    async def shutdown_default_executor(self, *args, **options) -> None:
        self._executor_shutdown_called = True
        # Those of virtual time are the loop's own: another loop, in one of them,
        # has others to wait for.
        jobs = self.jobs.of(self) + self.jobs.of(self._default_executor)
        calls = [job.future for job in jobs]
        if calls:
            await asyncio.wait([asyncio.wrap_future(call, loop=self) for call in calls])
        if not self.clock.real:
            # On virtual time it has no threads that would have to be waited for in one.
            if self._default_executor is not None:
                self._default_executor.shutdown(wait=False)
            return
        await super().shutdown_default_executor(*args, **options)


def install(
    clock: Clock,
    tracer: Tracer,
    jobs: Jobs,
    stuck: Callable[[], None],
    go_real: Callable[..., None],
) -> None:
    """Makes asyncio create this loop wherever it creates one. `stuck` is called
    when a loop waits for nothing, and does not return; `go_real` with a reason
    when the program needs the machine's clock."""
    Loop.clock, Loop.tracer, Loop.jobs = clock, tracer, jobs
    Loop.stuck, Loop.go_real = staticmethod(stuck), staticmethod(go_real)

    def beside(ns: int) -> bool:
        return Loop.running is not None and Loop.running.beside(ns)

    tracer.watch.beside = beside
    jobs_of_pools(jobs, go_real)
    # 3.14 deprecates the public function, and has this one instead.
    policy = getattr(events, "_get_event_loop_policy", events.get_event_loop_policy)()
    type(policy)._loop_factory = Loop
    asyncio.SelectorEventLoop = asyncio.unix_events.SelectorEventLoop = Loop
    if hasattr(asyncio, "EventLoop"):
        asyncio.EventLoop = asyncio.unix_events.EventLoop = Loop

