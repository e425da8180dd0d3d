"""Tasks and futures: they are created, cancelled, and have a number.

Both are subclasses of CPython's own, so their steps still run in C. Their hash
is the order of their creation: a set of tasks, which `asyncio.wait` returns and
`all_tasks` is, is walked in the same order every time.
"""

import asyncio
import dis
import functools
import itertools
import os
import sys
import traceback
import warnings
import weakref
from typing import Callable, Optional

from .calls import Call
from .handles import looks_like
from .tracebacks import without_recorder
from .tracer import Cause, Tracer
from .waits import ASYNCIO, is_wrapper

_created = itertools.count()
_tracer: Tracer
_HERE = os.path.dirname(__file__)
#: Coroutines that asyncio runs in tasks for itself (`base_events.py`).
_HELPERS = {"shutdown_asyncgens", "shutdown_default_executor", "run_one_coro"}


@looks_like(asyncio.Future)
class Future(asyncio.Future):
    """A future with a hash that is the same in every run."""

    #: The call in another thread that it stands for.
    call: Optional[Call] = None

    def __init__(self, *, loop=None) -> None:
        self._created = next(_created)
        super().__init__(loop=loop)
        without_recorder(self._source_traceback)
        if self._source_traceback:
            self._source_traceback.append(_asked_for())

    def __hash__(self) -> int:
        return self._created

    def cancel(self, *args, **options) -> bool:
        if self.call is not None and not self.done():
            self.call.give_up()
        return super().cancel(*args, **options)


def _asked_for() -> traceback.FrameSummary:
    """The call that would have made it, as a traceback shows that."""
    code = asyncio.BaseEventLoop.create_future.__code__
    last = max(line for _, line in dis.findlinestarts(code) if line is not None)
    return traceback.FrameSummary(code.co_filename, last, code.co_name)


@looks_like(asyncio.Task)
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
    #: How often it was told to stop.
    asks = 0
    #: A wake during its own step.
    woken_by: Optional[Cause] = None
    #: Whether it is not yet known to the loop.
    new = True
    #: The line that it goes on at, where that is known.
    stands: Optional[int] = None
    #: How often it was suspended since a timeout of its own cancelled it; none where
    #: none did, or that has been dealt with.
    overdue: Optional[int] = None
    #: When the time of its `wait_for` was up, as the clock shows it.
    ran_out: Optional[int] = None
    #: What `gather` gave to the program in place of this task, which it made itself.
    gathered: Optional[weakref.ref] = None

    def __init__(self, coro, **options) -> None:
        self._created = next(_created)
        loop = options.get("loop")
        if not (options.get("eager_start") and loop is not None and loop.is_running()):
            super().__init__(coro, **options)
            without_recorder(self._source_traceback)
            return
        self.new = False
        if not is_helper(coro) and _tracer.here():
            _tracer.spawned(self, coro, options.get("name"))
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

    def set_name(self, value) -> None:
        super().set_name(value)
        # Up to 3.13 a factory's tasks are named so where nobody names them.
        if self.number is not None and value is not None:
            _tracer.named(self, self.get_name())

    def cancel(self, *args, **options) -> bool:
        if self.number is not None and not self.done():
            self.asked_to_stop = True
            self.asks += 1
            _tracer.cancelled(self)
        return super().cancel(*args, **options)

    def exception(self):
        error = super().exception()
        if error is not None and self.gathered is not None and self.number is not None:
            outer = self.gathered()
            if outer is None or outer.done():
                # `gather` asks, so that nobody complains; it has another one to tell of,
                # and no one else can get at the task.
                self.gathered = None
                _tracer.trouble.gathered(self.number, error)
        return error

    if hasattr(asyncio.Task, "uncancel"):

        def uncancel(self) -> int:
            requests = super().uncancel()
            if requests == 0 and self.overdue is not None:
                _tracer.heeds(self)
            return requests


