"""A file for whoever runs the recorder, and the descriptor that it is written through.

The program may close any descriptor, as a daemon closes all, and open others
that get the same numbers. So this one is high, where few look, and before each
write it is looked at whether it still leads to the file; if not, the file is
opened anew.
"""

import fcntl
import os
from typing import NoReturn, Optional

# As they are before the program can put others in their place.
_close, _exit, _fstat, _open = os.close, os._exit, os.fstat, os.open
_ftruncate, _pread, _pwrite, _write = os.ftruncate, os.pread, os.pwrite, os.write

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

    def read(self) -> bytes:
        """All that was written."""
        try:
            self._find()
            return _pread(self._fd, self.size, 0)
        except OSError as error:
            lost(error)

    def replace(self, data: bytes) -> None:
        """Writes `data` in the place of all that was written."""
        self.write(data, 0)
        self.size = len(data)
        try:
            _ftruncate(self._fd, self.size)
        except OSError as error:
            lost(error)

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
