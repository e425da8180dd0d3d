"""Tracebacks without the recorder, the same on every machine."""

import asyncio
import functools
import linecache
import os
import re
import sys
import traceback
import types
import warnings
from typing import Callable, Optional

from .script import Script

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
#: A call of the recorder's in a traceback, which in one of a group is indented.
_CALL = re.compile(r'[ |]*  File "' + re.escape(_HERE))
_OURS = re.compile(re.escape(_HERE) + r"\w+\.py:\d+")
#: Where an object is, as in `<object object at 0x7f…>`; another number is kept.
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]{6,}")
#: More calls of the recorder's are never between two of the program's.
_OURS_AT_MOST = 12
#: Where Python's own library is; it may be packed.
_STDLIB = os.path.dirname(traceback.__file__) + os.sep


def report(error: BaseException, script: Script) -> str:
    """What Python says of an exception that ends the script."""
    report = traceback.TracebackException(type(error), error, error.__traceback__)
    todo, seen = [report], set()
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.stack = traceback.StackSummary.from_list(
            frame for frame in one.stack if not frame.filename.startswith(_HERE)
        )
        if sys.version_info < (3, 11):
            _as_the_interpreter_says(one)
        todo += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())]
    text = "".join(report.format())
    text = text.replace(f'File "{script.name}"', f'File "{script.path}"')
    # Of a file that is no text at all Python does not say which it is.
    return text if script.path in text else f"{script.path}: {text}"


def _as_the_interpreter_says(report: traceback.TracebackException) -> None:
    """Up to Python 3.10 it says of a class that it is the script's, and `traceback` does
    not."""
    kind = report.exc_type
    if kind is not None and kind.__module__ == "__main__":
        base = SyntaxError if issubclass(kind, SyntaxError) else Exception
        names = {"__module__": "__main__", "__qualname__": f"__main__.{kind.__qualname__}"}
        report.exc_type = type(kind.__name__, (base,), names)


def tidy(line: str) -> Optional[str]:
    """Takes out of a printed line what differs from machine to machine: where
    the standard library lies. None for a line of a traceback that is about
    the recorder."""
    if _CALL.match(line):
        return None
    # A warning at the program's end, from where Python itself says "sys:1".
    line = _OURS.sub("sys:1", line)
    return line.replace(_STDLIB, "")


def without_addresses(text: str) -> str:
    """Without what is another one in every run."""
    return _ADDRESS.sub("0x…", text)


def is_recorder(file: str) -> bool:
    """Whether code of this file is the recorder's."""
    return file.startswith(_HERE)


def warn_callers() -> None:
    """Lets a warning of asyncio be about who called it, past the recorder, as the
    filters for warnings ask whose fault it is."""

    def warn(message, category=None, stacklevel=1, **options) -> None:
        frame, found, level = sys._getframe(1), 0, 0
        while frame is not None and found < stacklevel:
            level += 1
            found += not is_recorder(frame.f_code.co_filename)
            frame = frame.f_back
        warnings.warn(message, category, stacklevel=level + 1, **options)

    class Warnings(types.ModuleType):
        def __getattr__(self, name):
            return getattr(warnings, name)

    stands_in = Warnings("warnings")
    stands_in.warn = warn
    for module in (asyncio.locks, asyncio.queues, asyncio.tasks):
        if hasattr(module, "warnings"):
            module.warnings = stands_in


def hide() -> None:
    """Lets tracebacks show no source of the recorder's, so that a frame of it
    is just the line that `tidy` knows."""
    asyncio.format_helpers.extract_stack = _extracting(asyncio.format_helpers.extract_stack)
    for name in os.listdir(_HERE):
        path = os.path.join(_HERE, name)
        linecache.cache[path] = (0, None, [], path)


def without_recorder(created: Optional[traceback.StackSummary]) -> None:
    """Takes the recorder's calls out of what asyncio's debug mode knows of where
    something was created."""
    if not created:
        return
    begins = [at for at, call in enumerate(created) if call.filename == _HERE + "program.py"]
    if begins:
        # What is before it has started the recorder.
        del created[: begins[-1] + 1]
    created[:] = [call for call in created if not is_recorder(call.filename)]


def _extracting(original: Callable) -> Callable:
    """In debug mode asyncio asks this where a handle is made, and takes off the call
    that makes it, where that is its own."""

    @functools.wraps(original)
    def extract_stack(f=None, limit=None):
        if f is None:
            f = sys._getframe(1)
        if limit is None:
            limit = asyncio.constants.DEBUG_STACK_DEPTH
        stack = original(f, limit + _OURS_AT_MOST)
        without_recorder(stack)
        # That of the recorder's stands in for one of these.
        stack[:] = stack[1 - limit :]
        return stack

    return extract_stack
