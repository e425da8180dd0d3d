"""Cancellations that asyncio keeps to itself, so that the task goes on and hears nothing
of it: `wait_for` up to 3.11 where the result comes at the same moment (`tasks.py`), a
`TaskGroup` up to 3.12 where one of its own tasks fails at the same moment
(`taskgroups.py`)."""

import asyncio
import functools
import sys
from typing import Callable

from .tasks import Task

#: What a coroutine ends with that was told to stop.
_ENDS = (asyncio.CancelledError, GeneratorExit)
#: Where it stands in the group itself.
_OURS = "_context_switch"


def install(swallowed: Callable[[Task, str], None]) -> None:
    """Looks for them. `swallowed` is called with the task, and with what it was in."""
    if sys.version_info < (3, 12):
        asyncio.wait_for = asyncio.tasks.wait_for = _wait_for(asyncio.wait_for, swallowed)
    if (3, 11) <= sys.version_info < (3, 13):
        group = asyncio.TaskGroup
        group.__aenter__ = _enter(group.__aenter__)
        group.__aexit__ = _exit(group.__aexit__, swallowed)


def _wait_for(original: Callable, swallowed: Callable[[Task, str], None]) -> Callable:
    @functools.wraps(original)
    async def wait_for(fut, timeout, **options):
        task = asyncio.current_task()
        if timeout is None or not isinstance(task, Task):
            # Without a timeout the program's own coroutine has the task.
            return await original(fut, timeout, **options)
        asks, ends = task.asks, False
        try:
            return await original(fut, timeout, **options)
        except _ENDS:
            ends = True
            raise
        finally:
            if not ends and task.asks > asks and not task._must_cancel:
                swallowed(task, "wait_for")

    return wait_for


def _enter(original: Callable) -> Callable:
    @functools.wraps(original)
    async def __aenter__(group):
        entered = await original(group)
        setattr(group, _OURS, group._parent_task.cancelling())
        return entered

    return __aenter__


def _exit(original: Callable, swallowed: Callable[[Task, str], None]) -> Callable:
    @functools.wraps(original)
    async def __aexit__(group, kind, error, traceback):
        task, before = group._parent_task, getattr(group, _OURS)
        if not isinstance(task, Task):
            return await original(group, kind, error, traceback)
        asks, requested, ends = task.asks, group._parent_cancel_requested, False
        try:
            return await original(group, kind, error, traceback)
        except _ENDS:
            ends = True
            raise
        finally:
            came = kind is asyncio.CancelledError or task.asks > asks
            # What it has asked for itself, it has taken back by now, but not what it asks
            # for while it waits here.
            own = group._parent_cancel_requested and not requested
            others = task.cancelling() - before - own
            if came and not ends and others > 0 and not task._must_cancel:
                swallowed(task, "group")

    return __aexit__
