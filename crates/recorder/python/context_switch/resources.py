"""Locks, semaphores, events, conditions, queues and barriers: each has a number
from when it is first waited for, the name that the program made it for, and, of
locks and permits, who has them. Of a queue that somebody waits for to be worked off
it is told at the end who took items that were never called done; of one that lends
what is in it, as a pool does, who did not put it back.

A lock is its own program's: any task may release it, and a semaphore may be
released by whoever never had a permit. From then on nobody knows whose permits
those of it are: they are `loose`.
"""

import asyncio
import contextlib
import functools
import sys
import weakref
from collections import Counter
from types import CodeType, FrameType, FunctionType
from typing import Any, Callable, NamedTuple, Optional

from .events import Events
from .script import Script

_KINDS = {
    "Lock": "lock",
    "Semaphore": "semaphore",
    "Event": "event",
    "Condition": "condition",
    "Queue": "queue",
    "Barrier": "barrier",  # since 3.11
}
#: So many are told at once.
_MOST = 100
#: Where it stands in the thing itself.
_OURS = "_context_switch"


#: A task, and the line in which it took something.
_Took = tuple[Optional[int], Optional[int]]


class Made(NamedTuple):
    """Where in the script it was made."""

    code: CodeType
    instruction: int
    line: int

    def column(self) -> Optional[int]:
        """Where the call begins in its line, in bytes; known since 3.11."""
        if not hasattr(self.code, "co_positions"):
            return None
        return list(self.code.co_positions())[self.instruction // 2][2]


class Resource:
    """What is known of one."""

    __slots__ = (
        "number", "made", "line", "held", "loose", "missed", "taken", "unseen", "out", "kept", "lends"
    )

    def __init__(self) -> None:
        self.number: Optional[int] = None
        #: By the very call, where that is in the script.
        self.made: Optional[Made] = None
        self.line: Optional[int] = None
        self.held: list[dict[str, Any]] = []
        self.loose = False
        #: Of a condition: whether a notification came while nobody waited; of an
        #: event: whether it was cleared before anybody saw that it was set.
        self.missed = False
        #: Of an event that is set and that nobody has seen so: who did that, and where.
        self.unseen: Optional[tuple[Optional[int], Optional[int]]] = None
        #: Of a queue: who took how many items, where, that are not done.
        self.taken: Counter[_Took] = Counter()
        #: The objects that were taken out of it and are still there, by their identity,
        #: and who took which; who has not put back how many, whatever became of them.
        self.out: dict[int, tuple[weakref.ref, _Took]] = {}
        self.kept: Counter[_Took] = Counter()
        #: Whether one was ever put back.
        self.lends = False


class Resources:
    """All of them."""

    def __init__(
        self, events: Events, script: Script, task: Callable[[], Optional[int]]
    ) -> None:
        """`task` says who has the thread."""
        self._events, self._script, self._task = events, script, task
        self._count = 0
        #: The queues that somebody waited for to be worked off, or for an item.
        self._joined: dict[int, weakref.ref] = {}
        self._asked: dict[int, weakref.ref] = {}

    def install(self) -> None:
        """Looks at how they are made, taken and given back."""
        for name in _KINDS:
            if hasattr(asyncio, name):
                kind = getattr(asyncio, name)
                kind.__init__ = self._init(kind.__init__)
        for kind in (asyncio.Lock, asyncio.Semaphore):
            kind.acquire = self._acquire(kind.acquire)
            kind.release = self._release(kind.release)
        asyncio.Condition.notify = self._notify(asyncio.Condition.notify)
        event = asyncio.Event
        event.set, event.clear = self._set(event.set), self._clear(event.clear)
        event.wait, event.is_set = self._looks(event.wait), self._looks(event.is_set)
        asyncio.Queue.get_nowait = self._take(asyncio.Queue.get_nowait)
        asyncio.Queue.put_nowait = self._put(asyncio.Queue.put_nowait)
        asyncio.Queue.task_done = self._task_done(asyncio.Queue.task_done)

    def undone(self) -> None:
        """All is over, and somebody waits for queues to be worked off, or for an item:
        who took items of them that are not done, or did not put them back?"""
        for number, reference in self._joined.items():
            queue = reference()
            if queue is not None and queue._unfinished_tasks:
                self._took(number, _of(queue).taken)
        for number, reference in self._asked.items():
            queue = reference()
            if queue is not None and _of(queue).lends and number not in self._joined:
                self._took(number, _of(queue).kept)

    def _took(self, number: int, items: Counter[_Took]) -> None:
        held: list[dict[str, Any]] = []
        for (task, line), n in items.items():
            held += [_entry(task, line)] * n
        if held:
            self._events.write("hold", resource=number, held=held[:_MOST])

    def told(self, on: Optional[list[dict[str, Any]]]) -> Optional[list[dict[str, Any]]]:
        """What a task waits for, with a number in place of each of them; says
        before what it is, if that was not said yet."""
        if on is None:
            return None
        return [self._numbered(one) if "resource" in one else one for one in on]

    def _numbered(self, on: dict[str, Any]) -> dict[str, Any]:
        resource = _of(on["resource"])
        resource.missed = False
        told = {**on, "resource": self._number(on["resource"], resource)}
        if on["for"] == "work":
            self._joined[resource.number] = weakref.ref(on["resource"])
        elif on["for"] == "message":
            self._asked[resource.number] = weakref.ref(on["resource"])
        if resource.held:
            told["held"] = _written(resource.held)
        return told

    def _number(self, thing: Any, resource: Resource) -> int:
        """Its number; says before what it is, if that was not said yet."""
        if resource.number is None:
            resource.number = self._count
            self._count += 1
            made, name = resource.made, None
            if made is not None:
                name = self._script.made_for(made.line, made.column(), type(thing).__name__)
            self._events.write(
                "resource",
                resource=resource.number,
                kind=_kind(thing),
                name=name,
                line=resource.line,
            )
        return resource.number

    def _init(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def init(thing, *args, **options):
            resource = _of(thing)
            frame = sys._getframe(1)
            while frame.f_back is not None and _first(frame) is thing:
                # A class of the program's own is made of it.
                frame = frame.f_back
            if self._script.owns(frame.f_code):
                resource.made = Made(frame.f_code, frame.f_lasti, frame.f_lineno)
            resource.line = self._script.here(frame)
            original(thing, *args, **options)

        return init

    def _acquire(self, original: Callable) -> Callable:
        @functools.wraps(original)
        async def acquire(thing):
            result = await original(thing)
            resource = _of(thing)
            resource.held.append(_entry(self._task(), self._script.here(), resource.loose))
            self._changed(thing, resource)
            return result

        return acquire

    def _release(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def release(thing):
            resource = _of(thing)
            before = len(resource.held)
            if not isinstance(thing, asyncio.Lock) or thing.locked():
                self._gives(resource, isinstance(thing, asyncio.Lock))
            original(thing)
            if before:
                self._changed(thing, resource)

        return release

    def _take(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def get_nowait(queue):
            item = original(queue)
            resource, took = _of(queue), (self._task(), self._script.here())
            resource.taken[took] += 1
            # What many have, as a number or a function, is not lent.
            with contextlib.suppress(TypeError):
                if not isinstance(item, (type, FunctionType)):
                    _lend(resource, item, took)
            return item

        return get_nowait

    def _put(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def put_nowait(queue, item):
            original(queue, item)
            resource = _of(queue)
            reference, took = resource.out.pop(id(item), (None, None))
            if took is not None and reference() is item:
                resource.lends = True
                resource.kept -= Counter([took])

        return put_nowait

    def _task_done(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def task_done(queue):
            original(queue)
            taken, who = _of(queue).taken, self._task()
            # Its own, or else whoever has some: no call says of which item it is.
            own = next((one for one in taken if one[0] == who), None)
            one = own or next(iter(taken), None)
            if one is not None:
                taken[one] -= 1
                if not taken[one]:
                    del taken[one]

        return task_done

    def _notify(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def notify(thing, n=1):
            waits = any(not waiter.done() for waiter in thing._waiters)
            original(thing, n)
            resource = _of(thing)
            # Once: the next may be lost as well, until somebody waits. A barrier has
            # a condition of its own, and needs no one to wait for it.
            if not waits and not resource.missed and resource.made is not None:
                resource.missed = True
                self._events.write(
                    "lost",
                    task=self._task(),
                    what="notification",
                    resource=self._number(thing, resource),
                    line=self._script.here(),
                )

        return notify

    def _set(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def set_(event):
            if not event._value:
                waits = any(not waiter.done() for waiter in event._waiters)
                _of(event).unseen = None if waits else (self._task(), self._script.here())
            original(event)

        return set_

    def _clear(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def clear(event):
            original(event)
            resource = _of(event)
            unseen, resource.unseen = resource.unseen, None
            # Once, as above.
            if unseen is not None and not resource.missed and resource.made is not None:
                resource.missed, number = True, self._number(event, resource)
                task, line = unseen
                self._events.write(
                    "lost", task=task, what="notification", resource=number, line=line
                )

        return clear

    def _looks(self, original: Callable) -> Callable:
        @functools.wraps(original)
        def looks(event):
            _of(event).unseen = None
            return original(event)

        return looks

    def _gives(self, resource: Resource, is_lock: bool) -> None:
        """Somebody gives one back."""
        who = self._task()
        own = [held for held in resource.held if held.get("task") == who]
        if own:
            resource.held.remove(own[-1])
        else:
            resource.loose = not is_lock
            del resource.held[:1]
        for held in resource.held:
            held["loose"] = resource.loose

    def _changed(self, thing: Any, resource: Resource) -> None:
        """Somebody else has it now: says so if others wait in line."""
        waiters = thing._waiters or ()
        if resource.number is not None and any(not waiter.done() for waiter in waiters):
            self._events.write("hold", resource=resource.number, held=_written(resource.held))


def _lend(resource: Resource, item: Any, took: _Took) -> None:
    """Somebody took it; of what no reference can be weak it raises a `TypeError`."""
    key, out = id(item), resource.out
    out[key] = weakref.ref(item, lambda _: out.pop(key, None)), took
    resource.kept[took] += 1


def _first(frame: FrameType) -> Any:
    """The first argument of what runs there."""
    code = frame.f_code
    return frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None


def _entry(task: Optional[int], line: Optional[int], loose: bool = False) -> dict[str, Any]:
    """Who has or took it, and where."""
    entry = {"task": task, "line": line, "loose": loose or None}
    return {name: value for name, value in entry.items() if value is not None}


def _written(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is not so."""
    return [{name: value for name, value in one.items() if value is not False} for one in held]


def _of(thing: Any) -> Resource:
    resource = getattr(thing, _OURS, None)
    if resource is None:
        resource = Resource()
        setattr(thing, _OURS, resource)
    return resource


def _kind(thing: Any) -> str:
    return next(kind for name, kind in _KINDS.items() if isinstance(thing, getattr(asyncio, name)))
