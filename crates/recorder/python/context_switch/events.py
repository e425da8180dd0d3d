"""The file of events."""

import json
import os
import threading
from typing import Any, Callable, Optional

from .clock import Clock


class Events:
    """Writes one JSON object a line, each with one `write`, so that a reader
    finds whole lines even when the program is killed."""

    def __init__(self, path: str, clock: Clock, limit: int, flooded: Callable[[], None]) -> None:
        """Opens `path`. The event after the `limit`th calls `flooded`, which
        does not return."""
        self._file: Optional[int] = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600
        )
        self._clock = clock
        self._left = limit
        self._flooded = flooded
        self._start: Optional[int] = None
        self._last = 0
        self._held: Optional[dict[str, Any]] = None
        # Reentrant: a finalizer may print while an event is being written.
        self._lock = threading.RLock()

    def write(self, ev: str, now: Optional[int] = None, **fields: Any) -> None:
        """Appends an event of now, or of the nanosecond `now`. A field that is
        None is left out, except `on`: there it says that the reason is not known."""
        with self._lock:
            self.flush()
            self._append(self._event(ev, fields, now))

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
            held, self._held = self._held, None
            if held is not None:
                self._append(held)

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

    def _append(self, event: dict[str, Any]) -> None:
        if self._file is None:
            return
        if self._left == 0:
            self._left = -1  # what `flooded` itself has left is let through
            self._flooded()
        self._left -= 1
        os.write(self._file, json.dumps(event).encode() + b"\n")
