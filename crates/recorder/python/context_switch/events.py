"""The file of events."""

import json
import threading
from collections import Counter
from typing import Any, Callable, Optional

from .clock import Clock
from .files import File
from .watch import Watch


class Events:
    """Writes one JSON object a line, each with one `write`, so that a reader
    finds whole lines even when the program is killed."""

    def __init__(
        self, path: str, clock: Clock, watch: Watch, limit: int, flooded: Callable[[], None]
    ) -> None:
        """Opens `path`. The event after the `limit`th calls `flooded`, which
        does not return."""
        self._file: Optional[File] = File(path)
        self._clock, self._watch = clock, watch
        self._left = limit
        self._flooded = flooded
        self._start: Optional[int] = None
        self._last = 0
        self._held: Optional[dict[str, Any]] = None
        #: The last event, if it says that somebody keeps the thread: where in the
        #: file it stands, and in how many bytes.
        self._block: Optional[tuple[dict[str, Any], int, int]] = None
        #: Where the thread was seen since the last event, and how often.
        self._seen: Counter = Counter()
        # Reentrant: a finalizer may print while an event is being written.
        self._lock = threading.RLock()

    def write(self, ev: str, now: Optional[int] = None, **fields: Any) -> None:
        """Appends an event of now, or of the nanosecond `now`. A field that is
        None is left out, except `on`: there it says that the reason is not known."""
        used = self._watch.look()
        with self._lock:
            self.flush()
            self._append(self._event(ev, fields, now))
        self._watch.discount(used)

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
            if self._block is None and now - since >= least:
                block = self._event("block", {"task": task}, since)
                block["us"] = (now - (self._start or 0)) // 1000 - block["t"]
                if block["us"] * 1000 >= least:
                    seen = self._seen.copy()
                    self.flush()
                    text = _at_most(block, seen)
                    at = self._file.size if self._file is not None else 0
                    self._append(block, text)
                    self._seen = seen
                    self._block = (block, at, len(text))

    def _end_block(self) -> None:
        if self._block is not None:
            (block, at, length), self._block = self._block, None
            block["us"] = (self._clock.now() - (self._start or 0)) // 1000 - block["t"]
            text = _at_most(block, self._seen).rstrip().ljust(length)
            if self._file is not None and len(text) == length:
                self._file.write(text, at)

    def rewrite(self, change: Callable[[dict[str, Any]], Optional[dict[str, Any]]]) -> None:
        """Changes all that was written, or takes it out."""
        with self._lock:
            self.flush()
            if self._file is None:
                return
            events = map(json.loads, self._file.read().splitlines())
            changed = [event for event in map(change, events) if event is not None]
            self._file.replace(b"".join(json.dumps(event).encode() + b"\n" for event in changed))

    def close(self) -> None:
        """Writes nothing more."""
        self._file = None

    def _event(self, ev: str, fields: dict[str, Any], now: Optional[int] = None) -> dict[str, Any]:
        if now is None:
            now = self._clock.now()
        if self._start is None:
            self._start = now
        # Another thread may have written one since.
        self._last = max(self._last, (now - self._start + 500) // 1000)
        event = {"t": self._last, "ev": ev}
        for name, value in fields.items():
            if value is not None or name == "on":
                event[name] = value
        return event

    def _append(self, event: dict[str, Any], text: Optional[bytes] = None) -> None:
        if self._file is None:
            return
        if self._left == 0:
            self._left = -1  # what `flooded` itself has left is let through
            self._flooded()
        self._left -= 1
        text = text or json.dumps(event).encode()
        self._file.append(text + b"\n")
        self._seen.clear()


def _at_most(block: dict[str, Any], seen: Counter) -> bytes:
    """The block at the line where the thread was seen most, with room for a longer
    time."""
    [(line, _)] = seen.most_common(1)
    if line is not None:
        block["line"] = line
    return json.dumps(block).encode() + b" " * 16
