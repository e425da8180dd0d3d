"""What a suspended task waits for, in a reader's words.

A task is suspended in a chain of awaits: its coroutine awaits another one,
and so on down to a future. The innermost coroutine of asyncio in that chain
says what the future is for.
"""

import asyncio
import gc
import os
import re
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import Any, Callable, Dict, Iterator, Optional, Tuple

_ASYNCIO = os.path.dirname(asyncio.__file__)
_AUTOMATIC = re.compile(r"Task-\d+$")


def name_of(task, coro) -> str:
    """What a reader would call the task: the name it was given, or that of
    its coroutine function."""
    name = task.get_name()
    if not _AUTOMATIC.match(name):
        return name
    return getattr(coro, "__name__", type(coro).__name__)


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
    """`1` is "1 s", `0.25` is "250 ms", `1.5` is "1.5 s"."""
    us = round(seconds * 1e6)
    for unit, size in (("s", 1_000_000), ("ms", 1000)):
        if us >= size:
            return f"{us / size:.6f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{us} µs"


def waits_for(task, script) -> Tuple[Optional[str], Optional[int]]:
    """What the task waits for, and at which line. A task is named by a mark
    that the reader of the events replaces by its name."""
    line = line_of(task.get_coro(), script)
    future = task._fut_waiter
    if future is None:
        return "its next turn", line
    for inner in reversed(list(chain(task.get_coro()))):
        frame = frame_of(inner)
        if frame is None or os.path.dirname(frame.f_code.co_filename) != _ASYNCIO:
            continue
        module = os.path.basename(frame.f_code.co_filename)[:-3]
        words = _WORDS.get((module, frame.f_code.co_name))
        on = words(frame.f_locals) if words else None
        if on:
            return on, line
    return _future(future), line


def mark(task) -> str:
    """Stands for the task's name."""
    return f"\x1a{task.number}\x1a"


def _future(future) -> Optional[str]:
    """What a future is waited for, by its type alone."""
    if getattr(future, "number", None) is not None:
        return f"{mark(future)} to finish"
    children = getattr(future, "_children", None)
    if children:
        return _all(children)
    return None


def _all(futures, word: str = "and") -> Optional[str]:
    names = [mark(f) for f in futures if getattr(f, "number", None) is not None and not f.done()]
    if not names:
        return None
    *most, last = names
    return f"{', '.join(most)} {word} {last} to finish" if most else f"{last} to finish"


#: By module and function of asyncio: from its variables to words.
_WORDS: Dict[Tuple[str, str], Callable[[Dict[str, Any]], Optional[str]]] = {
    ("tasks", "sleep"): lambda v: duration(v["delay"]),
}
