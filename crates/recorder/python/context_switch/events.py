"""The file of events.

What happens at every switch, a poll, its end and a wake, takes a few bytes; all
else is JSON, an object a line, as in a recording. What a record is, its first
byte says, which is written last: so of a process that is killed the reader finds
whole records.

| first byte | record, `struct` has it in the machine's order |
|---|---|
| 0 | none: it is the end |
| 1 | a poll: the microseconds since the record before, task, line or 0 |
| 2 | a task is pending: microseconds, task, number of what it waits for or 0, line or 0 |
| 3 | a wake: microseconds, task, the task that wakes it or one of `_SOURCES` |
| `{` | any event, up to the end of the line |
| `[` | what a task waits for, up to the end of the line: it has the next number, from 1 |
"""

import json
import struct
import threading
from collections import Counter
from typing import Any, Callable, Optional, Union

from . import lines
from .clock import Clock
from .files import Memory
from .watch import Watch

_POLL = struct.Struct("=HIH")
_PENDING = struct.Struct("=HIHH")
_WAKE = struct.Struct("=HIi")
_SOURCES = {"timer": -1, "io": -2, "runtime": -3}
#: No record but a line is longer.
_SHORT = 16
#: As many bytes are kept for what comes after too many events.
_LAST = 1 << 16
#: So many things that tasks wait for have a number.
_NUMBERS = 60_000


