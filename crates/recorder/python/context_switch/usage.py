"""What the system has counted of a thread: for how long it computed, and for how
long it waited for a processor. What is left of the time that went by, it waited for
something else, however busy the machine is."""

import os
import resource
import time
from typing import NamedTuple, Optional

_clock_gettime_ns = getattr(time, "clock_gettime_ns", None)
_open, _read, _close = os.open, os.read, os.close
#: Of one thread; only Linux has that.
_THREAD = getattr(resource, "RUSAGE_THREAD", None)


class Switches(NamedTuple):
    """How often a thread gave the processor away, and how often it had to wait for
    what is not in memory."""

    given_away: int
    loads: int


class Usage:
    """Of the thread of this number, which `threading` knows by `ident`."""

    def __init__(self, native: Optional[int], ident: Optional[int]) -> None:
        self._files = f"/proc/self/task/{native}/"
        self._clock: Optional[int] = None
        if hasattr(time, "pthread_getcpuclockid"):
            self._clock = time.pthread_getcpuclockid(ident)

    def computed(self) -> Optional[int]:
        """For how many nanoseconds it has computed; none once it is over, or where the
        system does not say."""
        try:
            return None if self._clock is None else _clock_gettime_ns(self._clock)
        except OSError:
            return None

    def delayed(self) -> Optional[int]:
        """For how many nanoseconds it has waited for a processor; none where the
        system does not say (`Documentation/scheduler/sched-stats` of Linux)."""
        try:
            return int(self._text("schedstat").split()[1])
        except (OSError, IndexError):
            return None

    def sleeps(self) -> bool:
        """Whether it waits; see `proc_pid_stat(5)`."""
        try:
            return self._text("stat").rsplit(")", 1)[1].split()[0] == "S"
        except OSError:  # another system than Linux: then by the time alone
            return True

    def _text(self, name: str) -> str:
        fd = _open(self._files + name, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return _read(fd, 4096).decode()
        finally:
            _close(fd)


def switches() -> Optional[Switches]:
    """Of the thread that asks."""
    if _THREAD is None:
        return None
    counted = resource.getrusage(_THREAD)
    return Switches(counted.ru_nvcsw, counted.ru_majflt + counted.ru_inblock)
