"""Coroutines that were made and never ran.

Python looks up `warnings._warn_unawaited_coroutine` whenever it lets go of one
(`_warnings.c`), whatever the filters say of the warning that it makes. Where a
coroutine was made, it remembers itself if it is asked to
(`sys.set_coroutine_origin_tracking_depth`), and then says so in the warning:
that is for those who ask for it, as asyncio's debug mode does.
"""

import itertools
import sys
import threading
import types
import warnings
from typing import Any, Callable, Optional

from . import program
from .script import Script
from .tracebacks import is_recorder

#: In how many callers to look for the script.
_DEPTH = 6


def install(script: Script, tell: Callable[[str, Optional[int]], None]) -> None:
    """Calls `tell` with the name of each, and the line of the script that made it."""
    original, warn = warnings._warn_unawaited_coroutine, warnings.warn
    track = sys.set_coroutine_origin_tracking_depth
    #: What the program asks for, in each thread.
    asked = threading.local()

    def depth() -> int:
        return getattr(asked, "depth", 0)

    def set_depth(new: int) -> None:
        # Some of the callers are the recorder.
        track(new + _DEPTH if new >= 0 else new)
        asked.depth = new

    def and_warn(*args: Any, stacklevel: int = 1, **options: Any) -> None:
        # Of those between it and whom it is about there are two more.
        warn(*args, stacklevel=stacklevel + 2, **options)

    names = {**original.__globals__, "warn": and_warn, "_wm": types.SimpleNamespace(warn=and_warn)}
    says = types.FunctionType(original.__code__, names)

    def unawaited(coro: types.CoroutineType) -> None:
        # The script is run by the recorder, and nothing else is below it.
        origin = itertools.takewhile(lambda one: one[0] != program.__file__, coro.cr_origin or ())
        callers = [one for one in origin if not is_recorder(one[0])]
        lines = (line for file, line, _ in callers if file in script.names)
        tell(coro.__qualname__, next(lines, None))
        seen = callers[: depth()] or None
        says(types.SimpleNamespace(__qualname__=coro.__qualname__, cr_origin=seen))

    track(_DEPTH)
    sys.set_coroutine_origin_tracking_depth = set_depth
    sys.get_coroutine_origin_tracking_depth = depth
    warnings._warn_unawaited_coroutine = unawaited
