"""What a suspended task waits for, in a reader's words.

A task is suspended in a chain of awaits: its coroutine awaits another one,
and so on down to a future. The innermost coroutine of asyncio in that chain
says what the future is for.
"""

import asyncio
import gc
import math
import os
import re
from collections.abc import Iterator
from types import AsyncGeneratorType, CodeType, CoroutineType, GeneratorType
from typing import Any, Callable, Optional

#: The folder of asyncio's modules.
ASYNCIO = os.path.dirname(asyncio.__file__)
BLOCKING_CALL = "the blocking call to finish"
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


def is_wrapper(code: CodeType) -> bool:
    """Whether this is the coroutine that `ensure_future` makes of an awaitable
    (`tasks.py`)."""
    return code.co_name == "_wrap_awaitable" and _is_asyncios(code)


def _wrapped(coro) -> Any:
    """The awaitable that a reader has written, where it is in something else."""
    frame = frame_of(coro)
    if frame is not None and is_wrapper(frame.f_code):
        return _wrapped(frame.f_locals["awaitable"])
    if type(coro).__name__ == "anext_awaitable":
        # What `anext(generator, default)` gives.
        return gc.get_referents(coro)[0]
    return coro


def first_line(coro, script) -> Optional[int]:
    """The line of the coroutine's `async def`, if it is in the script."""
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
            coro = inner[0] if type(coro).__module__ == "builtins" and inner else None


def frame_of(coro):
    """The frame of a coroutine or generator; none when it is over."""
    for kind in ("cr_frame", "ag_frame", "gi_frame"):
        if hasattr(coro, kind):
            return getattr(coro, kind)
    return None


def line_of(coro, script) -> Optional[int]:
    """The innermost line of the script that a coroutine is suspended at; of one
    not yet started its `async def`."""
    line = None
    for inner in chain(coro):
        frame = frame_of(inner)
        if frame is not None and script.owns(frame.f_code):
            line = frame.f_lineno
            if line == frame.f_code.co_firstlineno:
                line = script.def_line(line)
    return line


def duration(seconds: float) -> str:
    """`1` is "1 s", `0.25` is "250 ms", `1.5` is "1.5 s", `inf` is "ever"."""
    if seconds == math.inf:
        return "ever"
    us = round(seconds * 1e6)
    for unit, size in (("s", 1_000_000), ("ms", 1000)):
        if us >= size:
            return f"{us / size:.6f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{us} µs"


def waits_for(task, script) -> tuple[Optional[str], Optional[int]]:
    """What the task waits for, and at which line; nothing where it is not
    known. A task is named by a mark that the reader of the events replaces by
    its name."""
    coros = list(chain(task.get_coro()))
    line = line_of(task.get_coro(), script)
    future = task._fut_waiter
    if future is None:
        return "its next turn", line
    frames = [frame for frame in map(frame_of, coros) if frame is not None]
    ours = [_is_asyncios(frame.f_code) and not is_wrapper(frame.f_code) for frame in frames]
    if not ours[-1]:
        return _future(future) or "a future", line
    # asyncio's own coroutines at the end of the chain; the outermost knows best:
    # a barrier waits for a condition, and that for a future.
    best = None
    while frames and ours.pop():
        frame = frames.pop()
        module = os.path.basename(frame.f_code.co_filename)[:-3]
        words = _WORDS.get((module, frame.f_code.co_name))
        if words:
            best = words(frame.f_locals, best or _future(future)) or best
    return best or _future(future), line


def held(task, on: Optional[str]) -> Optional[list[dict]]:
    """Who has the lock that the task waits for, if it waits for nothing else,
    and where that one took it."""
    if on != "the lock":
        return None
    for coro in chain(task.get_coro()):
        frame = frame_of(coro)
        if frame is not None and frame.f_code.co_name == "acquire":
            taken = getattr(frame.f_locals.get("self"), "taken", None)
            if taken is not None:
                return [taken]
    return None


def mark(task) -> str:
    """Stands for the task's name."""
    return f"\x1a{task.number}\x1a"


def _future(future) -> Optional[str]:
    """What a future is waited for, by itself."""
    if getattr(future, "number", None) is not None:
        return f"{mark(future)} to finish"
    if getattr(future, "stands_for", None) is not None:
        return _future(future.stands_for)
    children = getattr(future, "_children", None)
    if children:
        return _all(children)
    return getattr(future, "words", None)


