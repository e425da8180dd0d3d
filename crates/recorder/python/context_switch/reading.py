"""Reads what `events` and `facts` write, as the lines of a recording."""

import json
from typing import Any, Iterator, Union

from .events import _PENDING, _POLL, _SOURCES, _WAKE
from .files import Memory

_NAMES = {number: name for name, number in _SOURCES.items()}


def header(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The first line of the recording of a program of that name."""
    fields = {
        "format": 2,
        "program": name,
        "language": "python",
        "runtime": "asyncio " + facts["python"],
        "clock": "real" if facts["class"] == "order" else "virtual",
        "class": facts["class"],
        "notes": facts["notes"],
        "partial": facts["partial"],
    }
    return {key: value for key, value in fields.items() if value not in ([], False)}


def events(path: str) -> Iterator[dict[str, Any]]:
    """All events in the file at `path`, each as the object of its line."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return
    yield from read(data)


def read(data: Union[bytes, bytearray]) -> Iterator[dict[str, Any]]:
    """The same of what is in such a file."""
    at, t, waits = Memory.start, 0, [None]
    while at < len(data) and data[at]:
        kind, at = data[at], at + 1
        if kind in (ord("{"), ord("[")):
            end = data.index(b"\n", at)
            read = json.loads(data[at - 1 : end])
            at = end + 1
            if isinstance(read, list):
                waits.append(read)
                continue
            t = read["t"]
            yield read
            continue
        layout = {1: _POLL, 2: _PENDING, 3: _WAKE}[kind]
        since, task, *rest = layout.unpack_from(data, at)
        at, t = at + layout.size, t + since
        if kind == 3:
            by = rest[0] if rest[0] >= 0 else _NAMES[rest[0]]
            yield {"t": t, "ev": "wake", "task": task, "by": by}
            continue
        event: dict[str, Any] = {"t": t, "ev": "poll" if kind == 1 else "pending", "task": task}
        if kind == 2:
            event["on"] = waits[rest[0]]
        if rest[-1]:
            event["line"] = rest[-1]
        yield event