class Events:
    """Writes one event after the other."""

    def __init__(
        self,
        path: str,
        size: int,
        clock: Clock,
        watch: Watch,
        limit: int,
        flooded: Callable[[], None],
    ) -> None:
        """Opens `path`, for `size` bytes. The event after the `limit`th, or that
        does not fit, calls `flooded`, which does not return."""
        self._file: Optional[Memory] = Memory(path, size)
        self._bytes: Any = self._file.bytes
        #: Where the next record goes, and up to where there is room for one.
        self._at, self._room = self._file.start, 0
        self._clock, self._watch = clock, watch
        self._left = limit
        self._flooded = flooded
        self._since = 0
        self._start: Optional[int] = None
        #: The time of the last event, and of the last that was written.
        self._last = self._written = 0
        self._numbers: dict[bytes, int] = {}
        #: What the last task waits for, and its number.
        self._on: Optional[list[dict]] = None
        self._on_number = 0
        self._held: Optional[dict[str, Any]] = None
        #: The last event, if it says that somebody keeps the thread: where in the
        #: file it stands, and in how many bytes.
        self._block: Optional[tuple[dict[str, Any], int, int]] = None
        #: Where the thread was seen since the last event, and how often.
        self._seen: Counter = Counter()
        # Reentrant: a finalizer may print while an event is being written.
        self._lock = threading.RLock()

    # At every switch.

    def poll(self, task: int, line: Optional[int]) -> None:
        """A task gets the thread, within no other's step."""
        with self._lock:
            at = self._begin()
            try:
                _POLL.pack_into(self._bytes, at + 1, self._since, task, line or 0)
            except struct.error:
                self._append(self._event("poll", {"task": task, "line": line}))
            else:
                self._end(1, at, 9)

    def pending(self, task: int, on: Optional[list[dict]], line: Optional[int]) -> None:
        """It gives the thread back, and waits for any of `on`."""
        with self._lock:
            if on is not self._on:
                number = 0 if on is None else self._number(lines.line(on))
                self._on, self._on_number = on, number
            number = self._on_number
            at = self._begin()
            try:
                _PENDING.pack_into(self._bytes, at + 1, self._since, task, number, line or 0)
            except struct.error:
                self._append(self._event("pending", {"task": task, "on": on, "line": line}))
            else:
                self._end(2, at, 11)

    def wake(self, task: int, by: Union[int, str]) -> None:
        """It is woken."""
        with self._lock:
            at = self._begin()
            source = by if isinstance(by, int) else _SOURCES[by]
            try:
                _WAKE.pack_into(self._bytes, at + 1, self._since, task, source)
            except struct.error:
                self._append(self._event("wake", {"task": task, "by": by}))
            else:
                self._end(3, at, 11)

    def _begin(self) -> int:
        """A short record is to be written. Returns where, and leaves in `_since` how
        long after the one before."""
        if self._held is not None or self._block is not None:
            self.flush()
        self._since = self._time(self._clock.now()) - self._written
        if self._at + _SHORT > self._room and not self._more(_SHORT):
            self._since = -1  # which no record has
        return self._at

    def _end(self, kind: int, at: int, size: int) -> None:
        """It is written."""
        if self._left == 0:
            self._flood()
        self._left -= 1
        self._written = self._last
        self._at = at + size
        self._bytes[at] = kind
        if self._seen:
            self._seen.clear()

    def _number(self, on: bytes) -> int:
        """The number of what a task waits for; 65536, which is none, where too many
        have one."""
        number = self._numbers.get(on)
        if number is None:
            if len(self._numbers) == _NUMBERS:
                return 65536
            self._line(on + b"\n")
            self._numbers[on] = number = len(self._numbers) + 1
        return number

    # All others.

    def write(self, ev: str, now: Optional[int] = None, **fields: Any) -> None:
        """Appends an event of now, or of the nanosecond `now`. A field that is
        None is left out, except `on`: there it says that the reason is not known."""
        used = self._watch.look()
        with self._lock:
            self.flush()
            self._append(self._event(ev, fields, now))
        self._watch.back(used)

    def hold(self, ev: str, **fields: Any) -> None:
        """As `write`, but with the next event or `flush`, so that `amend` can
        change it until then."""
        with self._lock:
            self.flush()
            self._held = self._event(ev, fields)

    def amend(self, task: int, **fields: Any) -> None:
        """Changes the event that is held, if it is of that task."""
        with self._lock:
            if self._held is not None and self._held["task"] == task:
                self._held.update(fields)

    def flush(self) -> None:
        """Writes what is held."""
        with self._lock:
            self._end_block()
            held, self._held = self._held, None
            if held is not None:
                self._append(held)

    def kept(self, since: int, least: int, task: Optional[int], line: Optional[int]) -> None:
        """The thread is kept since the nanosecond `since` and seen at `line`. If it
        was for `least` nanoseconds since the last event, that is one: written at
        once, as the process may be killed, and made right when it is over."""
        with self._lock:
            self._seen[line] += 1
            now = self._clock.now()
            if self._block is not None:
                self._keep()
            elif now - since >= least:
                block = self._event("block", {"task": task}, since)
                block["us"] = (now - (self._start or 0)) // 1000 - block["t"]
                if block["us"] * 1000 >= least:
                    seen = self._seen.copy()
                    self.flush()
                    text = _at_most(block, seen)
                    self._append(block, text)
                    self._seen = seen
                    self._block = (block, self._at - len(text) - 1, len(text))

    def _keep(self) -> None:
        """The thread is still kept."""
        if self._block is not None:
            block, at, length = self._block
            block["us"] = (self._clock.now() - (self._start or 0)) // 1000 - block["t"]
            text = _at_most(block, self._seen)
            if self._file is not None and len(text) == length:
                self._bytes[at : at + length] = text

    def _end_block(self) -> None:
        self._keep()
        self._block = None

    def rewrite(self, change: Callable[[dict[str, Any]], Optional[dict[str, Any]]]) -> None:
        """Changes all that was written, or takes it out; no short record is among it."""
        with self._lock:
            self.flush()
            if self._file is None:
                return
            start, end = self._file.start, self._at
            events = map(json.loads, self._bytes[start:end].splitlines())
            changed = [event for event in map(change, events) if event is not None]
            self._bytes[start] = 0
            self._bytes[start:end] = bytes(end - start)
            self._at = start
            for event in changed:
                self._line(lines.line(event) + b"\n")

    def tick(self) -> None:
        """Says how far the file is, now and then."""
        file = self._file
        if file is not None:
            file.says(self._at)

    def close(self) -> None:
        """Writes nothing more: the memory is another process's too."""
        self._file, self._bytes = None, bytearray()

    def _time(self, now: int) -> int:
        """The nanosecond `now` in microseconds since the first event, never before
        the last: another thread may have written one since."""
        if self._start is None:
            self._start = now
        t = (now - self._start + 500) // 1000
        if t > self._last:
            self._last = t
        return self._last

    def _event(self, ev: str, fields: dict[str, Any], now: Optional[int] = None) -> dict[str, Any]:
        event = {"t": self._time(self._clock.now() if now is None else now), "ev": ev}
        for name, value in fields.items():
            if value is not None or name == "on":
                event[name] = value
        return event

    def _append(self, event: dict[str, Any], text: Optional[bytes] = None) -> None:
        if self._file is None:
            return
        if self._left == 0:
            self._flood()
        self._left -= 1
        self._line((text or lines.line(event)) + b"\n")
        self._written = event["t"]
        self._seen.clear()

    def _line(self, line: bytes) -> None:
        if self._file is None:
            return
        at, end = self._at, self._at + len(line)
        if end > self._room and not self._more(len(line)):
            return
        self._bytes[at + 1 : end] = line[1:]
        self._at = end
        self._bytes[at] = line[0]

    def _more(self, size: int) -> bool:
        """Makes room for a record of that size, if the file may have it."""
        if self._file is None:
            return False
        if self._left >= 0 and self._at + size > self._file.size - _LAST:
            self._flood()
        self._room = self._file.room(self._at + size)
        return self._at + size <= self._room

    def _flood(self) -> None:
        self._left = -1  # what `flooded` itself has left is let through
        self._flooded()


def _at_most(block: dict[str, Any], seen: Counter) -> bytes:
    """The block at the line where the thread was seen most. Each number has its place:
    the process may be killed while they are being written anew."""
    [(line, _)] = seen.most_common(1)
    fields = {name: value for name, value in block.items() if name not in ("us", "line")}
    text = lines.line(fields)[:-1] + b', "us": %20d' % block["us"]
    return text + (b', "line": %10d}' % line if line is not None else b" " * 20 + b"}")
