"""Calls in other threads, on virtual time.

What `to_thread` and `run_in_executor` are given runs in a real thread, but
only one thread runs at any moment: a job has the baton until it sleeps or
ends, then the loop has it again. `time.sleep` in a job is a wait until the
clock has come so far. So a program with such calls, too, runs in the same
order every time. On a real machine the order of what two threads do at the
same time is not fixed; this is one of the possible orders.
"""

import concurrent.futures
import threading
import time
from concurrent.futures import thread
from typing import Any, Callable, NamedTuple, Optional

from .clock import Clock, Moment
from .facts import Facts
from .usage import Looks, Usage, switches
from .watch import Watch

#: Threads of the default pool: `ThreadPoolExecutor`'s number for four processors.
POOL = 8
_start = threading.Thread.start
_NOTE = (
    "Blocking calls in threads run one at a time here; "
    "on a real machine their order beside the tasks is not fixed."
)
#: How often a job that has the baton is looked at, in nanoseconds.
_LOOK = 5_000_000
#: For so long it must be seen in one and the same wait, in nanoseconds.
_ASLEEP = 3 * _LOOK
#: For how long a job may compute in no time at all, in nanoseconds.
_MOST = 200_000_000
#: And how long it may wait in all, a little at a time.
_WAITS = 50_000_000
#: A wait that is longer than this takes time, if there is somebody who sees that.
_SHORT = 2_000_000
_monotonic_ns, _sleep = time.monotonic_ns, time.sleep


def _loads() -> Optional[int]:
    counted = switches()
    return None if counted is None else counted.loads


class _Turn:
    """What this thread has done since it got the baton."""

    def __init__(self, in_the_way: Callable[..., int]) -> None:
        """`in_the_way` says for how long, up to a time, it may have had to wait for the
        recorder's own threads."""
        self._usage = Usage(threading.get_native_id(), threading.get_ident())
        self._in_the_way, self._had_to_wait = in_the_way, in_the_way()
        self._before, self._delayed = self._usage.computed() or 0, self._usage.delayed() or 0
        self._loads = _loads()
        self._since = _monotonic_ns()
        self.sleeps, self.switched = self._usage.sleeps, self._usage.switched

    def took(self) -> int:
        """How long that is, in nanoseconds."""
        return _monotonic_ns() - self._since

    def computed(self) -> int:
        """For how long of that it computed."""
        return (self._usage.computed() or self._before) - self._before

    def loaded(self) -> bool:
        """Asked by itself: whether the system had to load something for it. How long
        that takes depends on what the machine has in memory."""
        return _loads() != self._loads

    def blocked(self, until: int) -> int:
        """For how long up to then it waited for something else than a processor: at
        least, asked by itself or while it sleeps. Of one that waits for a processor
        the system has not yet counted for how long."""
        took = until - self._since
        delay = (self._usage.delayed() or self._delayed) - self._delayed
        waited = self._in_the_way(until) - self._had_to_wait
        return took - self.computed() - delay - waited


