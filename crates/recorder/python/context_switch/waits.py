"""What a suspended task waits for, in kinds: see `on.rs` of the crate `recording`.

A task is suspended in a chain of awaits: its coroutine awaits another one,
and so on down to a future. The innermost coroutine of asyncio in that chain
says what the future is for.
"""

import asyncio
import gc
import math
import os
import re
import sys
from collections.abc import Coroutine, Iterator
from types import AsyncGeneratorType, CodeType, CoroutineType, GeneratorType
from typing import Any, Callable, Optional

#: The folder of asyncio's modules.
ASYNCIO = os.path.dirname(asyncio.__file__)
_HERE = os.path.dirname(__file__)
#: One of the things that a task waits for, as it is written; in place of the number
#: of a `resource` stands the thing itself (`resources.py`).
On = dict[str, Any]
BLOCKING_CALL: On = {"for": "blocking"}
TURNS: list[On] = [{"for": "turn"}]
#: What comes over a connection that is there already.
_OVER_A_CONNECTION: list[On] = [
    {"for": "io", "what": "data"},
    {"for": "room", "of": "stream"},
    {"for": "room", "of": "socket"},
    {"for": "close", "of": "connection"},
]
_AUTOMATIC = re.compile(r"Task-\d+$")
#: What an asynchronous generator gives to be awaited, by its type: the method
#: that was called without an argument, and the one with.
_METHODS = {
    "async_generator_asend": ("__anext__", "asend"),
    "async_generator_athrow": ("aclose", "athrow"),
}


def name_of(coro, given: Optional[str]) -> str:
    """What a reader would call the task: the name it was given by the program,
    or that of its coroutine function."""
    if given and not _AUTOMATIC.match(given):
        return given
    coro = _wrapped(coro)
    if hasattr(coro, "__name__"):
        return coro.__name__
    kind = type(coro).__name__
    if kind in _METHODS:
        generator, *arguments = gc.get_referents(coro)
        return f"{generator.__name__}.{_METHODS[kind][bool(arguments)]}"
    return kind


def _is_asyncios(code: CodeType) -> bool:
    return os.path.dirname(code.co_filename) == ASYNCIO


def _is_inside(code: CodeType) -> bool:
    """Whether the code is asyncio's, or stands between two of asyncio's."""
    return os.path.dirname(code.co_filename) in (ASYNCIO, _HERE)


def is_wrapper(code: CodeType) -> bool:
    """Whether this is the coroutine that `ensure_future` makes of an awaitable
    (`tasks.py`)."""
    return code.co_name == "_wrap_awaitable" and _is_asyncios(code)


def _wrapped(coro) -> Any:
    """The awaitable that a reader has written, where it is in something else."""
    frame = frame_of(coro)
    if frame is not None and is_wrapper(frame.f_code):
        return _wrapped(frame.f_locals["awaitable"])
    inner = _driven(coro)
    if inner is not None:
        return _wrapped(inner)
    if type(coro).__name__ == "anext_awaitable":
        # What `anext(generator, default)` gives.
        return gc.get_referents(coro)[0]
    return coro


def _driven(coro) -> Any:
    """What an object of a class of coroutines (`collections.abc.Coroutine`) drives,
    as aiohttp's requests do: the one coroutine that it has. None of others."""
    kind = type(coro)
    if kind.__module__ == "builtins" or not isinstance(coro, Coroutine):
        return None
    slots = [name for base in kind.__mro__ for name in _slots(base)]
    values = [*getattr(coro, "__dict__", {}).values()]
    values += [getattr(coro, name) for name in slots if hasattr(coro, name)]
    inner = [value for value in values if isinstance(value, (Coroutine, GeneratorType))]
    return inner[0] if len(inner) == 1 else None


def _slots(base: type) -> list[str]:
    slots = base.__dict__.get("__slots__", ())
    names = [slots] if isinstance(slots, str) else [*slots]
    private = f"_{base.__name__.lstrip('_')}"
    return [private + name if name[:2] == "__" != name[-2:] else name for name in names]


def first_line(coro, script) -> Optional[int]:
    """The line of the coroutine's `async def`, if it is in the script."""
    coro = _driven(coro) or coro
    code = getattr(coro, "cr_code", None)
    if code is None or not script.owns(code):
        return None
    return script.def_line(code.co_firstlineno)


def chain(coro) -> Iterator[Any]:
    """The coroutines and generators that a coroutine is suspended in, the
    outermost first."""
    while coro is not None:
        yield coro
        if isinstance(coro, CoroutineType):
            coro = coro.cr_await
        elif isinstance(coro, AsyncGeneratorType):
            coro = coro.ag_await
        elif isinstance(coro, GeneratorType):
            coro = coro.gi_yieldfrom
        else:
            # The objects behind `async for` and `__await__` hide what they drive.
            drives = (CoroutineType, AsyncGeneratorType)
            inner = [x for x in gc.get_referents(coro) if isinstance(x, drives)]
            hidden = type(coro).__module__ == "builtins"
            coro = (inner[0] if inner else None) if hidden else _driven(coro)


