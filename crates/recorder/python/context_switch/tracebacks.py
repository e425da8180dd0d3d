"""Tracebacks without the recorder, the same on every machine."""

import asyncio
import linecache
import os
import re
import sys
import sysconfig
import traceback
import types
import warnings
from typing import Optional

from .script import Script

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_OURS = re.compile(re.escape(_HERE) + r"\w+\.py:\d+")
_STDLIB = sysconfig.get_paths()["stdlib"] + os.sep


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
        todo += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())]
    text = "".join(report.format())
    text = text.replace(f'File "{script.name}"', f'File "{script.path}"')
    # Of a file that is no text at all Python does not say which it is.
    return text if script.path in text else f"{script.path}: {text}"


def tidy(line: str) -> Optional[str]:
    """Takes out of a printed line what differs from machine to machine: where
    the standard library lies. None for a line of a traceback that is about
    the recorder."""
    if line.startswith(f'  File "{_HERE}'):
        return None
    # A warning at the program's end, from where Python itself says "sys:1".
    line = _OURS.sub("sys:1", line)
    return line.replace(_STDLIB, "")


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
    for name in os.listdir(_HERE):
        path = os.path.join(_HERE, name)
        linecache.cache[path] = (0, None, [], path)


def without_recorder(created: Optional[traceback.StackSummary]) -> None:
    """Takes the recorder's frames off the end of where asyncio's debug mode
    says that something was created."""
    while created and created[-1].filename.startswith(_HERE):
        del created[-1]