def _all(futures, word: str = "and") -> Optional[str]:
    """`foo, bar and the blocking call to finish`, of those that have not."""
    left = [f for f in futures if not f.done()]
    tasks = [f for f in left if getattr(f, "number", None) is not None]
    names = [mark(task) for task in sorted(tasks, key=lambda task: task.number)]
    calls = sum(getattr(f, "words", None) == BLOCKING_CALL for f in left)
    if calls:
        names.append("the blocking call" if calls == 1 else f"{calls} blocking calls")
    if not names:
        return None
    *most, last = names
    return f"{', '.join(most)} {word} {last} to finish" if most else f"{last} to finish"


def _within(words: Optional[str], seconds: Optional[float]) -> Optional[str]:
    if words is None or seconds in (None, math.inf):
        return words
    return f"{words} or {duration(seconds)}"


def _wait(variables: dict[str, Any], _: Optional[str]) -> Optional[str]:
    first = variables.get("return_when") == asyncio.FIRST_COMPLETED
    words = _all(variables.get("fs", ()), "or" if first else "and")
    return _within(words, variables.get("timeout"))


def _wait_for(future, timeout: Optional[float], inner: Optional[str]) -> Optional[str]:
    # Up to 3.11, where it waits for a task, it cancels and then waits for its end.
    if getattr(future, "asked_to_stop", False):
        return _future(future)
    return _within(inner or _future(future), timeout)


def _says(words: str) -> Callable[[dict[str, Any], Optional[str]], str]:
    return lambda variables, inner: words


#: By module and function of asyncio: from its variables, and what is known of
#: the inside, to words.
_WORDS: dict[tuple[str, str], Callable[[dict[str, Any], Optional[str]], Optional[str]]] = {
    ("tasks", "sleep"): lambda v, _: duration(v["delay"]),
    ("tasks", "_wait"): _wait,
    ("tasks", "_wait_for_one"): _says("the next of them to finish"),
    ("tasks", "wait_for"): lambda v, inner: _wait_for(v["fut"], v["timeout"], inner),
    ("taskgroups", "__aexit__"): lambda v, _: _all(v["self"]._tasks) or "the group to finish",
    ("queues", "get"): _says("a message"),
    ("queues", "put"): _says("room in the queue"),
    ("queues", "join"): _says("the queue to be worked off"),
    ("locks", "acquire"): lambda v, _: _locks(v["self"]),
    ("locks", "wait"): lambda v, inner: _lock_waits(v["self"], inner),
    ("locks", "_block"): _says("the barrier"),
    ("locks", "_wait"): _says("the barrier"),
    ("streams", "_wait_for_data"): _says("data"),
    ("streams", "drain"): _says("room in the stream"),
    ("streams", "open_connection"): _says("the connection"),
    ("streams", "open_unix_connection"): _says("the connection"),
    ("streams", "wait_closed"): _says("the connection to close"),
    ("base_events", "subprocess_exec"): _says("the process to start"),
    ("base_events", "subprocess_shell"): _says("the process to start"),
    ("base_events", "create_server"): _says("the server to listen"),
    ("base_events", "serve_forever"): _says("connections"),
    ("base_events", "wait_closed"): _says("the server to close"),
    ("selector_events", "sock_recv"): _says("data"),
    ("selector_events", "sock_recv_into"): _says("data"),
    ("selector_events", "sock_sendall"): _says("room in the socket"),
    ("selector_events", "sock_accept"): _says("a connection"),
    ("selector_events", "sock_connect"): _says("the connection"),
    ("subprocess", "wait"): _says("the process to end"),
    ("subprocess", "communicate"): _says("the process to end"),
}


def _locks(lock) -> str:
    return "a permit" if isinstance(lock, asyncio.Semaphore) else "the lock"


def _lock_waits(this, inner: Optional[str]) -> Optional[str]:
    if isinstance(this, asyncio.Event):
        return "the event"
    if isinstance(this, asyncio.Condition):
        # After the notification it waits for the lock again.
        return inner if inner == "the lock" else "a notification"
    return "the barrier"
