"""What happened, told by the hooks in the model's words.

The tracer numbers the tasks, knows who has the thread, and knows the cause of
whatever runs: a task's own step, a timer, input or output, the runtime. A
callback inherits the cause of whoever scheduled it, so that a wake can say who
is behind it also when asyncio goes through callbacks in between, as `gather`
does.
"""

import asyncio
import os
import sys
import threading
from types import FrameType
from typing import Optional, Union

from . import handles, outside, waits
from .calls import Calls
from .events import Events
from .pipes import Pipes
from .resources import Resources
from .script import Script
from .trouble import Trouble, told
from .watch import HELD, Watch

#: A task's number, "io", "runtime", or a timer that fired.
Cause = Union[int, str, asyncio.TimerHandle]
#: A task that was told to stop and is suspended so often again does not.
_LINGERS = 3
_RUNNERS = {asyncio.run.__code__.co_filename, asyncio.base_events.__file__}


class Tracer:
    """Turns what the hooks see into events."""

    def __init__(self, events: Events, script: Script, watch: Watch, awaits: bool) -> None:
        self._events = events
        #: Whether each suspension tells its chain of awaits.
        self._awaits = awaits
        #: How long each step takes.
        self.watch = watch
        self._script = script
        #: What nobody of the program looks at.
        self.trouble = Trouble(events, script)
        #: What other processes write.
        self.pipes = Pipes(self.trouble)
        #: What tasks wait for that is no task.
        self.resources = Resources(events, script, self._task)
        #: What is given to pools of threads.
        self.calls = Calls(events, self._where)
        self._count = 0
        #: The tasks that have the thread, the outermost first.
        self._running: list = []
        self._thread = threading.get_ident()
        self._cause: Cause = "runtime"

    def here(self) -> bool:
        """Whether this is the thread that is recorded."""
        return threading.get_ident() == self._thread

    @property
    def cause(self) -> Cause:
        """The cause of what is done now."""
        return self._cause if self.here() else "io"

    @cause.setter
    def cause(self, cause: Cause) -> None:
        if self.here():
            self._cause = cause

    # Tasks.

    def spawned(self, task, coro, given: Optional[str]) -> None:
        """A task exists; `given` is its name for asyncio."""
        self.is_async()
        task.number = self._count
        self._count += 1
        line = self._script.here(_asks())
        if task.root and (task.number == 0 or not self._script.is_in(_runs())):
            # Of the first run, which all of the recording is about, the beginning; and
            # of one that a library begins, as pytest does.
            line = None
        self._events.hold(
            "spawn",
            task=task.number,
            name=waits.name_of(coro, given),
            by=self._task(),
            line=line or waits.first_line(coro, self._script),
        )

    def named(self, task, name: str) -> None:
        """The program names a task; before 3.12 asyncio does so after its start."""
        self._events.amend(task.number, name=name)

    def step_begins(self, task, coro=None) -> None:
        """The loop gives the thread to the task. `coro` stands in for that of
        an eager task, which has none yet."""
        line = task.stands
        if line is None:
            line = waits.line_of(coro or task.get_coro(), self._script)
        task.asked_to_stop = False
        running, number = self._running, task.number
        if running:
            self._events.write("poll", task=number, line=line, inside=running[-1].number)
        else:
            self._events.poll(number, line)
        running.append(task)
        if threading.get_ident() == self._thread:
            self._cause = number

    def step_ends(self, task) -> None:
        """The task gave the thread back, or ended."""
        if task.done():
            self.ended(task)
        elif not task.ended:
            self._running.remove(task)
            on, line, stays = waits.waits_for(task, self._script)
            task.stands = line if stays else None
            if on is not waits.TURNS:
                on = self.resources.told(on)
            if self._awaits:
                awaits = [waits.awaits(task.get_coro(), self._script)]
                fields = {"on": on, "line": line, "awaits": awaits}
                self._events.write("pending", task=task.number, **fields)
            else:
                self._events.pending(task.number, on, line)
            if task.overdue is not None:
                self._goes_on(task, line)
            if task.woken_by is not None:
                self._events.wake(task.number, task.woken_by)
                task.woken_by = None
        if threading.get_ident() == self._thread:
            self._cause = self._running[-1].number if self._running else "runtime"

    def ended(self, task) -> None:
        """The task is done. Told at its first sign, which may be the wake of
        somebody who waited for it."""
        if task.ended:
            return
        task.ended = True
        if task in self._running:
            self._running.remove(task)
        # `exception()` would mark it as retrieved.
        error = task._exception
        if task.cancelled():
            self._events.write("cancelled", task=task.number)
        elif error is not None:
            self._panic(task.number, error)
            self.trouble.failed(task, error)
        else:
            self._events.write("ready", task=task.number)
        if task.root:
            self._events.write("end", task=task.number)

    def woken(self, task) -> None:
        """The task's next step is scheduled."""
        running = self._running[-1] if self._running else None
        if running is not None and running is not task and running.done():
            self.ended(running)
        if running is task:
            # Comes before the step's end, is told after it.
            task.woken_by = task.number if task.asked_to_stop else "runtime"
        else:
            self._events.write("wake", task=task.number, by=self._waker(task))

    def cancelled(self, task) -> None:
        """Somebody asked the task to stop."""
        cause = self.cause
        by = "timer" if isinstance(cause, asyncio.TimerHandle) else cause
        # The runtime does so when all is over: nobody asked for it.
        by = None if by == "runtime" else by
        self._events.write("cancel", task=task.number, how="throw", by=by)
        if by == "timer" and task.overdue is None and hasattr(task, "uncancel"):
            task.overdue = 0

    def _goes_on(self, task, line: Optional[int]) -> None:
        """A timeout of its own has told the task to stop, and it is suspended again.
        Twice it may be for what it has to clean up."""
        task.overdue += 1
        if task.overdue == _LINGERS and task.cancelling():
            self.trouble.ignores(task.number, line)

    def heeds(self, task) -> None:
        """What has told the task to stop has dealt with its end."""
        if task.overdue >= _LINGERS:
            self.trouble.heeds(task.number)
        task.overdue = None

    def swallowed(self, task, within: str) -> None:
        """asyncio kept from the task that it was told to stop."""
        if task.number is not None:
            self.trouble.swallowed(task.number, within, self._script.here())

    def outlasted(self, task, ran_out: int) -> None:
        """A timeout that ran out then, in nanoseconds, has had no effect."""
        us = (self.watch.now() - ran_out) // 1000
        if task.number is not None and us > 0:
            self.trouble.outlasted(task.number, us, self._script.here())

    def calls_the_loop(self) -> None:
        """Somebody calls a loop that another thread runs, as if it were its own."""
        self.trouble.calls(self._script.here())

    def wakes_nobody(self) -> None:
        """Somebody calls the loop while it is asleep: the handler of a signal, if one
        is found among the callers."""
        name, line = outside.signal_handled(sys._getframe(1)), self._script.here()
        if name is not None and line is not None:
            self.trouble.signalled(name, line)

    def reads(self, task, tasks: dict) -> bool:
        """Whether the task waits for what only comes over a connection that is there."""
        return waits.reads(task, self._script, tasks)

    # What tasks do.

    def _where(self) -> dict[str, int]:
        """Which task has the thread, and where; no task outside all of them."""
        found = {"task": self._task(), "line": self._script.here()}
        return {name: value for name, value in found.items() if value is not None}

    def timer(
        self, us: int, owned: bool, now: int
    ) -> tuple[Optional[int], Optional[int]]:
        """A timer was set at `now`, in nanoseconds; `owned` by the task that sets
        it. Returns who, and in which line."""
        self.is_async()
        task, line = self._task() if owned else None, self._script.here()
        self._events.write("timer", now=now, task=task, us=us, line=line)
        return task, line

    def asked_in(self, frame: FrameType) -> Optional[int]:
        """The line that the frame is at, if that is in the script."""
        return frame.f_lineno if self._script.owns(frame.f_code) else None

    def comes(self) -> Optional[tuple[Optional[str], int]]:
        """Of what another thread asks for: its name, and when."""
        return None if self.here() else (threading.current_thread().name, self.watch.now())

    def asks_itself(self) -> Optional[tuple[Optional[str], int]]:
        """The same of what this thread asks for as if it were another one."""
        return (None, self.watch.now()) if self.here() else None

    def is_done(self, thread: Optional[str], since: int) -> None:
        """What a thread, or none but this one, has asked for since then is done now."""
        us = (self.watch.now() - since) // 1000
        if us >= HELD // 1000:
            self.trouble.late(thread, us)

    def blocked(self, us: int) -> None:
        """The thread is about to be held."""
        self._events.write("block", task=self._task(), us=us, line=self._script.here())

    def kept(self, frame: FrameType, since: int, least: int) -> None:
        """Somebody has the thread since then, in nanoseconds; seen from another
        thread."""
        task = self._running[-1].number if self._running else None
        self._events.kept(since, least, task, self._script.here(frame))

    def printed(self, text: str, stream: str) -> None:
        """A line of output."""
        task, line = self._task(), self._script.here()
        if line is None and task is not None:
            # asyncio complains of a task of this run: with no other line than that.
            line = self._script.here(beyond=True)
        self._events.write(
            "print",
            task=task,
            thread=None if self.here() else threading.current_thread().name,
            text=text,
            stream=None if stream == "stdout" else stream,
            line=line,
        )

    def exits(self, status: int) -> None:
        """The program ends the process, in the middle of whatever runs."""
        self._events.write("exit", task=self._task(), status=status, line=self._script.here())

    # A script that runs no loop.

    def plain_begins(self) -> None:
        """The script itself is task 0, until a loop is used."""
        line = self._script.main_line()
        self._events.write("spawn", task=0, name="main", line=line)
        self._events.write("poll", task=0, line=line)
        self._count = 1
        self._running.append(_Plain())
        self.cause = 0

    def is_async(self) -> None:
        """There is a loop after all: what was told so far happened outside every task."""
        if self._running and isinstance(self._running[0], _Plain) and self.here():
            self._count = 0
            self._running.clear()
            self.cause = "runtime"
            self._events.rewrite(_without_plain)

    def moves_here(self) -> None:
        """From here on this thread is the recorded one."""
        self._thread = threading.get_ident()
        self.watch.moves_here()
        self.is_async()

    def plain_ends(self, error: Optional[BaseException]) -> None:
        """It is over, perhaps by an exception."""
        if self._running and isinstance(self._running[0], _Plain):
            self._running.clear()
            self.cause = "runtime"
            if error is None:
                self._events.write("ready", task=0)
            else:
                self._panic(0, error)
            self._events.write("end", task=0)

    def _panic(self, task: int, error: BaseException) -> None:
        text, line = told(error, self._script)
        exits = True if isinstance(error, SystemExit) else None
        self._events.write("panic", task=task, text=text, exits=exits, line=line)

    def _waker(self, task) -> Union[int, str]:
        cause = self.cause
        if isinstance(cause, asyncio.TimerHandle):
            # A timer that another task set for itself is that task's doing.
            return "timer" if cause.owner in (None, task.number) else cause.owner
        return "runtime" if cause == task.number else cause

    def starts_a_run(self) -> bool:
        """Whether `asyncio.run` or its like is making a task of what it was
        given."""
        frame = _asks()
        while frame is not None and not self._script.owns(frame.f_code):
            code = frame.f_code
            if code.co_filename in _RUNNERS and code.co_name in ("run", "run_until_complete"):
                return True
            frame = frame.f_back
        return False

    def _task(self) -> Optional[int]:
        if self._running and self.here():
            return self._running[-1].number
        return None


def _asks() -> Optional[FrameType]:
    """The frame that asks for a task, as it is not a loop's own `create_task`: a
    class of the program may override that."""
    found = frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != handles.__file__:
        if frame.f_code.co_name == "create_task":
            if isinstance(frame.f_locals.get("self"), asyncio.AbstractEventLoop):
                found = frame.f_back
        frame = frame.f_back
    return found


def _runs() -> Optional[FrameType]:
    """The frame that runs a loop."""
    frame = sys._getframe(1)
    inner = (os.path.dirname(__file__), waits.ASYNCIO)
    while frame is not None and os.path.dirname(frame.f_code.co_filename) in inner:
        frame = frame.f_back
    return frame


def _without_plain(event: dict) -> Optional[dict]:
    """What is told of the script when it is no task."""
    if event["ev"] in ("spawn", "poll"):
        return None
    return {name: value for name, value in event.items() if name != "task"}


class _Plain:
    """The main program in place of a task."""

    number = 0

    def done(self) -> bool:
        return False
