"""What the system has counted of a thread: for how long it computed, and for how
long it waited for a processor. What is left of the time that went by, it waited for
something else, however busy the machine is."""

import os
import resource
import threading
import time
from typing import NamedTuple, Optional

_clock_gettime_ns = getattr(time, "clock_gettime_ns", None)
_monotonic_ns = time.monotonic_ns
_open, _read, _close = os.open, os.read, os.close
#: Of one thread; only Linux has that.
_THREAD = getattr(resource, "RUSAGE_THREAD", None)


class Switches(NamedTuple):
    """How often a thread gave the processor away, and how often it had to wait for
    what is not in memory."""

    given_away: int
    loads: int


class Usage:
    """Of the thread of this number, which `threading` knows by `ident`: without that
    nobody says how long it computed."""

    def __init__(self, native: Optional[int], ident: Optional[int]) -> None:
        self._files = f"/proc/self/task/{native}/"
        self._clock: Optional[int] = None
        if ident is not None and hasattr(time, "pthread_getcpuclockid"):
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

    def switched(self) -> Optional[int]:
        """How often it was given a processor; none where the system does not say."""
        try:
            return int(self._text("schedstat").split()[2])
        except (OSError, IndexError):
            return None

    def is_there(self) -> bool:
        """Whether it is not over."""
        return os.path.exists(self._files)

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


#: Whoever waits for so long for his turn in Python asks for it, and then he gets it
#: before he has a processor (`sys.getswitchinterval`).
_ASKS = 4_000_000


class Looks(Usage):
    """How this thread waits and looks, over and over, while others run: as only one
    thread is in Python, it is in their way meanwhile."""

    def __init__(self) -> None:
        self.ident = threading.get_ident()
        super().__init__(threading.get_native_id(), self.ident)
        #: For how long it was, and since when it is so now.
        self._was, self._is = 0, 0
        self._due = self._delayed = 0

    def waits(self, ns: int) -> int:
        """It waits for so many nanoseconds. Returns since when."""
        self._delayed = self.delayed() or 0
        began = _monotonic_ns()
        self._due = began + ns
        return began

    def begin(self) -> int:
        """It looks, from now on. Returns when that is."""
        # It was in the way before only if it had to wait for its turn in Python: for
        # as long as it waited for a processor.
        self._is, now = self._due, _monotonic_ns()
        delayed = (self.delayed() or 0) - self._delayed
        if now - self._due - delayed > _ASKS:
            self._was += delayed
        self._is = now
        return now

    def end(self) -> None:
        """That is over."""
        self._was += _monotonic_ns() - self._is
        self._is = 0

    def in_the_way(self, until: int = 0) -> int:
        """For how long, up to then, others may have had to wait for it: rather too long
        than too short. As where to count from, the looks that are over, and no other."""
        since = self._is
        return self._was + (max(0, until - since) if since else 0)


def switches() -> Optional[Switches]:
    """Of the thread that asks."""
    if _THREAD is None:
        return None
    counted = resource.getrusage(_THREAD)
    return Switches(counted.ru_nvcsw, counted.ru_majflt + counted.ru_inblock)
