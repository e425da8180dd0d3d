"""Cancellations that somebody keeps to himself.

asyncio does, so that the task goes on and hears nothing of it: `wait_for` up to 3.11
where the result comes at the same moment (`tasks.py`), a `TaskGroup` up to 3.12 where
one of its own tasks fails at the same moment (`taskgroups.py`).

And what a timeout was to end does, so that whoever set that hears nothing of it: no
`TimeoutError` comes (`timeouts.py`; `wait_for`, up to 3.11).
"""

import asyncio
import functools
import sys
from typing import Callable

from .tasks import Task

#: What a coroutine ends with that was told to stop.
_ENDS = (asyncio.CancelledError, GeneratorExit)
#: Where it stands in the group or the timeout itself.
_OURS = "_context_switch"


def install(
    swallowed: Callable[[Task, str], None],
    outlasted: Callable[[Task, int], None],
    now: Callable[[], int],
) -> None:
    """Looks for them. `swallowed` is called with the task, and with what it was in;
    `outlasted` with the task whose timeout had no effect, and when that ran out, as
    `now` says it."""
    if sys.version_info < (3, 12):
        wait_for = _wait_for(asyncio.wait_for, swallowed, outlasted)
        asyncio.wait_for = asyncio.tasks.wait_for = wait_for
        asyncio.tasks._cancel_and_wait = _runs_out(asyncio.tasks._cancel_and_wait, now)
    if sys.version_info >= (3, 11):
        timeout = asyncio.timeouts.Timeout
        timeout._on_timeout = _on_timeout(timeout._on_timeout, now)
        timeout.__aexit__ = _leaves(timeout.__aexit__, outlasted)
    if (3, 11) <= sys.version_info < (3, 13):
        group = asyncio.TaskGroup
        group.__aenter__ = _enter(group.__aenter__)
        group.__aexit__ = _exit(group.__aexit__, swallowed)


def _wait_for(
    original: Callable,
    swallowed: Callable[[Task, str], None],
    outlasted: Callable[[Task, int], None],
) -> Callable:
    @functools.wraps(original)
    async def wait_for(fut, timeout, **options):
        task = asyncio.current_task()
        if timeout is None or not isinstance(task, Task):
            # Without a timeout the program's own coroutine has the task.
            return await original(fut, timeout, **options)
        asks, ends, task.ran_out = task.asks, False, None
        try:
            result = await original(fut, timeout, **options)
            if task.ran_out is not None:
                outlasted(task, task.ran_out)
            return result
        except _ENDS:
            ends = True
            raise
        finally:
            if not ends and task.asks > asks and not task._must_cancel:
                swallowed(task, "wait_for")

    return wait_for


def _runs_out(original: Callable, now: Callable[[], int]) -> Callable:
    """`wait_for` calls it when its time is up, and after that returns only if what it
    has cancelled has a result all the same."""

    @functools.wraps(original)
    def cancel_and_wait(fut, loop):
        task = asyncio.current_task()
        if isinstance(task, Task):
            task.ran_out = now()
        return original(fut, loop)

    return cancel_and_wait


def _on_timeout(original: Callable, now: Callable[[], int]) -> Callable:
    @functools.wraps(original)
    def on_timeout(timeout):
        setattr(timeout, _OURS, now())
        original(timeout)

    return on_timeout


def _leaves(original: Callable, outlasted: Callable[[Task, int], None]) -> Callable:
    @functools.wraps(original)
    async def __aexit__(timeout, kind, error, traceback):
        task, ran_out = timeout._task, getattr(timeout, _OURS, None)
        # Whoever means it takes the request back (`uncancel`).
        is_asked = ran_out is not None and task.cancelling() > timeout._cancelling
        result = await original(timeout, kind, error, traceback)
        if kind is None and is_asked and isinstance(task, Task):
            outlasted(task, ran_out)
        return result

    return __aexit__


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
