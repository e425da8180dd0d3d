"""What is in the loop's queue: steps of tasks, callbacks, timers.

Each says to the tracer for whose cause it runs.
"""

from asyncio import events
from collections.abc import Callable


def looks_like(original: type) -> Callable[[type], type]:
    """Gives a subclass the name of the original, for whoever prints it."""

    def disguise(subclass: type) -> type:
        for name in ("__name__", "__qualname__", "__module__"):
            setattr(subclass, name, getattr(original, name))
        return subclass

    return disguise


def is_step(callback: Callable) -> bool:
    """Whether the callback is a task's next step (`_asynciomodule.c`)."""
    kind = type(callback).__name__
    if kind == "builtin_function_or_method":
        return callback.__name__ == "task_wakeup"
    return kind in ("TaskStepMethWrapper", "TaskWakeupMethWrapper")


@looks_like(events.Handle)
class Step(events.Handle):
    """One step of a recorded task."""

    __slots__ = ("tracer", "task")

    def _run(self) -> None:
        task, tracer = self.task, self.tracer
        if task.done():
            super()._run()
            return
        watch = tracer.watch
        tracer.step_begins(task)
        outer = watch.begins()
        try:
            super()._run()
        finally:
            watch.ends(outer)
            tracer.step_ends(task)
            # As in the original: a traceback may keep this frame, and with it
            # the task would live on.
            self = task = None


@looks_like(events.Handle)
class Call(events.Handle):
    """A callback, run for the cause of whoever scheduled it.

    `line` is where that was, if in the script itself; `came` which thread it was, none
    for the loop's own that asked as another one does, and when.
    """

    __slots__ = ("tracer", "cause", "line", "came")

    def _run(self) -> None:
        self.tracer.cause = self.cause
        if self.came is not None:
            self.tracer.is_done(*self.came)
        outer = self.tracer.watch.begins()
        try:
            super()._run()
        finally:
            self.tracer.watch.ends(outer)
            self.tracer.cause = "io"
            self = None


@looks_like(events.TimerHandle)
class Timer(events.TimerHandle):
    """A callback for later.

    `at` is what the clock reads when it is due, `shown` what the recording shows
    then (`inf`: never); `read` is the reading that this was reckoned from, in the
    instant `instant`, in which the program had kept the thread for `used`. Where sleeps
    may take longer, `latest` is the reading at which it has to fire. `owner` is the number of the task that waits for it; none
    where it is the program's own callback. `line` is where it was set.
    """

    __slots__ = (
        "tracer",
        "at",
        "shown",
        "read",
        "instant",
        "used",
        "latest",
        "owner",
        "line",
    )

    def __lt__(self, other: "Timer") -> bool:
        # As in the original, but exact: a float tells no picoseconds apart in a
        # day. Timers for the very same time are equal, and their heap decides.
        return self.at < other.at

    def _run(self) -> None:
        self.tracer.cause = self
        outer = self.tracer.watch.begins()
        try:
            super()._run()
        finally:
            self.tracer.watch.ends(outer)
            self.tracer.cause = "io"
            self = None
