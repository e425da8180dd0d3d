"""What is printed, line by line."""

import errno
import io
import os
import sys
from typing import Callable, Optional

from .tracebacks import without_addresses

#: Longer lines are cut into pieces, so that a line without an end costs no memory;
#: as long as for Rust.
_LONGEST = 1 << 20


class _Lines(io.RawIOBase):
    """A binary stream that hands on whole lines of text."""

    def __init__(self, fd: int, line: Callable[[str], None]) -> None:
        self._fd = fd
        self._line = line
        self._rest = bytearray()
        #: Whether what came before of this line was handed on.
        self._cut = False
        self.name = "<stdout>" if fd == 1 else "<stderr>"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return False

    def write(self, data) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        os.fstat(self._fd)  # as any write does, fails when the descriptor is closed
        data = bytes(data)
        first, *more = data.split(b"\n")
        self._add(first)
        for begun in more:
            self._end()
            self._add(begun)
        return len(data)

    def _add(self, data: bytes) -> None:
        self._rest += data
        while len(self._rest) > _LONGEST:
            at = _LONGEST
            # Not within a letter, of which there are at most four bytes.
            while at > _LONGEST - 4 and self._rest[at] & 0xC0 == 0x80:
                at -= 1
            piece = self._rest[:at]
            del self._rest[:at]
            self._cut = True
            self._line(piece.decode("utf-8", "replace"))

    def _end(self) -> None:
        rest, self._rest = self._rest, bytearray()
        cut, self._cut = self._cut, False
        if rest or not cut:
            self._line(rest.decode("utf-8", "replace"))

    def last(self) -> None:
        """Hands on what has no line break behind it."""
        if self._rest:
            self._end()


class Output:
    """Standard output and standard error of the recorded program."""

    def __init__(
        self, printed: Callable[[str, str], None], tidy: Callable[[str], Optional[str]]
    ) -> None:
        """`printed` is called with each line and "stdout" or "stderr", unless
        `tidy` makes nothing of the line."""

        def of(stream: str) -> Callable[[str], None]:
            def line(text: str) -> None:
                tidied = tidy(text)
                if tidied is not None:
                    printed(without_addresses(tidied), stream)

            return line

        self._raw = [_Lines(1, of("stdout")), _Lines(2, of("stderr"))]

    def install(self) -> None:
        """From here on, what is written to the streams of `sys` is recorded."""
        out, err = (
            io.TextIOWrapper(raw, "utf-8", errors, write_through=True)
            for raw, errors in zip(self._raw, ("strict", "backslashreplace"))
        )
        sys.stdout = sys.__stdout__ = out
        sys.stderr = sys.__stderr__ = err

    def uninstall(self) -> None:
        """In a child process: what it writes is its own affair."""
        for fd, name in ((1, "stdout"), (2, "stderr")):
            try:
                stream = open(fd, "w", encoding="utf-8", closefd=False)
            except OSError as error:
                if error.errno != errno.EBADF:
                    raise
                continue
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)

    def last(self) -> None:
        """Hands on unfinished lines, at the program's end."""
        for raw in self._raw:
            raw.last()
