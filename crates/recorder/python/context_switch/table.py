"""A recording as a table for the terminal: a switch a line."""

from typing import Any, Iterable, Iterator, Optional

from . import words
from .names import Names

_SAYS = {
    "poll": "step",
    "ready": "done",
    "cancelled": "ends cancelled",
    "end": "is done; what follows is shut-down",
}


def rows(header: dict[str, Any], events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table, below a head that says what was recorded."""
    told = list(events)
    names = Names([event["name"] for event in told if event["ev"] == "spawn"])
    wide = max([5, *map(len, names.all())])
    yield "{program} · {runtime} · {clock} time".format(**header)
    yield from header.get("notes", [])
    yield ""
    yield "{:>12}  {:>4}  {:{}}  what".format("time", "line", "who", wide)
    shown = None
    for event in told:
        says = _says(event, names)
        if says is None:
            continue
        time, task = words.time(event["t"]), event.get("task")
        who = (event.get("thread") or "-") if task is None else names.of(task)
        line = event.get("line", "")
        yield "{:>12}  {:>4}  {:{}}  {}".format("" if time == shown else time, line, who, wide, says)
        shown = time
        for depth, one in enumerate(chain for chains in event.get("awaits", []) for chain in chains):
            stands = "{}in {}".format("  " * (depth + 1), one["name"])
            line = "{file}:{line}".format(**one) if "file" in one else one["line"]
            yield "{:>12}  {:>4}  {:{}}  {}".format("", line, who, wide, stands)


def _says(event: dict[str, Any], names: Names) -> Optional[str]:
    kind = event["ev"]
    if kind == "spawn":
        return "is created" + (" by " + names.of(event["by"]) if "by" in event else "")
    if kind == "wake":
        by = event["by"]
        return "is woken by " + (names.of(by) if isinstance(by, int) else "the " + by)
    if kind == "pending":
        on = event["on"]
        return "suspended" + (", waits for " + words.waits(on, names) if on else "")
    if kind == "print":
        stream = " to stderr" if event.get("stream") == "stderr" else ""
        return "prints {!r}{}".format(event["text"], stream)
    if kind == "timer":
        return "sets a timer of " + words.time(event["us"])
    if kind == "block":
        return "holds the thread for " + words.time(event["us"])
    if kind == "cancel":
        return "is cancelled"
    if kind == "panic":
        return "raises " + event["text"]
    if kind == "exit":
        return "exits with status {}".format(event["status"])
    if kind == "trouble":
        return "{}: {}".format(event["what"].replace("_", " "), event.get("text") or "")
    return _SAYS.get(kind)
