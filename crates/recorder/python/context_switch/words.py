"""Times, waits and ends in words, as the command in Rust says them (`waits`, `words`
and `session` of `crates/recording`): the package runs without that. A test compares
the two, of every kind."""

from typing import Any

from .names import Names

_UNITS = (("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000), ("ns", 1))

#: What is waited for, by its kind and what tells it from others of that.
_WAITS = {
    "time": "ever",
    "tick": "the next tick",
    "blocking": "the blocking call to finish",
    "lock": "the lock",
    "lock only": "the lock",
    "lock read": "the lock, to read",
    "lock write": "the lock, to write",
    "permit": "a permit",
    "message": "a message",
    "room channel": "room in the channel",
    "room queue": "room in the queue",
    "room stream": "room in the stream",
    "room socket": "room in the socket",
    "room output": "room to write",
    "close channel": "the channel to close",
    "close receiver": "the receiver to go",
    "close receivers": "the receivers to go",
    "close server": "the server to close",
    "close connection": "the connection to close",
    "answer": "the answer",
    "value": "a new value",
    "value fits": "a value that fits",
    "cell": "the cell to be set",
    "barrier": "the barrier",
    "notification": "a notification",
    "event": "the event",
    "turn": "its next turn",
    "io data": "data",
    "io connection": "a connection",
    "io connections": "connections",
    "io connecting": "the connection",
    "io packet": "a packet",
    "io address": "the address",
    "io file": "the file",
    "io input": "input",
    "io output": "the output to be written",
    "io ctrl_c": "Ctrl-C",
    "io signal": "a signal",
    "io process": "the other process",
    "io process_start": "the process to start",
    "io process_end": "the process to end",
    "io listen": "the server to listen",
    "work": "the queue to be worked off",
    "group": "the group to finish",
    "local": "its local tasks",
    "futures": "one of its futures",
    "next": "the next of them to finish",
    "future": "a future",
}


def time(us: int) -> str:
    """`1.5 s`, `320 ms`, `50 µs`."""
    return nanoseconds(us * 1000)


def nanoseconds(ns: int) -> str:
    """The same of nanoseconds, to three digits behind the point."""
    if ns == 0:
        return "0 s"
    unit, each = next((unit, each) for unit, each in _UNITS if ns >= each)
    thousandth = max(each // 1000, 1)
    ns = (ns + thousandth // 2) // thousandth * thousandth
    whole, rest = divmod(ns, each)
    digits = "{:09}".format(rest * (1_000_000_000 // each)).rstrip("0")
    return "{}.{} {}".format(whole, digits, unit) if digits else "{} {}".format(whole, unit)


def waits(on: list[dict[str, Any]], names: Names) -> str:
    """What a task waits for: `1 s or a message`, `foo and bar to finish`."""
    return _joined(_each(on, names), "or")


def _each(on: list[dict[str, Any]], names: Names) -> list[str]:
    return list(dict.fromkeys(_wait(one, names) for one in on))


def _wait(one: dict[str, Any], names: Names) -> str:
    kind, n = one["for"], one.get("n", 1)
    if kind == "time" and "ns" in one:
        return nanoseconds(one["ns"])
    if kind == "tasks":
        return _ends(one, names)
    if kind in ("all", "any"):
        return _joined(_each(one["on"], names), "and" if kind == "all" else "or")
    if kind == "other":
        return str(one["text"])
    if kind == "blocking" and n != 1:
        return "{} blocking calls to finish".format(n)
    if kind == "permit" and n != 1:
        return "{} permits".format(n)
    more = one.get("of") or one.get("what") or one.get("mode") or ("fits" if one.get("fits") else None)
    return _WAITS["{} {}".format(kind, more) if more else kind]


def _ends(one: dict[str, Any], names: Names) -> str:
    calls = one.get("calls", 0)
    parts = [names.said(task) for task in one["of"]]
    if calls:
        parts.append("the blocking call" if calls == 1 else "{} blocking calls".format(calls))
    if not parts:
        return "one of its tasks to finish"
    return _joined(parts, "and" if one.get("all") else "or") + " to finish"


def _joined(words: list[str], last: str) -> str:
    *most, one = words or [""]
    return "{} {} {}".format(", ".join(most), last, one) if most else one


def ended(ending: str, status: int) -> str:
    """How a script ended of which the facts say this, and its process that."""
    if ending == "stuck":
        return "is stuck: nobody can go on"
    if ending == "flooded":
        return "was stopped: it has more events than a recording may have"
    if status < 0:
        return "was ended by signal {}".format(-status)
    return "ended with status {}".format(status) if status else "ended well"
