"""How long the program keeps the thread, of which virtual time knows nothing.

That changes nothing as long as nobody else would have done something meanwhile.
But beside a timer that runs, the order of events depends on how long a
computation takes, and a call that blocks takes its time whoever is there: such
a program is run on the machine's clock, from the step on in which that is seen.

Where the thread is, only another thread can say. It looks a few times a second,
and is not one of Python's own: the program does not find it in `threading`.
"""

import _thread
import os
import signal
import sys
import time
from types import FrameType
from typing import Any, Callable, NamedTuple, Optional

from . import usage
from .clock import Clock

#: For so long the program may compute beside a timer, in nanoseconds.
LONG = 50_000_000
#: Whoever asks for the time a thousand times within so long does little else.
_BRIEF = 10_000_000
#: After so long it is asked what the program has computed.
_OFTEN = 1_000_000
#: For so long it may wait for something else than the clock, while somebody looks on.
_BLOCKED = 40_000_000
#: If a timer is due within so long a wait, that is no matter of chance.
_WAITED = 2_000_000
#: A shorter wait is no more than what a step takes anyway.
_SHORT = 500_000
#: Whoever keeps the thread for so long on the machine's clock is recorded.
HELD = 60_000_000
#: How often to look, in seconds.
_PERIOD = 0.02
_PERIOD_NS = round(_PERIOD * 1e9)

_thread_time_ns = time.thread_time_ns
_monotonic_ns = time.monotonic_ns
_sleep = time.sleep
_start = _thread.start_new_thread

COMPUTES = "It computes while a timer runs."
BLOCKS = "It makes calls that block the event loop's thread."
ASKS = "It asks for the time over and over."


