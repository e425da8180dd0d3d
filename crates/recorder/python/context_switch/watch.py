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
from collections import Counter
from types import FrameType
from typing import Any, Callable, Optional

#: For so long the program may compute beside a timer, in nanoseconds.
_LONG = 50_000_000
#: Whoever asks for the time a thousand times within so long does little else.
_BRIEF = 10_000_000
#: For so long it may wait for something else than the clock.
_BLOCKED = 40_000_000
#: Whoever keeps the thread for so long on the machine's clock is recorded.
HELD = 60_000_000
#: How often to look, in seconds.
_PERIOD = 0.02

_thread_time_ns = time.thread_time_ns
_monotonic_ns = time.monotonic_ns
_clock_gettime_ns = getattr(time, "clock_gettime_ns", None)
_sleep = time.sleep
_start = _thread.start_new_thread

COMPUTES = "It computes while a timer runs."
BLOCKS = "It makes calls that block the event loop's thread."
ASKS = "It asks for the time over and over."


class Watch:
    """Watches the thread that makes it."""

    def __init__(
        self,
        instant: Callable[[], object],
        go_real: Callable[[str, int], None],
        is_real: Callable[[], bool],
    ) -> None:
        """`instant` is another object whenever the clock has moved; `go_real` is
        called with a reason and with how much the clock is late, in nanoseconds."""
        self._instant = instant
        self._go_real, self._is_real = go_real, is_real
        #: Whether something would have happened meanwhile, in the nanoseconds that
        #: the program has computed.
        self.beside: Callable[[int], bool] = lambda _: False
        #: The step under way, a number of its own; 0 while there is none.
        self._step = 0
        self._steps = 0
        #: Whether the recorder itself waits.
        self._aside = 0
        #: What was computed in the instant before this step, and in which.
        self._used = 0
        self._used_in: object = None
        #: Since when this step has the thread: as computed, and as the machine's
        #: clock says; and what the recorder itself has computed in it.
        self._began = self._since = 0
        self._own = 0
        #: How often it asked for the time, and what it had computed a thousand before.
        self._readings = self._asked = 0
        self._main = _thread.get_ident()
        self._task = f"/proc/self/task/{_thread.get_native_id()}/status"
        self._clock: Optional[int] = None
        if hasattr(time, "pthread_getcpuclockid"):
            self._clock = time.pthread_getcpuclockid(self._main)
        self._stop: Any = None

    # What has the thread.

    def begins(self) -> int:
        """A step begins. Returns what `ends` has to be given."""
        outer = self._step
        if outer:
            self._used = self.computed()
        self._begin()
        return outer

    def _begin(self) -> None:
        self._steps += 1
        self._own, self._began, self._since = 0, self._cpu(), _monotonic_ns()
        self._step = self._steps

    def _cpu(self) -> int:
        """For how many nanoseconds the thread has computed."""
        return _thread_time_ns() if self._clock is None else _clock_gettime_ns(self._clock)

    def ends(self, outer: int = 0) -> None:
        """It ends."""
        self.look()
        self._used, self._used_in = self.computed(), self._instant()
        self._step = 0
        if outer:
            self._begin()

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
            self._begin()

    def __enter__(self) -> None:
        """What is done with the watch is the recorder's own doing."""
        self._aside += 1

    def __exit__(self, *_: object) -> None:
        self._aside -= 1

    def computed(self) -> int:
        """For how many nanoseconds the program has computed in this instant."""
        before = self._used if self._used_in is self._instant() else 0
        if not self._step:
            return before
        return before + max(0, self._cpu() - self._began - self._own)

    def discount(self, since: int) -> None:
        """What was computed since `look` said so is the recorder's doing."""
        if since:
            self._own += max(0, self.computed() - since)

    def look(self) -> int:
        """Goes to the machine's clock if the program has computed for long beside
        a timer. Returns what it has computed, in the thread that is watched."""
        if not self._step or self._is_real() or _thread.get_ident() != self._main:
            return 0
        used = self.computed()
        self._is_late(used)
        return used

    def _is_late(self, used: int) -> None:
        if used > _LONG and self.beside(used):
            self._go_real(COMPUTES, used)

    def asks(self) -> None:
        """The program asks for the time: it may be waiting for it to pass."""
        self._readings += 1
        if self._readings % 1000 == 0 and not self._is_real():
            used, before = self.computed(), self._asked
            self._asked = used
            does_little_else = 0 <= used - before < _BRIEF
            if used > _LONG and does_little_else and _thread.get_ident() == self._main:
                self._go_real(ASKS, used)

    # The other thread.

    def start(self, sees: Callable[[FrameType, int], None]) -> None:
        """Begins to look. `sees` is called with where the thread stands and for
        how many nanoseconds one step has had it, on the machine's clock."""
        self._sees = sees
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
            while os.path.exists(self._looker):
                _sleep(0.0005)
            self._stop = None

    def _look_on(self) -> None:
        self._looker = f"/proc/self/task/{_thread.get_native_id()}"
        # They are the program's.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        stop, over = self._stop, self._over
        step, asleep, blocked = 0, None, 0
        while not stop.acquire(timeout=_PERIOD):
            now = _monotonic_ns()
            if self._step == 0 or self._aside:
                step = 0
                continue
            if self._step != step:
                step, asleep, blocked = self._step, self._asleep(), now
                continue
            before, asleep = asleep, self._asleep()
            if asleep is None or asleep != before:
                blocked = now
            if not self._is_real():
                if now - blocked >= _BLOCKED:
                    self._go_real(BLOCKS, now - self._since)
                else:
                    self._is_late(self.computed())
            frame = sys._current_frames().get(self._main)
            if frame is not None and self._step == step and self._is_real():
                self._sees(frame, now - self._since)
        over.release()

    def _asleep(self) -> Optional[tuple]:
        """In which of its waits the thread is; none while it runs, or where the
        system does not say."""
        try:
            with open(self._task) as status:
                lines = dict(line.split(":", 1) for line in status if ":" in line)
        except OSError:
            return None
        if not lines["State"].strip().startswith("S") or self._clock is None:
            return None
        return lines.get("voluntary_ctxt_switches"), self._cpu()
