"""Pipes from other processes that nobody reads, while a task waits for the end of the
process: when such a pipe is full, the process waits as well."""

import asyncio
import contextlib
import fcntl
import struct
import termios
import time
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Optional

from .trouble import Trouble
from .waits import chain, frame_of

#: How often to look, in seconds.
PERIOD = 0.25
#: Nobody has read for so long, in nanoseconds.
_LONG = 1_000_000_000
#: What goes in at once or not at all; see `pipe(7)`.
_AT_ONCE = 4096
#: In Python's own module since 3.10, on Linux.
_SIZE = getattr(fcntl, "F_GETPIPE_SZ", 1032)

_monotonic_ns = time.monotonic_ns


class _Full(NamedTuple):
    """A pipe that is full: how much is in it and, read of it, in the program; since when."""

    unread: int
    ahead: int
    since: int


class Pipes:
    """Those that somebody waits for."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble
        #: By the number of the task that waits, and the name of the pipe.
        self._full: dict[tuple[int, str], _Full] = {}
        self._told: set[tuple[int, str]] = set()

    def look(self, tasks: Iterable[Any]) -> None:
        """Looks at the pipes of the processes whose end these tasks wait for."""
        now, full = _monotonic_ns(), {}
        for task in tasks:
            process = _awaited(task)
            for name, unread, ahead in _filled(process) if process is not None else ():
                full[task.number, name] = _Full(unread, ahead, now)
        for key, is_full in full.items():
            before = self._full.get(key)
            if before is not None and before[:2] == is_full[:2]:
                full[key] = before
                if now - before.since >= _LONG and key not in self._told:
                    self._told.add(key)
                    self._trouble.unread(*key)
        for key in [key for key in self._told if full.get(key) != self._full.get(key)]:
            self._told.remove(key)
            self._trouble.unread(*key, again=True)
        self._full = full


def _awaited(task) -> Optional[asyncio.subprocess.Process]:
    """The process whose end a recorded task waits for, and not for what it says."""
    if getattr(task, "number", None) is None:
        return None
    for one in chain(task.get_coro()):
        frame = frame_of(one)
        if frame is not None and frame.f_code is asyncio.subprocess.Process.wait.__code__:
            return frame.f_locals["self"]
        if frame is not None and frame.f_code is asyncio.subprocess.Process.communicate.__code__:
            return None
    return None


def _filled(process: asyncio.subprocess.Process) -> Iterator[tuple[str, int, int]]:
    """The pipes of it that are full: of each its name, how many bytes are in it, and how
    many have been read of it for the program and not by the program."""
    for name, fd in (("stdout", 1), ("stderr", 2)):
        reader, pipe = getattr(process, name), process._transport.get_pipe_transport(fd)
        file = pipe and pipe.get_extra_info("pipe")
        # A closed file has no number, and of a socket nobody knows the size.
        with contextlib.suppress(OSError, ValueError):
            if reader is not None and file is not None:
                [unread] = struct.unpack("i", fcntl.ioctl(file, termios.FIONREAD, bytes(4)))
                if unread > fcntl.fcntl(file, _SIZE) - _AT_ONCE:
                    yield name, unread, len(reader._buffer)
