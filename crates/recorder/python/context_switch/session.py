"""The run from its beginning to its end."""

import functools
import os
import sys
import threading
from types import FrameType
from typing import Callable, NoReturn, Optional

from . import clock as clocks
from . import cancellations, chance, forks, loop, outside, program, tasks, tracebacks, unawaited, wire
from .clock import Clock
from .events import Events
from .facts import Facts
from .jobs import Jobs
from .order import Order
from .output import Output
from .peers import Peers
from .script import Script
from .strangers import Strangers
from .tracer import Tracer
from .watch import HELD, Watch

#: What needs the machine's clock (`sys.audit`'s events).
_PROCESSES = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}

#: As long as the file of events may be.
_MOST_BYTES = 256 << 20

_THREADS = "It starts threads of its own; loops in them are not recorded."
_MOVES = "It starts threads of its own; the loop that runs in one of them is recorded."
_LOOP = "It runs a loop in another thread, which is not recorded."
_UNSEEN = "What is not recorded goes by the machine's clock."


def main(path: str, module: Optional[str] = None) -> NoReturn:
    """Runs the script at `path`; ends the process as the script ends. With a `module`
    runs that, as `python -m` does: `path` is the file whose lines are told."""
    forks.begin()
    session = Session(path)
    session.install()
    status = program.run(session.script, module, session.tracer, session.jobs)
    session.stop("exit", status)


