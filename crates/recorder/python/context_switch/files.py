"""A file for whoever runs the recorder, and the descriptor that it is written through.

The program may close any descriptor, as a daemon closes all, and open others
that get the same numbers. So this one is high, where few look, and before each
write it is looked at whether it still leads to the file; if not, the file is
opened anew.
"""

import fcntl
import mmap
import os
import struct
import sys
import time
from typing import Any, NoReturn, Optional

# As they are before the program can put others in their place.
_close, _exit, _fstat, _open = os.close, os._exit, os.fstat, os.open
_dup, _fallocate, _ftruncate = os.dup, os.posix_fallocate, os.ftruncate
_pwrite, _write, _time_ns = os.pwrite, os.write, time.time_ns

#: Descriptors from here on are seldom the program's.
_HIGH = 1_000


class File:
    """Written to whole pieces at a time."""

    def __init__(self, path: str) -> None:
        """Makes the file `path`, or an empty one of what is there."""
        self._path = os.path.abspath(path)
        #: How long it is, in bytes.
        self.size = 0
        try:
            self._fd = self._opened(os.O_CREAT | os.O_TRUNC)
        except OSError as error:
            lost(error)
        self._file = _identity(self._fd)

    def append(self, data: bytes) -> None:
        """Writes all of `data` at the end; the process ends if that cannot be."""
        at, self.size = self.size, self.size + len(data)
        self.write(data, at)

    def write(self, data: bytes, at: int) -> None:
        """Writes all of `data` from there on; the process ends if that cannot be."""
        try:
            self._find()
            while data:
                written = _pwrite(self._fd, data, at)
                data, at = data[written:], at + written
        except OSError as error:
            lost(error)

    def descriptor(self) -> int:
        """A descriptor that leads to it."""
        self._find()
        return self._fd

    def _find(self) -> None:
        """Opens the file anew if the descriptor does not lead to it any more."""
        if _identity(self._fd) != self._file:
            self._fd = self._opened()
            if _identity(self._fd) != self._file:
                raise FileNotFoundError("it is not there any more")

    def _opened(self, more: int = 0) -> int:
        fd = _open(self._path, os.O_RDWR | os.O_CLOEXEC | more, 0o600)
        try:
            high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _HIGH)
        except OSError:
            return fd  # a low one has to do where there are no more
        _close(fd)
        return high


#: At the beginning of a file in memory: up to which byte there are records, and when
#: that was said, in nanoseconds since 1970; the head has room for more.
_HEAD = struct.Struct("=QQ")
#: Room on the disk is asked for in such pieces.
_PIECE = 1 << 20
#: No file in memory is smaller.
_LEAST = 1 << 16


class Memory:
    """A file that is mapped: what is written to `bytes` is there whatever becomes of
    the process, and needs no call of the system.

    To write where the disk has no room would end the process by a signal; so the
    room is asked for before, and the process ends by an error if there is none.
    """

    #: Where the records begin.
    start = 64

    def __init__(self, path: str, size: int) -> None:
        """Makes the file `path`; it may have `size` bytes, or what the system lets a
        file have."""
        self._file = File(path)
        self._room = 0
        try:
            fd = self._file.descriptor()
            while True:
                try:
                    _ftruncate(fd, size)
                    break
                except OSError:
                    if size == _LEAST:
                        raise
                    size = max(size // 2, _LEAST)
            self.size = size
            self.room(self.start)
            self.bytes = _map(fd, size)
            if hasattr(mmap, "MADV_RANDOM"):
                # Of what nobody has written nothing need be read ahead.
                self.bytes.madvise(mmap.MADV_RANDOM)
        except OSError as error:
            lost(error)

    def room(self, end: int) -> int:
        """Makes room up to the byte `end` at least, if the file may be as long;
        returns up to where there is some. The process ends if there is none."""
        try:
            if self._room < end <= self.size:
                up_to = min(max(end, self._room + _PIECE), self.size)
                try:
                    _fallocate(self._file.descriptor(), self._room, up_to - self._room)
                except OSError:
                    up_to = min(max(end, self._room + _LEAST), self.size)
                    _fallocate(self._file.descriptor(), self._room, up_to - self._room)
                self._room = up_to
        except OSError as error:
            lost(error)
        return self._room

    def says(self, end: int) -> None:
        """Writes down that there are records up to the byte `end`, unless it was."""
        if _HEAD.unpack_from(self.bytes)[0] != end:
            _HEAD.pack_into(self.bytes, 0, end, _time_ns())


def _map(fd: int, size: int) -> Any:
    if sys.version_info >= (3, 13):
        return mmap.mmap(fd, size, trackfd=False)
    # It takes a copy of the descriptor, which has the lowest number that is free:
    # that is to be the program's, and the memory stays.
    low = _dup(fd)
    _close(low)
    memory = mmap.mmap(fd, size)
    if _identity(low) == _identity(fd):
        _close(low)
    return memory


def lost(error: OSError) -> NoReturn:
    """Ends the process, of which something cannot be written down: without the
    last word, by which the caller knows."""
    text = f"the recorder cannot write to its file: {error}\n"
    try:
        if _identity(2) == _STDERR:
            _write(2, text.encode("utf-8", "backslashreplace"))
    finally:
        _exit(1)


def _identity(fd: int) -> Optional[tuple]:
    """The file behind a descriptor; none when it is closed."""
    try:
        stat = _fstat(fd)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


_STDERR = _identity(2)


def begins() -> None:
    """This process has a standard error of its own."""
    global _STDERR
    _STDERR = _identity(2)
