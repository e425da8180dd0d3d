"""Virtual time, and the functions of `time` that follow it.

A virtual clock stands still while anything can run and jumps when nothing
can. Two times go side by side.

What a recording *shows* counts whole nanoseconds and moves only by what the
program asked for, so that sums of sleeps are exact: with floats 0.1 s and
0.7 s would end before 0.8 s.

What a loop *reads* is a hair later each time, as on any machine: of two
`sleep(1)` in a row the first is due first, and a timer that was set after a
jump is due after one that was set before, for the same shown time. The hair is
a tick of about two picoseconds, so that no sensible rounding lets it be seen.
Readings are whole numbers of `SECOND` parts of a second, a power of two: as
floats they are exact, and so are their sums with a quarter of a second.
"""

import logging
import math
import threading
import time
from typing import Callable, NamedTuple, Optional

#: What `time.time` says at the start of every recording: the beginning of 2020.
EPOCH = 1_577_836_800 * 10**9
#: So many parts has a second of readings: about one is a picosecond.
SECOND = 1 << 40
#: What a reading adds at least, in those parts.
_TICK = 2

_monotonic_ns = time.monotonic_ns
_sleep = time.sleep


class Instant:
    """A while in which the clock shows the same time, and its first and its last
    reading."""

    __slots__ = ("first", "last")

    def __init__(self, first: int) -> None:
        self.first = self.last = first


class Moment(NamedTuple):
    """A time: `at` is what a loop reads then, `shown` what the recording shows,
    in nanoseconds since its start."""

    at: int
    shown: int


class Clock:
    """The time since the start of the run."""

    def __init__(self, real: bool) -> None:
        self.real = real
        self.instant = Instant(0)
        self._shown = 0
        self._anchor = _monotonic_ns()
        self._tick = _TICK
        #: What the next reading but one adds besides.
        self._gap = 0
        self._counter = -1
        #: Threads for which more time has passed than for the others, and how much:
        #: `jobs.py`.
        self.ahead: dict[Optional[int], int] = {}

    def now(self) -> int:
        """What is shown now, in nanoseconds."""
        if self.real:
            return self._shown + _monotonic_ns() - self._anchor
        return self._shown

    def read(self) -> int:
        """A reading: no two are the same."""
        instant = self.instant
        if self.real:
            return instant.last + parts(_monotonic_ns() - self._anchor)
        instant.last = read = instant.last + self._tick
        if self._gap:
            instant.last += self._gap
            self._gap = 0
        return read

    def shown(self, read: int) -> int:
        """What was shown at a reading of now, in nanoseconds."""
        return self._shown + nanoseconds(read - self.instant.last) if self.real else self._shown

    def seconds(self) -> float:
        """A reading as a loop knows it."""
        return self.read() / SECOND

    def own(self) -> int:
        """By how much this thread is ahead of the others, in nanoseconds."""
        return self.ahead.get(threading.get_ident(), 0) if self.ahead else 0

    def counter(self) -> int:
        """What is shown now, but no two are the same; in nanoseconds."""
        own = self.own()
        if own:
            return self.now() + own
        self._counter = max(self._counter + 1, self.now())
        return self._counter

    def after(self, ns: int) -> Moment:
        """The moment `ns` from now."""
        return Moment(self.read() + parts(ns), self.now() + ns)

    def advance(self, to: Moment, behind: int = 0) -> None:
        """Jumps to `to`, or by `behind` of a reading later; never back.

        The next reading is the one by which asyncio tells which timers are due
        (`_run_once`): a gap after it parts them from all that are set then.
        """
        if not self.real:
            self.instant = Instant(max(self.instant.last, to.at + behind))
            self._shown = max(self._shown, to.shown)
            self._tick = max(_TICK, round(4 * SECOND * math.ulp(self.instant.last / SECOND)))
            self._gap = 4 * self._tick

    def go_real(self, late: int = 0) -> None:
        """From here on follows the machine's clock, `late` nanoseconds from now."""
        self._anchor = _monotonic_ns() - late
        self.real = True

    def sleep(self, ns: int) -> None:
        """Holds the thread for `ns`."""
        if self.real:
            _sleep(ns / 1e9)
        else:
            self.advance(self.after(ns))


def nanoseconds(parts: int) -> int:
    """Of a difference between readings."""
    return parts * 10**9 // SECOND


def parts(ns: int) -> int:
    return ns * SECOND // 10**9


def install(
    clock: Clock, blocked: Callable[[int], None], asked: Callable[[], None], dates: bool
) -> None:
    """Makes `time` follow `clock`, and `datetime` too if `dates`. `blocked` is
    called with the nanoseconds of a blocking sleep and has to hold the thread
    for as long; `asked` whenever the program asks for the time."""

    def asking(function: Callable) -> Callable:
        def asks():
            asked()
            return function()

        return asks

    def sleep(seconds: float) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        blocked(round(seconds * 1e9))

    def from_epoch(convert: Callable) -> Callable:
        def converted(seconds=None):
            return convert(time.time() if seconds is None else seconds)

        return converted

    def strftime(format, t=None):
        return original_strftime(format, time.localtime() if t is None else t)

    originals = dict(vars(time))
    original_strftime = time.strftime
    time.sleep = sleep
    time.monotonic = asking(lambda: clock.seconds() + clock.own() / 1e9)
    time.monotonic_ns = asking(lambda: nanoseconds(clock.read()) + clock.own())
    time.perf_counter = asking(lambda: clock.counter() / 1e9)
    time.perf_counter_ns = asking(clock.counter)
    time.time_ns = asking(lambda: EPOCH + clock.now() + clock.own())
    time.time = lambda: time.time_ns() / 1e9
    time.gmtime, time.localtime = from_epoch(time.gmtime), from_epoch(time.localtime)
    time.ctime = from_epoch(time.ctime)
    time.strftime = strftime
    for name, original in originals.items():
        ours = getattr(time, name)
        if ours is not original:
            # Some look them up by what they say of themselves.
            ours.__name__ = ours.__qualname__ = name
            ours.__module__ = "time"
    in_ns = isinstance(logging._startTime, int)
    logging._startTime = time.time_ns() if in_ns else time.time()
    if dates:
        _dates()


def _dates() -> None:
    """Makes `datetime.now` follow `time.time`."""
    import datetime as module

    original = module.datetime

    class Like(type):
        """So that a date made in C counts as one of the class below."""

        def __instancecheck__(cls, instance):
            return isinstance(instance, original)

    class DateTime(original, metaclass=Like):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), module.timezone.utc).replace(tzinfo=None)

    # The name that `repr` shows.
    DateTime.__name__ = "datetime.datetime"
    module.datetime = DateTime