class Session:
    """The parts of the recorder, and how they depend on each other."""

    def __init__(self, path: str) -> None:
        """Takes the variables of `wire.py` out of the environment."""
        environ = os.environ
        self.facts = Facts(environ.pop(wire.FACTS))
        self.clock = Clock(real=environ.pop(wire.REAL_TIME, "") == "1")
        if self.clock.real:
            self.facts.real_time()
        self.order = Order(environ.pop(wire.ORDER, None), self.facts)
        self.facts.write("cut")
        file = environ.pop(wire.EVENTS)
        limit = int(environ.pop(wire.MOST_EVENTS, "1000000"))
        self.watch = Watch(self.clock, self.go_real)
        self.events = Events(
            file, _MOST_BYTES, self.clock, self.watch, limit, lambda: self.stop("flooded")
        )
        self.script = Script(path)
        awaits = environ.pop(wire.AWAITS, "") == "1"
        self.tracer = Tracer(self.events, self.script, self.watch, awaits)
        self.output = Output(self.tracer.printed, tracebacks.tidy)
        self.jobs = Jobs(self.clock, self.facts, self.watch, self._held_up)
        self._going = threading.RLock()
        self.peers = Peers(self.talks)
        self._process = os.getpid()
        self._exit = os._exit

    def install(self) -> None:
        """Puts every hook in its place."""
        tracebacks.hide()
        tracebacks.warn_callers()
        self.output.install()
        dates = self.script.mentions(b"datetime")
        clocks.install(self.clock, self.blocked, self.watch.asks, dates)
        tasks.install(self.tracer)
        tracer = self.tracer
        cancellations.install(tracer.swallowed, tracer.outlasted, self.watch.now)
        self.tracer.resources.install()
        unawaited.install(self.script, self.tracer.trouble.never_awaited)
        loop.Loop.order = self.order
        loop.install(self.clock, self.tracer, self.jobs, lambda: self.stop("stuck"), self.go_real)
        loop.Loop.moves = staticmethod(self.moves)
        loop.Loop.hears_itself = staticmethod(self.peers.hears_itself)
        loop.Loop.has_processes = staticmethod(lambda: self.peers.shared)
        loop.Loop.note = staticmethod(self.facts.note)
        chance.install()
        os._exit = self.exits
        outside.install(self.go_real)
        strangers = Strangers(self.facts, self.missing)
        strangers.install(self.tracer.here)
        loop.Loop.strange = staticmethod(strangers.task)
        self.watch_on()
        os.register_at_fork(
            before=self.watch_off, after_in_parent=self.watch_on, after_in_child=self.forked
        )
        self.peers.install()
        sys.addaudithook(self._audit)
        start = threading.Thread.start

        @functools.wraps(start)
        def and_look(thread: threading.Thread) -> None:
            self.thread_starts(start, thread)

        threading.Thread.start = and_look

    def stop(self, ending: str, status: int = 0) -> NoReturn:
        """Ends the process, with all that is known written down."""
        self.output.last()
        if ending == "stuck":
            self.tracer.resources.undone()
            self.tracer.trouble.unasked()
        self.events.flush()
        self.events.tick()
        self.facts.write(ending)
        self._exit(status)

    def go_real(self, note: str, late: int = 0) -> None:
        """The program needs the machine's clock; `note` says why. It has taken
        `late` nanoseconds already that virtual time knows nothing of."""
        with self._going:
            if self.clock.real:
                return
            self.clock.go_real(late)
            self.facts.real_time(note)
            if self.order.chosen:
                # On the machine's clock nobody chooses.
                self.stop("exit")
            self.facts.write("cut")
            self.jobs.set_free()

    def missing(self, note: str) -> None:
        """Something runs that is not recorded; `note` says what."""
        self.tracer.is_async()
        self.facts.missing(note)
        # Who has the thread is not known any more.
        self.watch.__enter__()
        self.go_real(_UNSEEN)
        self.facts.write("cut")

    def moves(self) -> bool:
        """A loop begins in another thread than the recorded one. That is recorded from
        here on if no loop runs in the other."""
        with self._going:
            if self.clock.real and loop.Loop.running is None:
                self.tracer.moves_here()
                self.facts.instead(_THREADS, _MOVES)
                self.facts.write("cut")
                return True
        # Two loops cannot share a clock that jumps: each goes to its own timer.
        self.go_real(_LOOP)
        self.facts.missing(_LOOP)
        self.facts.write("cut")
        return False

    def watch_on(self) -> None:
        """Lets another thread look at this one."""
        self.watch.start(self.kept, self.events.tick)
        outside.watchers = 1

    def watch_off(self) -> None:
        """Ends that, as a process has to be alone when it forks."""
        self.watch.stop()
        outside.watchers = 0

    def kept(self, frame: FrameType, ns: int) -> None:
        """The program has kept the thread for so long, and is there."""
        self.tracer.kept(frame, self.clock.now() - ns, HELD)

    # What the program does.

    def blocked(self, ns: int) -> None:
        """It calls `time.sleep`."""
        job = self.jobs.current()
        if job is not None and not self.clock.real:
            job.sleep(ns)
            return
        if not self.tracer.here():
            self.clock.sleep(ns)
            return
        self.tracer.blocked(ns // 1000)
        if self.clock.real:
            with self.watch:
                self.clock.sleep(ns)
        else:
            self.jobs.run_until(self.clock.after(ns))

    def exits(self, status: int) -> NoReturn:
        """It calls `os._exit`."""
        if os.getpid() == self._process:
            # Before it is said that nothing happens any more.
            self.output.last()
            self.tracer.exits(status)
            self.stop("exit", status)
        self._exit(status)

    def thread_starts(self, start: Callable, thread: threading.Thread) -> None:
        """It starts a thread, not through asyncio."""
        self.go_real(_THREADS)
        start(thread)

    def talks(self) -> None:
        """It has a connection to another process, or sends to one."""
        self.go_real("It talks to other processes or machines.")

    def forked(self) -> None:
        """It is a child process now: nothing more is recorded."""
        self.events.close()
        self.facts.close()
        self.output.uninstall()

    def _audit(self, event: str, args: tuple) -> None:
        if event == "os.exec":
            self.events.flush()
            self.facts.write("becomes")
        if event in _PROCESSES:
            # It may have inherited whatever is open.
            self.peers.shared = True
            if not self.clock.real and not outside.is_imported():
                self.go_real("It starts other processes.")
        elif not self.clock.real or event == "socket.__new__":
            self.peers.audit(event, args)

    def _held_up(self, ns: int) -> None:
        self.go_real("A thread computes, or waits for something else than the clock.", ns)
