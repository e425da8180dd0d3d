"""The run from its beginning to its end."""

import atexit
import gc
import os
import random
import sys
import sysconfig
import threading
import traceback
import types
from typing import NoReturn, Optional

from . import clock as clocks
from . import loop, tasks
from .clock import Clock
from .events import Events
from .facts import Facts
from .jobs import Jobs
from .output import Output
from .script import Script
from .tracer import Tracer

_HERE = os.path.dirname(os.path.abspath(__file__))
#: What needs the machine's clock (`sys.audit`'s events), and how a note says it.
_NEEDS_REAL_TIME = {
    "_thread.start_new_thread": "It starts threads.",
    "_thread.start_joinable_thread": "It starts threads.",
    "subprocess.Popen": "It starts other processes.",
    "os.fork": "It starts other processes.",
    "os.forkpty": "It starts other processes.",
    "os.posix_spawn": "It starts other processes.",
    "os.system": "It starts other processes.",
}
_STDLIB = sysconfig.get_paths()["stdlib"] + os.sep


def main(path: str) -> NoReturn:
    """Runs the script at `path`; ends the process as the script ends."""
    environ = os.environ
    real = environ.pop("CONTEXT_SWITCH_REAL", "") == "1"
    facts = Facts(environ.pop("CONTEXT_SWITCH_FACTS"))
    if real:
        facts.real_time(None)
    facts.write("cut")

    really_exit, recorder = os._exit, os.getpid()

    def stop(ending: str, status: int = 0) -> NoReturn:
        output.last()
        events.flush()
        facts.write(ending)
        really_exit(status)

    clock = Clock(real)
    events = Events(
        environ.pop("CONTEXT_SWITCH_EVENTS"),
        clock,
        int(environ.pop("CONTEXT_SWITCH_LIMIT", "1000000")),
        lambda: stop("flooded"),
    )
    script = Script(path)
    tracer = Tracer(events, script)
    output = Output(tracer.printed, tidy)

    starting = False

    def go_real(note: str) -> None:
        if not clock.real:
            clock.go_real()
            facts.real_time(note)
            facts.write("cut")
            jobs.set_free()

    def start_thread(thread: threading.Thread) -> None:
        nonlocal starting
        starting = True
        thread.start()
        starting = False

    def audit(event: str, _) -> None:
        if event in _NEEDS_REAL_TIME and not clock.real and not starting:
            go_real(_NEEDS_REAL_TIME[event])

    def blocked(ns: int) -> None:
        job = jobs.current()
        if job is not None and not clock.real:
            job.sleep(ns)
            return
        if job is None and threading.current_thread() is threading.main_thread():
            tracer.blocked(ns // 1000)
        if clock.real:
            clock.sleep(ns)
        else:
            jobs.run_until(clock.now() + ns)

    jobs = Jobs(
        clock, start_thread, lambda: go_real("A thread waits for something else than the clock.")
    )
    output.install()
    clocks.install(clock, blocked)
    tasks.install(tracer)
    loop.install(clock, tracer, jobs, lambda: stop("stuck"), go_real)
    random.seed(0)
    sys.addaudithook(audit)
    os.register_at_fork(after_in_child=lambda: forked(events, facts, output))

    def exit_now(status: int) -> NoReturn:
        if os.getpid() != recorder:
            really_exit(status)
        tracer.exits(f"os._exit({status})")
        stop("exit", status)

    os._exit = exit_now
    stop("exit", run(script, tracer, jobs))


def run(script: Script, tracer: Tracer, jobs: Jobs) -> int:
    """Runs the script, then what Python does at an exit. Returns the status."""
    try:
        code = script.compile()
    except BaseException as error:
        return failed(error, script)
    module = types.ModuleType("__main__")
    module.__file__ = script.path
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    sys.argv = [script.path]
    sys.path.insert(0, os.path.dirname(os.path.abspath(script.path)))
    plain = not script.is_async()
    if plain:
        tracer.plain_begins()
    error: Optional[BaseException] = None
    try:
        exec(code, module.__dict__)
    except BaseException as raised:
        error = raised
    clean_exit = isinstance(error, SystemExit) and error.code in (None, 0)
    if plain:
        tracer.plain_ends(None if clean_exit else error)
    status = 0 if error is None else failed(error, script)
    error = None
    jobs.finish_all()
    at_exit(module)
    return status


def failed(error: BaseException, script: Script) -> int:
    """Writes to the real standard error why the script failed, as Python
    would. Returns the exit status."""
    if isinstance(error, SystemExit):
        if error.code is None:
            return 0
        if isinstance(error.code, int):
            return error.code & 0xFF
        os.write(2, f"{error.code}\n".encode("utf-8", "backslashreplace"))
        return 1
    report: Optional[traceback.TracebackException] = traceback.TracebackException(
        type(error), error, error.__traceback__
    )
    text = "".join(without_recorder(report).format())
    text = text.replace(f'File "{script.name}"', f'File "{script.path}"')
    os.write(2, text.encode("utf-8", "backslashreplace"))
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def without_recorder(report: traceback.TracebackException) -> traceback.TracebackException:
    """Takes the recorder's own frames out of a traceback."""
    todo, seen = [report], set()
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.stack = traceback.StackSummary.from_list(
            frame for frame in one.stack if not frame.filename.startswith(_HERE)
        )
        todo += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())]
    return report


def tidy(text: str) -> str:
    """Takes out of a printed line what differs from machine to machine: where
    the standard library lies."""
    return text.replace(_STDLIB, "")


def at_exit(module: types.ModuleType) -> None:
    """What an interpreter does when the main program is over, while all that
    is printed is still recorded: waits for threads, runs exit handlers, drops
    the program's variables."""
    threading._shutdown()
    atexit._run_exitfuncs()
    names = [name for name in vars(module) if not name.startswith("__")]
    for name in sorted(names, key=lambda name: not name.startswith("_")):
        vars(module)[name] = None
    gc.collect()


def forked(events: Events, facts: Facts, output: Output) -> None:
    """In a child process nothing is recorded."""
    events.close()
    facts.close()
    output.uninstall()