class Watch:
    """Watches the thread that makes it, or the one that it was moved to."""

    def __init__(self, clock: Clock, go_real: Callable[[str, int], None]) -> None:
        """`go_real` is called with a reason and with how much the clock is late, in
        nanoseconds."""
        #: Its instant is another object whenever it has moved.
        self._clock = clock
        self._go_real = go_real
        #: Whether something would have happened meanwhile, in the nanoseconds that
        #: the program has computed.
        self.beside: Callable[[int], bool] = lambda _: False
        #: The step under way, a number of its own; 0 while there is none.
        self._step = 0
        self._steps = 0
        #: Whether the recorder itself waits.
        self._aside = 0
        #: Since when this step has the thread, as the machine's clock says.
        self._since = 0
        #: For how long the program kept the thread, up to the last settlement, in which
        #: instant; and for how long of that it waited for something.
        self._used = self._waited = 0
        self._instant: object = None
        #: For how long steps have had the thread since then, and when that was: by
        #: the machine's clock, and as this thread had computed.
        self._busy = 0
        self._settled, self._settled_cpu = _monotonic_ns(), _thread_time_ns()
        #: How often it asked for the time, and what it had computed a thousand before.
        self._readings = self._asked = 0
        self._stop: Any = None
        #: Those of the other thread.
        self._looks: Optional[usage.Looks] = None
        self.moves_here()

    def moves_here(self) -> None:
        """From here on this is the thread that is watched."""
        self._step, self._native = 0, _thread.get_native_id()
        self._task = f"/proc/self/task/{self._native}/status"
        self._main = _thread.get_ident()
        self._usage = usage.Usage(self._native, self._main)
        self._told = self._tells()

    def follows(self) -> None:
        """The same where this thread has the number of the one before, which is over."""
        if _thread.get_native_id() != self._native:
            self.moves_here()

    def now(self) -> int:
        """What is shown now, in nanoseconds."""
        return self._clock.now()

    # What has the thread.

    # To ask what a thread has computed is a call of the system, and a step takes less
    # than two of these. So it is asked once in a while, and what was computed since
    # is the program's for as much of the time as steps had the thread.

    def begins(self) -> int:
        """A step begins. Returns what `ends` has to be given."""
        outer, now = self._step, _monotonic_ns()
        if outer:
            self._busy += now - self._since
        self._since = now
        self._steps = self._step = self._steps + 1
        return outer

    def _cpu(self) -> int:
        """For how many nanoseconds the thread has computed."""
        computed = self._usage.computed()
        return _thread_time_ns() if computed is None else computed

    def ends(self, outer: int = 0) -> None:
        """It ends."""
        now = _monotonic_ns()
        if now - self._settled > _OFTEN or self._clock.instant is not self._instant:
            self._settle(now)
        else:
            self._busy += now - self._since
        self._since, self._step = now, outer

    def leaves(self) -> bool:
        """What has the thread gives it to a loop. Returns what `goes_on` has to be
        given."""
        had = self._step != 0
        if had:
            self.ends()
        return had

    def goes_on(self, had: bool) -> None:
        """It has the thread again."""
        if had:
            self.begins()

    def __enter__(self) -> None:
        """What is done with the watch is the recorder's own doing."""
        if self._aside == 0:
            self._since_aside = _monotonic_ns()
        self._aside += 1

    def __exit__(self, *_: object) -> None:
        self._aside -= 1
        if self._aside == 0 and self._step and not self._clock.real:
            self._since += _monotonic_ns() - self._since_aside

    def computed(self) -> int:
        """For how many nanoseconds the program has kept the thread in this instant:
        what it computed, and what it waited for something up to the last settlement."""
        return self._computed(_monotonic_ns(), self._cpu())

    def _computed(self, now: int, cpu: int) -> int:
        used, busy = self._kept(now)
        took = now - self._settled
        return used + (cpu - self._settled_cpu) * min(busy, took) // took if took > 0 else used

    def _kept(self, now: int) -> tuple[int, int]:
        """What is known of this instant, and for how long steps had the thread since."""
        used, busy = self._used, self._busy
        if self._clock.instant is not self._instant:
            used = busy = 0  # what was before this step
        return used, busy + (now - self._since if self._step else 0)

    def _settle(self, now: int) -> None:
        """Asks what was computed, and what was waited for. Goes to the machine's clock
        if that is much beside a timer."""
        if self._clock.real or _thread.get_ident() != self._main:
            return
        cpu = self._cpu()
        waited = self._waits(now, cpu) if now - self._settled > _SHORT else 0
        self._used = self._computed(now, cpu) + waited
        if self._clock.instant is not self._instant:
            self._instant, self._waited = self._clock.instant, 0
        self._waited += waited
        self._busy, self._settled, self._settled_cpu = 0, now, cpu
        if self._waited > _WAITED and self.beside(self._used):
            self._go_real(BLOCKS, self._used)
        else:
            self._is_late(self._used)

    def _tells(self) -> tuple:
        """What else the system counts, and for how long this thread has waited for the
        other one, as where to count from."""
        return usage.switches(), self._usage.delayed(), self.in_the_way()

    def in_the_way(self, until: int = 0) -> int:
        """For how long, up to then, others may have had to wait for the thread that
        looks; see `Looks`."""
        looks = self._looks
        return looks.in_the_way(until) if looks else 0

    def _waits(self, now: int, cpu: int) -> int:
        """For how long steps have waited since the last settlement, for neither a
        processor nor what the system has to load: at least, as what is left of the
        time is not theirs."""
        (before, had_delayed, had_looked), self._told = self._told, self._tells()
        switches, delayed, _ = self._told
        looked = self.in_the_way(now)
        if switches is None or delayed is None or switches.loads != before.loads:
            return 0
        if switches.given_away == before.given_away:
            return 0
        _, busy = self._kept(now)
        waited = busy - (cpu - self._settled_cpu) - (delayed - had_delayed) - (looked - had_looked)
        return waited if waited > _SHORT else 0

    def look(self) -> int:
        """Goes to the machine's clock if the program has computed for long beside
        a timer. What is done up to `back` is the recorder's doing; returns what that
        has to be given."""
        if not self._step or self._clock.real or _thread.get_ident() != self._main:
            return 0
        now = _monotonic_ns()
        if now - self._settled > _OFTEN:
            self._settle(now)
            self._since = now
        return now

    def back(self, since: int) -> None:
        """See `look`."""
        if since:
            self._since += _monotonic_ns() - since

    def _is_late(self, used: int) -> None:
        if used > LONG and self.beside(used):
            self._go_real(COMPUTES, used)

    def asks(self) -> None:
        """The program asks for the time: it may be waiting for it to pass."""
        self._readings += 1
        if self._readings % 1000 == 0 and not self._clock.real:
            used, before = self.computed(), self._asked
            self._asked = used
            does_little_else = 0 <= used - before < _BRIEF
            if used > LONG and does_little_else and _thread.get_ident() == self._main:
                self._go_real(ASKS, used)

    # The other thread.

    def start(
        self, sees: Callable[[FrameType, int], None], ticks: Callable[[], None]
    ) -> None:
        """Begins to look, each time calls `ticks`. `sees` is called with where the
        thread stands and for how many nanoseconds one step has had it, on the
        machine's clock."""
        self._sees, self._ticks = sees, ticks
        self._stop, self._over = _thread.allocate_lock(), _thread.allocate_lock()
        self._stop.acquire()
        self._over.acquire()
        try:
            _start(self._look_on, ())
        except RuntimeError:  # a system without threads
            self._stop = None

    def stop(self) -> None:
        """Ends it, as a process has to be alone when it forks."""
        if self._stop is not None:
            self._stop.release()
            self._over.acquire()
            while self._looks.is_there():
                _sleep(0.0005)
            self._stop = None

    def _look_on(self) -> None:
        looks = self._looks = usage.Looks()
        # They are the program's.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        stop, over = self._stop, self._over
        seen = _Seen(0, None, 0)
        looks.waits(_PERIOD_NS)
        while not stop.acquire(timeout=_PERIOD):
            now = looks.begin()
            self._ticks()
            seen = self._look_at(now, seen)
            looks.end()
            looks.waits(_PERIOD_NS)
        over.release()

    def _look_at(self, now: int, seen: "_Seen") -> "_Seen":
        """Looks once; `seen` is what was there before. Returns what is there."""
        if self._step == 0 or self._aside:
            return _Seen(0, None, 0)
        asleep = self._asleep()
        if self._step != seen.step:
            return _Seen(self._step, asleep, now)
        blocked = now if asleep is None or asleep != seen.asleep else seen.blocked
        if not self._clock.real:
            if now - blocked >= _BLOCKED:
                self._go_real(BLOCKS, now - self._since)
            else:
                self._is_late(self.computed())
        frame = sys._current_frames().get(self._main)
        if frame is not None and self._step == seen.step and self._clock.real:
            self._sees(frame, now - self._since)
        return _Seen(seen.step, asleep, blocked)

    def _asleep(self) -> Optional[tuple]:
        """In which of its waits the thread is; none while it runs, or where the
        system does not say."""
        try:
            with open(self._task) as status:
                lines = dict(line.split(":", 1) for line in status if ":" in line)
        except OSError:
            return None
        computed = self._usage.computed()
        if not lines["State"].strip().startswith("S") or computed is None:
            return None
        return lines.get("voluntary_ctxt_switches"), computed


class _Seen(NamedTuple):
    """What the other thread has seen: which step, in which of its waits, and since when
    it is in that."""

    step: int
    asleep: Optional[tuple]
    blocked: int