class Job:
    """One call in a thread of its own."""

    def __init__(self, pool: Any, prefix: str, call: Callable, jobs: "Jobs") -> None:
        self.pool = pool
        #: Which of the pool's threads it would have; the name says so.
        self.place = 0
        self.future: concurrent.futures.Future = concurrent.futures.Future()
        #: While it sleeps: until when.
        self.due: Optional[Moment] = None
        self.over = False
        #: For how many nanoseconds all others waited for it, as it was not yet known
        #: that it takes time.
        self.lost = 0
        #: What it has done with the baton; none until its thread has that.
        self.turn: Optional[_Turn] = None
        self.thread = threading.Thread(None, self._run, prefix, (call,), daemon=True)
        self._jobs, self._clock = jobs, jobs.clock
        self._go = threading.Semaphore(0)
        self._back = threading.Semaphore(0)

    def _run(self, call: Callable) -> None:
        self._takes()
        # As a pool does it: a traceback shows that.
        if hasattr(thread, "WorkerContext"):
            thread._WorkItem(self, (call, (), {})).run(thread.WorkerContext(None, ()))
        else:
            thread._WorkItem(self, call, (), {}).run()
        self._back.release()

    # What a pool does with the future of a call.

    def set_running_or_notify_cancel(self) -> bool:
        """It runs: that was asked before its thread began."""
        return True

    def set_result(self, result: Any) -> None:
        """The call has returned."""
        self._settle()
        self.over = True
        self.future.set_result(result)

    def set_exception(self, error: BaseException) -> None:
        """The call has raised."""
        self._settle()
        self.over = True
        self.future.set_exception(error)

    def go(self) -> None:
        """Hands the baton to the job."""
        self.due = self.turn = None
        self._go.release()

    def _takes(self) -> None:
        """In the job's thread: waits for the baton."""
        self._go.acquire()
        self.turn = _Turn(self._jobs.in_the_way)

    def is_back(self) -> bool:
        """Waits for the baton; False when that takes long, since the job
        computes, or waits for something else than the clock."""
        before, asleep, looks = None, 0, self._jobs.looks()
        while True:
            began = looks.waits(_LOOK)
            if self._back.acquire(timeout=_LOOK / 1e9):
                return True
            now, turn = looks.begin(), self.turn
            if turn is not None:
                # It has been in one and the same wait if nothing of that has changed.
                sleeps, computed = turn.sleeps(), turn.computed()
                seen = (sleeps, turn.switched(), computed)
                asleep = asleep + now - began if sleeps and seen == before else 0
                waits = sleeps and turn.blocked(now) > _WAITS
                if asleep >= _ASLEEP or computed > _MOST or waits:
                    self.lost = self._clock.ahead[self.thread.ident] = turn.took()
                    return False
                before = seen
            looks.end()

    def start(self, place: int) -> None:
        """Starts the thread, which waits for the baton."""
        self.place = place
        # As `ThreadPoolExecutor` does; the prefix is there.
        self.thread.name += f"_{place}"
        _start(self.thread)

    def lets_go(self) -> None:
        """In the job's thread: hands the baton back and goes on, where there is
        no need of it any more."""
        self._back.release()

    def sleep(self, ns: int) -> None:
        """In the job's thread: hands the baton back for `ns`."""
        self._settle()
        if self._clock.real:
            self._clock.sleep(ns)
            return
        due = self.due = self._clock.after(ns)
        self._back.release()
        self._takes()
        if self._clock.real:
            self._clock.sleep(max(0, due.shown - self._clock.now()))

    def _settle(self) -> None:
        """In the job's thread, whose turn is over: for others as much time has to pass
        as it took. It may have waited for so short a while that nobody saw it, but
        somebody else would have come first."""
        if self.lost:
            lost, self.lost = self.lost, 0
            _sleep(lost / 1e9)
            # By now the others' time is its own.
            self._clock.ahead.pop(self.thread.ident, None)
        elif not self._clock.real:
            blocked = self.turn.blocked(_monotonic_ns())
            short = blocked <= _SHORT or self.turn.loaded()
            if not short and self._jobs.comes_within(blocked):
                self._jobs.held_up(blocked)
                _sleep(_LOOK / 1e9)


class _Pool(NamedTuple):
    size: int
    waiting: list[Job]


