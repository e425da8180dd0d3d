"""Tasks and futures: they are created, cancelled, and have a number.

Both are subclasses of CPython's own, so their steps still run in C. Their hash
is the order of their creation: a set of tasks, which `asyncio.wait` returns and
`all_tasks` is, is walked in the same order every time.
"""

import asyncio
import itertools
import os
from typing import Optional, Set

from .tracer import Cause, Tracer

_created = itertools.count()
_tracer: Tracer
_ASYNCIO = os.path.dirname(asyncio.__file__)
#: Coroutines that asyncio runs in tasks for itself (`base_events.py`).
_HELPERS = {"shutdown_asyncgens", "shutdown_default_executor", "run_one_coro"}


class Future(asyncio.Future):
    """A future with a hash that is the same in every run."""

    def __init__(self, *, loop=None) -> None:
        self._created = next(_created)
        super().__init__(loop=loop)

    def __hash__(self) -> int:
        return self._created


class Task(asyncio.Task):
    """A task whose life is traced."""

    #: Its number; none for asyncio's own helpers, which are not recorded.
    number: Optional[int] = None
    #: Whether its end was recorded.
    ended = False
    #: Whether a loop runs until it is done.
    root = False
    #: Whether it cancelled itself in this step.
    asked_to_stop = False
    #: A wake during its own step.
    woken_by: Optional[Cause] = None
    #: Whether it is not yet known to the loop.
    new = True

    def __init__(self, coro, **options) -> None:
        self._created = next(_created)
        loop = options.get("loop")
        if not (options.get("eager_start") and loop is not None and loop.is_running()):
            super().__init__(coro, **options)
            return
        self._eager_name = options.get("name") or ""
        self.new = False
        if not is_helper(coro):
            _tracer.spawned(self, coro, root=False)
            _tracer.step_begins(self, coro)
        cause = _tracer.cause
        try:
            super().__init__(coro, **options)
        finally:
            if self.number is not None:
                _tracer.step_ends(self)
            else:
                _tracer.cause = cause

    def __hash__(self) -> int:
        return self._created

    def cancel(self, *args, **options) -> bool:
        if self.number is not None and not self.done():
            self.asked_to_stop = True
            _tracer.cancelled(self)
        return super().cancel(*args, **options)


def is_helper(coro) -> bool:
    """Whether asyncio runs this coroutine for itself."""
    code = getattr(coro, "cr_code", None)
    if code is None or os.path.dirname(code.co_filename) != _ASYNCIO:
        return False
    return code.co_name in _HELPERS or code.co_name.startswith("_")


class _InOrder(set):
    """A set of tasks, walked in the order of their creation."""

    def __iter__(self):
        return iter(sorted(set.__iter__(self), key=hash))


def install(tracer: Tracer) -> None:
    """Replaces asyncio's own classes by those above."""
    global _tracer
    _tracer = tracer
    all_tasks = asyncio.all_tasks

    def in_order(loop: Optional[asyncio.AbstractEventLoop] = None) -> Set[asyncio.Task]:
        return _InOrder(all_tasks(loop))

    asyncio.Task = asyncio.tasks.Task = Task
    asyncio.Future = asyncio.futures.Future = Future
    asyncio.all_tasks = asyncio.tasks.all_tasks = in_order
    if hasattr(asyncio, "eager_task_factory"):
        eager = asyncio.tasks.create_eager_task_factory(Task)
        asyncio.eager_task_factory = asyncio.tasks.eager_task_factory = eager