def frame_of(coro):
    """The frame of a coroutine or generator; none when it is over."""
    for kind in ("cr_frame", "ag_frame", "gi_frame"):
        if hasattr(coro, kind):
            return getattr(coro, kind)
    return None


def stands(coro, script) -> tuple[list, Optional[int], bool]:
    """Where a coroutine is suspended: the frames, the outermost first; the innermost
    line of the script, of one not yet started its `async def`; and whether it
    stands there until it goes on, whatever others do."""
    frames, line, names = [], None, script.names
    # Most are nothing else, and this is done at every switch.
    while type(coro) is CoroutineType:
        frame = coro.cr_frame
        if frame is not None:
            frames.append(frame)
            if frame.f_code.co_filename in names:
                line = _line(frame, script)
        coro = coro.cr_await
    if coro is None or type(coro).__name__ == "FutureIter":
        return frames, line, True
    if type(coro) is GeneratorType and coro.gi_yieldfrom is None:
        frame = coro.gi_frame
        if frame is not None:
            frames.append(frame)
            if frame.f_code.co_filename in names:
                line = _line(frame, script)
        return frames, line, True
    for inner in chain(coro):
        frame = frame_of(inner)
        if frame is not None:
            frames.append(frame)
            if script.owns(frame.f_code):
                line = _line(frame, script)
    return frames, line, False


def _line(frame, script) -> int:
    line = frame.f_lineno
    return script.def_line(line) if line == frame.f_code.co_firstlineno else line


def awaits(coro, script) -> list[dict[str, Any]]:
    """The chain of awaits that a coroutine is suspended in, the outermost first:
    of each its name and where it stands, as `python -m asyncio pstree` tells it."""
    told = []
    for inner in chain(coro):
        frame = frame_of(inner)
        code = frame and frame.f_code
        if code is None or os.path.dirname(code.co_filename) == _HERE:
            continue
        one: dict[str, Any] = {"name": getattr(inner, "__qualname__", code.co_name)}
        if script.owns(code):
            one["line"] = _line(frame, script)
        else:
            one["line"], one["file"] = frame.f_lineno, _short(code.co_filename)
        told.append(one)
    return told


def _short(path: str) -> str:
    """A file as it is found in `sys.path`: `asyncio/tasks.py`."""
    folders = [os.path.join(folder, "") for folder in sys.path if folder]
    above = [folder for folder in folders if path.startswith(folder)]
    return path[max(map(len, above), default=0) :]


def line_of(coro, script) -> Optional[int]:
    """The innermost line of the script that a coroutine is suspended at; of one
    not yet started its `async def`."""
    return stands(coro, script)[1]


def waits_for(task, script) -> tuple[Optional[list[On]], Optional[int], bool]:
    """What the task waits for, any one of which lets it go on, nothing where it is
    not known; at which line; and whether it stands there until it goes on."""
    frames, line, stays = stands(task.get_coro(), script)
    return _waits_for(task._fut_waiter, frames), line, stays


def _waits_for(future, frames: list) -> Optional[list[On]]:
    if future is None:
        return TURNS
    ours = [_is_inside(frame.f_code) and not is_wrapper(frame.f_code) for frame in frames]
    if not ours or not ours[-1]:
        return _future(future) or [{"for": "future"}]
    # asyncio's own coroutines at the end of the chain; the outermost knows best:
    # a barrier waits for a condition, and that for a future.
    best = None
    while frames and ours.pop():
        frame = frames.pop()
        module = os.path.basename(frame.f_code.co_filename)[:-3]
        kinds = _KINDS.get((module, frame.f_code.co_name))
        if kinds:
            best = kinds(frame.f_locals, best or _future(future)) or best
    return best or _future(future)


def reads(task, script, tasks: dict[int, Any]) -> bool:
    """Whether it waits for what only comes over a connection that is there; if for the
    end of others, by their number in `tasks`, whether these do."""

    def comes(on: On) -> bool:
        if on["for"] == "future":
            return any(_has_connection(frame) for frame in frames)
        if on["for"] != "tasks":
            return on in _OVER_A_CONNECTION
        each = [reads(tasks[one], script, tasks) for one in on["of"] if one in tasks]
        return any(each) if on.get("all") else bool(each) and all(each)

    frames, _, _ = stands(task.get_coro(), script)
    on = _waits_for(task._fut_waiter, frames)
    return bool(on) and all(map(comes, on))


def _has_connection(frame) -> bool:
    """Whether it is a method of what has one, as a library's classes have."""
    this = frame.f_locals.get("self")
    parts = [this, *getattr(this, "__dict__", {}).values()]
    return any(isinstance(getattr(one, "transport", None), asyncio.Transport) for one in parts)


def _future(future) -> Optional[list[On]]:
    """What a future is waited for, by itself."""
    if getattr(future, "number", None) is not None:
        return [{"for": "tasks", "of": [future.number]}]
    if getattr(future, "stands_for", None) is not None:
        return _future(future.stands_for)
    children = getattr(future, "_children", None)
    if children:
        return _all(children)
    on = getattr(future, "on", None)
    return None if on is None else [on]


