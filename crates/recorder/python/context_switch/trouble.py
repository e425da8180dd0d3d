"""What goes wrong in asyncio where nobody of the program looks: told from its own
hooks and flags, whatever its log does with it.

A `trouble` event says `what` it is:

| `what`            | an exception, or a task, that nobody will see                 |
|-------------------|---------------------------------------------------------------|
| `never_retrieved` | a task failed, and nobody asked for its result                |
| `destroyed`       | a task was collected while it was suspended                   |
| `callback`        | a callback raised                                             |
| `handler`         | the handler of a server's connection raised                   |
| `protocol`        | a protocol raised                                             |
| `generator`       | closing an asynchronous generator raised                      |
| `other`           | whatever other exception is handed to asyncio's exception handler |
| `complaint`       | what else that is told: a library complains, of no exception  |
| `thread`          | another thread called the loop, which is not safe             |
| `signal`          | the handler of a signal did, while the loop was asleep        |
| `late`            | another thread's call had to wait for the loop's thread; without `thread` what its own had asked for as if from another one |
| `ignores`         | a task was told to stop by a timeout of its own, and goes on  |
| `heeds`           | and then it did stop                                          |
| `swallowed`       | a task was told to stop, and asyncio kept that from it        |
| `outlasted`       | a timeout ran out, and what it was to end went on for so long and ended as if nothing had been |
| `never_awaited`   | a coroutine was made, and nothing of it ran                   |
| `unread`          | a task waits for the end of a process that has filled a pipe, and nobody reads it |
| `read`            | and then somebody did, or it had ended                        |
"""

import asyncio
import threading
import traceback
import weakref
from typing import Any, Optional

from .events import Events
from .script import Script
from .tracebacks import without_addresses

#: What asyncio says of each, by the beginning or the end of it.
_SAYS = [
    ("Task was destroyed but it is pending", "destroyed"),
    ("Unhandled exception in client_connected_cb", "handler"),
    ("Exception in callback", "callback"),
    ("Exception in threadsafe callback", "callback"),
    ("Fatal error: protocol", "protocol"),
    ("an error occurred during closing of asynchronous generator", "generator"),
]


class Trouble:
    """Writes it down."""

    def __init__(self, events: Events, script: Script) -> None:
        self._events = events
        self._script = script
        #: The failed tasks that nobody has asked yet, for as long as they are there.
        self._failed: list[weakref.ref] = []
        #: The tasks that failed last, by the identity of the exception: kept by
        #: themselves they would keep alive all that the exception refers to.
        self._last: dict[int, int] = {}
        self._calls: set = set()

    def failed(self, task, error: BaseException) -> None:
        """An exception ended the task."""
        self._failed.append(weakref.ref(task))
        while len(self._last) > 64:
            del self._last[next(iter(self._last))]
        self._last[id(error)] = task.number

    def unasked(self) -> None:
        """The process is about to end as it stands: what failed and was not
        asked for never will be."""
        for reference in self._failed:
            task = reference()
            # Asking for the exception would mark it as retrieved.
            if task is not None and task._log_traceback:
                self._tell("never_retrieved", task.number, task._exception)

    def gathered(self, task: int, error: BaseException) -> None:
        """The exception of a task that `gather` made came after what that told."""
        self._tell("never_retrieved", task, error)

    def handle(self, context: dict[str, Any]) -> None:
        """asyncio has nobody else to turn to than its exception handler."""
        message = context.get("message") or ""
        future = context.get("task", context.get("future"))
        error = context.get("exception")
        if isinstance(error, asyncio.CancelledError):
            # asyncio's own: up to 3.11 it asks a cancelled handler for its exception.
            return
        number = getattr(future, "number", None)
        if number is None and error is not None:
            number = self._last.get(id(error))
        if message.endswith("exception was never retrieved"):
            what = "never_retrieved"
        else:
            fits = (what for begins, what in _SAYS if message.startswith(begins))
            what = next(fits, "complaint" if error is None else "other")
        if what == "destroyed":
            # Where it stood was said when it was suspended.
            self._events.write("trouble", what=what, task=number)
        else:
            self._tell(what, number, error, message, getattr(context.get("handle"), "line", None))

    def calls(self, line: Optional[int]) -> None:
        """Another thread calls the loop."""
        if line not in self._calls:
            self._calls.add(line)
            name = threading.current_thread().name
            self._events.write("trouble", what="thread", thread=name, line=line)

    def signalled(self, name: str, line: Optional[int]) -> None:
        """The handler of the signal of this name calls the loop, which is asleep."""
        if (name, line) not in self._calls:
            self._calls.add((name, line))
            self._events.write("trouble", what="signal", text=name, line=line)

    def late(self, thread: Optional[str], us: int) -> None:
        """What this thread has asked of the loop is done only now, so much later."""
        self._events.write("trouble", what="late", thread=thread, us=us)

    def ignores(self, task: int, line: Optional[int]) -> None:
        """A task goes on that a timeout of its own has told to stop."""
        self._events.write("trouble", what="ignores", task=task, line=line)

    def heeds(self, task: int) -> None:
        """The timeout has got what it asked for after all."""
        self._events.write("trouble", what="heeds", task=task)

    def swallowed(self, task: int, within: str, line: Optional[int]) -> None:
        """A task was told to stop, and `wait_for` or a group kept that from it."""
        self._events.write("trouble", what="swallowed", task=task, text=within, line=line)

    def outlasted(self, task: int, us: int, line: Optional[int]) -> None:
        """A timeout of the task ran out so long ago, and nobody heard of it."""
        self._events.write("trouble", what="outlasted", task=task, us=us, line=line)

    def unread(self, task: int, pipe: str, again: bool = False) -> None:
        """The task waits for the end of a process that has filled this pipe, of which
        nobody reads; or, `again`, somebody does."""
        self._events.write("trouble", what="read" if again else "unread", task=task, text=pipe)

    def never_awaited(self, name: str, line: Optional[int]) -> None:
        """A coroutine of this name is let go; made in that line."""
        self._events.write("trouble", what="never_awaited", text=name, line=line)

    def _tell(
        self,
        what: str,
        task: Optional[int],
        error: Optional[BaseException],
        message: str = "",
        asked: Optional[int] = None,
    ) -> None:
        text, line = without_addresses(message), None
        if error is not None:
            text, line = told(error, self._script)
        # Where it was raised says more than where it was asked for.
        asked = asked if line is None else None
        self._events.write("trouble", what=what, task=task, text=text, line=line, asked=asked)


def told(error: BaseException, script: Script) -> tuple[str, Optional[int]]:
    """An exception in a line, and the innermost line of the script that it
    came through."""
    text = without_addresses(traceback.format_exception_only(type(error), error)[-1].strip())
    line = None
    for frame, at in traceback.walk_tb(error.__traceback__):
        if script.owns(frame.f_code):
            line = at
    return text, line
