"""What the recorder needs of CPython besides its documented parts.

A later version may do without some of it. Then the recorder says what is gone,
instead of a recording that quietly lacks something.
"""

import asyncio
import atexit
import platform
import threading
import warnings
from asyncio import events
from typing import Optional


def _needs(loop: asyncio.SelectorEventLoop) -> list[tuple[object, str]]:
    policy = getattr(events, "_get_event_loop_policy", events.get_event_loop_policy)()
    loop_names = (
        "_ready _selector _internal_fds _ssock _signal_handlers _default_executor _debug _closed "
        "_executor_shutdown_called "
        "_call_soon _process_events _add_callback _scheduled _stopping "
        "_check_closed _check_thread _check_callback"
    )
    return [
        (loop, loop_names),
        (asyncio.Task, "_fut_waiter _exception _source_traceback get_coro"),
        (asyncio.Handle, "_run _callback _args _context _cancelled"),
        (asyncio.TimerHandle, "_when _scheduled"),
        (type(policy), "_loop_factory"),
        (asyncio.tasks, "_GatheringFuture _wait"),
        (threading, "_shutdown"),
        (atexit, "_run_exitfuncs"),
        (warnings, "_warn_unawaited_coroutine"),
    ]


def missing() -> Optional[str]:
    """Says what is not there; None if all is."""
    loop = asyncio.SelectorEventLoop()
    try:
        for thing, names in _needs(loop):
            for name in names.split():
                if not hasattr(thing, name):
                    of = getattr(thing, "__name__", type(thing).__name__)
                    version = platform.python_version()
                    return f"Python {version} has no {of}.{name}, which the recorder rests on"
    finally:
        loop.close()
    return None
