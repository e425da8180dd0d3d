"""A recording as a table for the terminal: a switch a line."""

from typing import Any, Iterable, Iterator, Optional

_SAYS = {
    "poll": "step",
    "ready": "done",
    "cancelled": "ends cancelled",
    "end": "is done; what follows is shut-down",
}
#: What is waited for, by its kind; `{}` is what its fields tell.
_WAITS = {
    "time": "{}",
    "lock": "the lock",
    "permit": "a permit",
    "message": "a message",
    "answer": "the answer",
    "barrier": "the barrier",
    "notification": "a notification",
    "event": "the event",
    "turn": "its next turn",
    "work": "the queue to be worked off",
    "group": "the group to finish",
    "next": "the next of them to finish",
    "future": "a future",
    "futures": "one of its futures",
    "blocking": "the blocking call to finish",
}


def rows(header: dict[str, Any], events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table, below a head that says what was recorded."""
    told = list(events)
    names = _names(told)
    wide = max([5, *(len(name) for name in names.values())])
    yield "{program} · {runtime} · {clock} time".format(**header)
    yield from header.get("notes", [])
    yield ""
    yield "{:>12}  {:>4}  {:{}}  what".format("time", "line", "who", wide)
    shown = None
    for event in told:
        says = _says(event, names)
        if says is None:
            continue
        time = _time(event["t"])
        who = names.get(event.get("task"), event.get("thread") or "-")
        line = event.get("line", "")
        yield "{:>12}  {:>4}  {:{}}  {}".format("" if time == shown else time, line, who, wide, says)
        shown = time
        for depth, one in enumerate(chain for chains in event.get("awaits", []) for chain in chains):
            stands = "{}in {}".format("  " * (depth + 1), one["name"])
            line = "{file}:{line}".format(**one) if "file" in one else one["line"]
            yield "{:>12}  {:>4}  {:{}}  {}".format("", line, who, wide, stands)


def _names(events: Iterable[dict[str, Any]]) -> dict[Optional[int], str]:
    """Each task's name; those that several have are numbered."""
    given = [(event["task"], event["name"]) for event in events if event["ev"] == "spawn"]
    all_names = [name for _, name in given]
    names: dict[Optional[int], str] = {}
    for at, (task, name) in enumerate(given):
        number = all_names[: at + 1].count(name)
        names[task] = "{} #{}".format(name, number) if all_names.count(name) > 1 else name
    return names


def _says(event: dict[str, Any], names: dict[Optional[int], str]) -> Optional[str]:
    kind = event["ev"]
    if kind == "spawn":
        by = names.get(event.get("by"))
        return "is created" + (" by " + by if by else "")
    if kind == "wake":
        by = event["by"]
        return "is woken by " + (names.get(by, "?") if isinstance(by, int) else "the " + by)
    if kind == "pending":
        return "suspended" + _waits(event["on"], names)
    if kind == "print":
        stream = " to stderr" if event.get("stream") == "stderr" else ""
        return "prints {!r}{}".format(event["text"], stream)
    if kind == "timer":
        return "sets a timer of " + _time(event["us"])
    if kind == "block":
        return "holds the thread for " + _time(event["us"])
    if kind == "cancel":
        return "is cancelled"
    if kind == "panic":
        return "raises " + event["text"]
    if kind == "exit":
        return "exits with status {}".format(event["status"])
    if kind == "trouble":
        return "{}: {}".format(event["what"].replace("_", " "), event.get("text") or "")
    return _SAYS.get(kind)


def _waits(on: Optional[list[dict]], names: dict[Optional[int], str]) -> str:
    words = [_wait(one, names) for one in on or []]
    return ", waits for " + " or ".join(words) if words else ""


def _wait(one: dict[str, Any], names: dict[Optional[int], str]) -> str:
    kind = one["for"]
    if kind == "tasks":
        tasks = [names.get(task, "?") for task in one["of"]]
        return (" and " if one.get("all") else " or ").join(tasks) + " to finish"
    if kind == "time":
        return _time(one["ns"] // 1000) if "ns" in one else "ever"
    if kind in ("all", "any"):
        words = [_wait(inner, names) for inner in one["on"]]
        return (" and " if kind == "all" else " or ").join(words)
    if kind in ("room", "close"):
        return "room in the " + one["of"] if kind == "room" else "the {} to close".format(one["of"])
    if kind == "io":
        return one["what"].replace("_", " ")
    if kind == "other":
        return str(one["text"])
    return _WAITS.get(kind, kind)


def _time(us: int) -> str:
    """`1.5 s`, `320 ms`, `50 µs`."""
    for unit, size in (("s", 1_000_000), ("ms", 1000)):
        if us >= size or us == 0:
            return "{} {}".format("{:.3f}".format(us / size).rstrip("0").rstrip("."), unit)
    return "{} µs".format(us)