def is_helper(coro) -> bool:
    """Whether asyncio runs this coroutine for itself."""
    code = getattr(coro, "cr_code", None)
    if code is None or os.path.dirname(code.co_filename) not in (ASYNCIO, _HERE):
        return False
    if is_wrapper(code):
        # Up to 3.11 a generator, since then a coroutine.
        return False
    return code.co_name in _HELPERS or code.co_name.startswith("_")


class _InOrder(set):
    """A set of tasks, walked in the order of their creation."""

    def __iter__(self):
        return iter(sorted(set.__iter__(self), key=hash))

    def pop(self):
        first = next(iter(self))
        self.remove(first)
        return first

    def __repr__(self):
        return f"{{{', '.join(map(repr, self))}}}" if self else "set()"


def install(tracer: Tracer) -> None:
    """Replaces asyncio's own classes by those above, and has its sets of tasks
    in order."""
    global _tracer
    _tracer = tracer
    asyncio.Task = asyncio.tasks.Task = Task
    asyncio.all_tasks = asyncio.tasks.all_tasks = _all_tasks(asyncio.all_tasks)
    asyncio.wait = asyncio.tasks.wait = _wait(asyncio.wait)
    asyncio.as_completed = asyncio.tasks.as_completed = _as_completed(asyncio.as_completed)
    asyncio.shield = asyncio.tasks.shield = _shield(asyncio.shield)
    asyncio.gather = asyncio.tasks.gather = _gather(asyncio.gather)
    if hasattr(asyncio, "TaskGroup"):
        asyncio.TaskGroup.__init__ = _task_group(asyncio.TaskGroup.__init__)
    if hasattr(asyncio, "eager_task_factory"):
        eager = asyncio.tasks.create_eager_task_factory(Task)
        asyncio.eager_task_factory = asyncio.tasks.eager_task_factory = eager


def _all_tasks(original: Callable) -> Callable:
    @functools.wraps(original)
    def all_tasks(loop=None):
        return _InOrder(original(loop))

    return all_tasks


def _wait(original: Callable) -> Callable:
    @functools.wraps(original)
    async def wait(fs, **options):
        # From 3.11 on coroutines are refused.
        if sys.version_info < (3, 11) and any(map(asyncio.iscoroutine, fs)):
            text = (
                "The explicit passing of coroutine objects to asyncio.wait() is deprecated "
                "since Python 3.8, and scheduled for removal in Python 3.11."
            )
            warnings.warn(text, DeprecationWarning, stacklevel=2)
            fs = list(_Started(fs))
        done, pending = await original(fs, **options)
        return _InOrder(done), _InOrder(pending)

    return wait


def _as_completed(original: Callable) -> Callable:
    @functools.wraps(original)
    def as_completed(fs, **options):
        refused = asyncio.isfuture(fs) or asyncio.iscoroutine(fs)
        return original(fs if refused else _Started(fs), **options)

    return as_completed


class _Started:
    """Awaitables that become tasks when they are walked, in the order given.
    asyncio makes a set of them before, in which coroutines have no order."""

    def __init__(self, awaitables) -> None:
        self._awaitables = awaitables

    def __iter__(self):
        return iter([asyncio.ensure_future(one) for one in dict.fromkeys(self._awaitables)])


def _shield(original: Callable) -> Callable:
    @functools.wraps(original)
    def shield(arg, **options):
        inner = asyncio.ensure_future(arg)
        outer = original(inner, **options)
        if outer is not inner:
            # For whoever is asked what it waits for.
            outer.stands_for = inner
        return outer

    return shield


def _gather(original: Callable) -> Callable:
    @functools.wraps(original)
    def gather(*given, **options):
        outer = original(*given, **options)
        for one, child in zip(given, getattr(outer, "_children", ())):
            if child is not one and isinstance(child, Task):
                child.gathered = weakref.ref(outer)
        return outer

    return gather


def _task_group(original: Callable) -> Callable:
    @functools.wraps(original)
    def init(self):
        original(self)
        self._tasks = _InOrder()

    return init
