"""What the caller learns besides the events."""

import sys
from typing import Optional

from .files import File
from .lines import line


class Facts:
    """Written to a file at the start and again before the process ends, each time
    as a line with one JSON object, of which the last counts:

    `python`  the interpreter's version, "3.11.7"
    `ending`  "exit", or why the recorder ended the run: "stuck", "flooded"; "cut"
              while the program runs, and for good when it is killed; "becomes"
              when another program takes its place
    `class`   "exact" or "order", as in a recording's header
    `notes`   sentences for the header
    `partial` whether something ran that is not recorded, as a note says
    `overlap` whether other threads were given calls, which run beside the loop

    Where the order is chosen there is a line of each choice too, `[WAYS, TAKEN]`, as
    soon as it is made: the run may never come to its end.
    """

    def __init__(self, path: str) -> None:
        self._file: Optional[File] = File(path)
        self._class = "exact"
        self._notes: list[str] = []
        #: Those that are true on either clock.
        self._lasting: list[str] = []
        self._partial = False
        self._overlap = False

    def real_time(self, note: Optional[str] = None) -> None:
        """The run is on the machine's clock; `note` says why it has to be."""
        self._class = "order"
        self._notes.clear()  # they are about virtual time
        if note is not None:
            self.note(note)

    def note(self, note: str, lasting: bool = False) -> None:
        """Something that a reader of the recording has to know; `lasting` if also
        on the machine's clock."""
        notes = self._lasting if lasting else self._notes
        if note not in notes:
            notes.append(note)

    def instead(self, note: str, other: str) -> None:
        """Another note says better what is said in this one."""
        if note in self._notes:
            self._notes[self._notes.index(note)] = other

    def missing(self, note: str) -> None:
        """Something ran that is not recorded."""
        self._partial = True
        if note not in self._notes:
            self.note(note, lasting=True)

    def overlaps(self) -> None:
        """Another thread runs beside the loop."""
        self._overlap = True

    def write(self, ending: str) -> None:
        """Writes the file."""
        if self._file is None:
            return
        facts = {
            "python": "{}.{}.{}".format(*sys.version_info),
            "ending": ending,
            "class": self._class,
            "notes": self._lasting + self._notes,
            "partial": self._partial,
            "overlap": self._overlap,
        }
        self._file.append(line(facts) + b"\n")

    def choice(self, of: int, took: int) -> None:
        """Of so many ways this was taken."""
        if self._file is not None:
            self._file.append(b"[%d, %d]\n" % (of, took))

    def close(self) -> None:
        """Writes nothing more."""
        self._file = None