class Jobs:
    """The jobs that are not over."""

    def __init__(
        self, clock: Clock, facts: Facts, watch: Watch, held_up: Callable[[int], None]
    ) -> None:
        """`held_up` is called when a job takes real time, and puts the clock on the
        machine's, where so many nanoseconds have passed."""
        self.clock, self._watch = clock, watch
        self._facts = facts
        self.held_up = held_up
        self._pools: dict[Any, _Pool] = {}
        self._running: list[Job] = []
        self._looks: Optional[Looks] = None

    def looks(self) -> Looks:
        """Those of the thread that asks, at the job that it has given the baton."""
        if self._looks is None or self._looks.ident != threading.get_ident():
            self._looks = Looks()
        return self._looks

    def in_the_way(self, until: int = 0) -> int:
        """For how long, up to then, a job may have had to wait for the recorder's
        threads."""
        looks = self._looks
        return (looks.in_the_way(until) if looks else 0) + self._watch.in_the_way(until)

    def submit(
        self, pool: Any, size: int, prefix: str, call: Callable
    ) -> concurrent.futures.Future:
        """Queues a call; at most `size` of a pool run at once, in threads whose
        names begin with `prefix`. In place of its default pool stands the loop
        itself."""
        if not self.clock.real:
            self._facts.note(_NOTE)
            self._facts.overlaps()
        job = Job(pool, prefix, call, self)
        self._pools.setdefault(pool, _Pool(size, [])).waiting.append(job)
        return job.future

    def of(self, pool: Any) -> list[Job]:
        """The jobs of a pool that are not over."""
        waiting = self._pools[pool].waiting if pool in self._pools else []
        return [job for job in self._running if self._has(pool, job)] + waiting

    def _has(self, pool: Any, job: Job) -> bool:
        # On the machine's clock a job is over at any time.
        return job.pool is pool and not job.over

    def comes_within(self, ns: int) -> bool:
        """Whether something happens within so many nanoseconds."""
        return self._watch.beside(ns)

    def drop(self, pool: Any) -> None:
        """Those of the pool that have not begun never will."""
        if pool in self._pools:
            for job in self._pools[pool].waiting:
                job.future.cancel()

    def any(self) -> bool:
        """Whether there is a job that is not over."""
        return any(self.of(pool) for pool in self._pools)

    def current(self) -> Optional[Job]:
        """The job whose thread this is."""
        here = threading.get_ident()
        return next((job for job in self._running if job.thread.ident == here), None)

    def start(self) -> None:
        """Starts the jobs that there is room for, each up to its first sleep."""
        for pool, (size, waiting) in self._pools.items():
            while waiting:
                taken = {job.place for job in self._running if self._has(pool, job)}
                if len(taken) == size:
                    break
                job = waiting.pop(0)
                if job.future.set_running_or_notify_cancel():
                    self._running.append(job)
                    job.start(min(set(range(size)) - taken))
                    self._resume(job)

    def next(self) -> Optional[Job]:
        """The job that wakes up first."""
        sleeping = [job for job in self._running if job.due is not None]
        return min(sleeping, key=lambda job: job.due.at, default=None)

    def run(self, job: Job) -> None:
        """Lets a sleeping job go on when its time has come."""
        self.clock.advance(job.due)
        self._resume(job)
        self.start()

    def run_until(self, end: Moment) -> None:
        """Lets time pass up to `end` while the loop's thread is blocked."""
        self.start()
        job = self.next()
        while job is not None and job.due.at <= end.at:
            self.run(job)
            job = self.next()
        self.clock.advance(end)

    def finish(self, pool: Any) -> None:
        """Lets time pass until the pool's jobs are over."""
        self.start()
        while not self.clock.real and self.of(pool):
            self.run(self.next())
        while jobs := self.of(pool):
            jobs[0].thread.join()
            # There may be room for one more.
            self.start()

    def finish_all(self) -> None:
        """Lets time pass until all jobs are over."""
        for pool in list(self._pools):
            self.finish(pool)

    def set_free(self) -> None:
        """The clock follows the machine's from here on: so do the jobs."""
        for job in self._running:
            if job.due is not None:
                job.go()
        self.start()
        job = self.current()
        if job is not None:
            job.lets_go()

    def _resume(self, job: Job) -> None:
        with self._watch:
            job.go()
            if self.clock.real:
                self._running = [job for job in self._running if not job.over]
            elif not job.is_back():
                self.held_up(0)
            elif job.over:
                job.thread.join()
                self._running = [other for other in self._running if other is not job]
