"""Virtual time, and the functions of `time` that follow it.

A virtual clock stands still while anything can run and jumps when nothing
can. It counts whole nanoseconds, so that sums of sleeps are exact: with
floats 0.1 s and 0.7 s would end before 0.8 s.
"""

import logging
import time
from typing import Callable

#: What `time.time` says at the start of every recording: the beginning of 2020.
EPOCH = 1_577_836_800 * 10**9

_monotonic_ns = time.monotonic_ns
_sleep = time.sleep


class Clock:
    """Nanoseconds since the start of the run."""

    def __init__(self, real: bool) -> None:
        self.real = real
        self._now = 0
        self._anchor = _monotonic_ns()

    def now(self) -> int:
        """Nanoseconds since the start."""
        if self.real:
            return self._now + _monotonic_ns() - self._anchor
        return self._now

    def advance(self, to: int) -> None:
        """Jumps to `to`, in nanoseconds since the start; never back."""
        if not self.real:
            self._now = max(self._now, to)

    def go_real(self) -> None:
        """From here on follows the machine's clock."""
        self._anchor = _monotonic_ns()
        self.real = True

    def sleep(self, ns: int) -> None:
        """Holds the thread for `ns`."""
        if self.real:
            _sleep(ns / 1e9)
        else:
            self.advance(self._now + ns)


def install(clock: Clock, blocked: Callable[[int], None], dates: bool) -> None:
    """Makes `time` follow `clock`, and `datetime` too if `dates`. `blocked` is
    called with the nanoseconds of a blocking sleep and has to hold the thread
    for as long."""

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

    original_strftime = time.strftime
    time.sleep = sleep
    time.monotonic_ns = time.perf_counter_ns = clock.now
    time.monotonic = time.perf_counter = lambda: clock.now() / 1e9
    time.time_ns = lambda: EPOCH + clock.now()
    time.time = lambda: time.time_ns() / 1e9
    time.gmtime, time.localtime = from_epoch(time.gmtime), from_epoch(time.localtime)
    time.ctime = from_epoch(time.ctime)
    time.strftime = strftime
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