def _all(futures, each: bool = True) -> Optional[list[On]]:
    """The end of each of the futures, or of one, of those that have not ended."""
    left = [f for f in futures if not f.done()]
    of = sorted(f.number for f in left if getattr(f, "number", None) is not None)
    calls = sum(getattr(f, "on", None) is BLOCKING_CALL for f in left)
    if not of:
        return [{**BLOCKING_CALL, "n": calls}] if calls else None
    on: On = {"for": "tasks", "of": of}
    if each and (len(of) > 1 or calls):
        on["all"] = True
    if calls:
        on["calls"] = calls
    return [on]


def _time(seconds: float) -> On:
    """A wait of so many seconds; what is more than 500 years is for ever."""
    if math.isnan(seconds):
        # Refused since 3.13; before, nothing is later than that.
        seconds = 0
    if seconds * 1e9 >= 2**64:
        return {"for": "time"}
    return {"for": "time", "ns": max(0, round(seconds * 1e9))}


def _within(on: Optional[list[On]], seconds: Optional[float]) -> Optional[list[On]]:
    if on is None or seconds in (None, math.inf):
        return on
    return [*on, _time(seconds)]


def _wait(variables: dict[str, Any], _: Optional[list[On]]) -> Optional[list[On]]:
    first = variables.get("return_when") == asyncio.FIRST_COMPLETED
    return _within(_all(variables.get("fs", ()), not first), variables.get("timeout"))


def _wait_for(future, timeout: Optional[float], inner: Optional[list[On]]) -> Optional[list[On]]:
    # Up to 3.11, where it waits for a task, it cancels and then waits for its end.
    if getattr(future, "asked_to_stop", False):
        return _future(future)
    return _within(inner or _future(future), timeout)


def _is(kind: str, **fields: Any) -> Callable[[dict[str, Any], Optional[list[On]]], list[On]]:
    return lambda variables, inner: [{"for": kind, **fields}]


def _at(kind: str, **fields: Any) -> Callable[[dict[str, Any], Optional[list[On]]], list[On]]:
    return lambda variables, inner: [{"for": kind, **fields, "resource": variables["self"]}]


def _io(what: str) -> Callable[[dict[str, Any], Optional[list[On]]], list[On]]:
    return _is("io", what=what)


#: By module and function of asyncio: from its variables, and what is known of
#: the inside, to what it waits for.
_KINDS: dict[
    tuple[str, str], Callable[[dict[str, Any], Optional[list[On]]], Optional[list[On]]]
] = {
    ("tasks", "sleep"): lambda v, _: [_time(v["delay"])],
    ("tasks", "_wait"): _wait,
    ("tasks", "_wait_for_one"): _is("next"),
    ("tasks", "wait_for"): lambda v, inner: _wait_for(v["fut"], v["timeout"], inner),
    ("taskgroups", "__aexit__"): lambda v, _: _all(v["self"]._tasks) or [{"for": "group"}],
    ("queues", "get"): _at("message"),
    ("queues", "put"): _at("room", of="queue"),
    ("queues", "join"): _at("work"),
    ("locks", "acquire"): lambda v, _: _locks(v["self"]),
    ("locks", "wait"): lambda v, inner: _lock_waits(v["self"], inner),
    ("locks", "_block"): lambda v, _: _barrier(v["self"]),
    ("locks", "_wait"): lambda v, _: _barrier(v["self"]),
    ("streams", "_wait_for_data"): _io("data"),
    ("streams", "drain"): _is("room", of="stream"),
    ("streams", "open_connection"): _io("connecting"),
    ("streams", "open_unix_connection"): _io("connecting"),
    ("streams", "wait_closed"): _is("close", of="connection"),
    ("base_events", "subprocess_exec"): _io("process_start"),
    ("base_events", "subprocess_shell"): _io("process_start"),
    ("base_events", "create_server"): _io("listen"),
    ("base_events", "serve_forever"): _io("connections"),
    ("base_events", "wait_closed"): _is("close", of="server"),
    ("selector_events", "sock_recv"): _io("data"),
    ("selector_events", "sock_recv_into"): _io("data"),
    ("selector_events", "sock_sendall"): _is("room", of="socket"),
    ("selector_events", "sock_accept"): _io("connection"),
    ("selector_events", "sock_connect"): _io("connecting"),
    ("subprocess", "wait"): _io("process_end"),
    ("subprocess", "communicate"): _io("process_end"),
}


def _locks(lock) -> list[On]:
    kind = "permit" if isinstance(lock, asyncio.Semaphore) else "lock"
    return [{"for": kind, "resource": lock}]


def _lock_waits(this, inner: Optional[list[On]]) -> Optional[list[On]]:
    if isinstance(this, asyncio.Event):
        return [{"for": "event", "resource": this}]
    if isinstance(this, asyncio.Condition):
        # After the notification it waits for the lock again.
        again = inner is not None and inner[0]["for"] == "lock"
        return inner if again else [{"for": "notification", "resource": this}]
    return _barrier(this)


def _barrier(barrier) -> list[On]:
    return [{"for": "barrier", "n": barrier.parties, "resource": barrier}]
