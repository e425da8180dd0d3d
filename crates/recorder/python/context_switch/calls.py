"""Calls that are given to a pool of threads: those that find no thread free, and
those that are given up and go on all the same, as a thread cannot be cancelled.

A `call` event says `how` it stands with the call of that number:

| `how`      | it                                                               |
|------------|------------------------------------------------------------------|
| `waits`    | waits for one of the pool's `threads`, which are all taken: by the calls in `held` |
| `starts`   | begins, after it had to wait                                     |
| `given_up` | is not waited for any more                                       |
| `over`     | is over, after it was given up                                   |
"""

import functools
import itertools
from contextvars import Context
from typing import Any, Callable

from .events import Events


class Call:
    """One of them."""

    def __init__(
        self, number: int, who: dict[str, Any], name: str, tell: Callable[..., None]
    ) -> None:
        self.number, self.name = number, name
        #: Which task gave it to the pool, and in which line.
        self.who = who
        self._tell = tell
        self._waits = False
        self._began = False
        self._over = False
        self._given_up = False

    def waits(self, threads: int, taken: list["Call"]) -> None:
        """No thread is free."""
        self._waits = True
        # They begin in the order in which they came.
        held = [call.who for call in taken[:threads]]
        self._tell(self, "waits", threads=threads, held=held)

    def begins(self) -> None:
        """A thread runs it."""
        self._began = True
        if self._waits:
            self._tell(self, "starts")

    def ends(self) -> None:
        """Its thread is done with it."""
        self._over = True
        if self._given_up:
            self._tell(self, "over")

    def give_up(self) -> None:
        """Whoever waits for it is cancelled."""
        if not self._over and not self._given_up:
            self._given_up = True
            self._tell(self, "given_up")
            if not self._began:
                self._over = True

    def is_over(self) -> bool:
        """Whether it needs no thread any more."""
        return self._over


class Calls:
    """All of them."""

    def __init__(self, events: Events, who: Callable[[], dict[str, Any]]) -> None:
        """`who` says which task has the thread, and where it stands."""
        self._events, self._who = events, who
        self._numbers = itertools.count()
        #: Those that are not over, by pool.
        self._alive: dict[Any, list[Call]] = {}

    def watch(self, pool: Any, threads: int, function: Callable) -> tuple[Call, Callable]:
        """A call is given to a pool of so many threads. Returns it, and what to call
        in place of the function."""
        alive = [call for call in self._alive.get(pool, []) if not call.is_over()]
        call = Call(next(self._numbers), self._who(), _name(function), self._tell)
        self._alive[pool] = [*alive, call]
        if len(alive) >= threads:
            call.waits(threads, alive)

        def run(*args: Any) -> Any:
            call.begins()
            try:
                return function(*args)
            finally:
                call.ends()

        return call, run

    def _tell(self, call: Call, how: str, **fields: Any) -> None:
        who = {**call.who, "name": call.name} if how in ("waits", "given_up") else {}
        self._events.write("call", call=call.number, how=how, **who, **fields)


def _name(function: Any) -> str:
    """What a reader would call it."""
    while isinstance(function, functools.partial):
        # `to_thread` runs it in a context.
        runs = isinstance(getattr(function.func, "__self__", None), Context)
        function = function.args[0] if runs and function.args else function.func
    return getattr(function, "__name__", type(function).__name__)
