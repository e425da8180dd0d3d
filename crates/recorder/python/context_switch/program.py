"""Runs the script as Python itself would."""

import atexit
import contextlib
import functools
import gc
import os
import runpy
import sys
import threading
import types
from typing import Callable, Optional

from . import tracebacks
from .jobs import Jobs
from .outside import known_threads
from .script import Script
from .tracer import Tracer


def run(script: Script, module_name: Optional[str], tracer: Tracer, jobs: Jobs) -> int:
    """Runs the script, or the module of that name, as `python -m` does; then what
    Python does at an exit. Returns the status."""
    try:
        code = script.compile()
    except Exception as error:
        return _failed(error, script)
    module = types.ModuleType("__main__")
    begin: Callable[[], object]
    if module_name is None:
        module.__file__ = os.path.abspath(script.path)
        module.__builtins__ = __builtins__
        sys.modules["__main__"] = module
        sys.argv = [script.path, *sys.argv[2:]]
        sys.path.insert(0, os.path.dirname(os.path.abspath(script.path)))
        begin = functools.partial(exec, code, module.__dict__)
    else:
        sys.argv = sys.argv[2:]
        begin = functools.partial(runpy.run_module, module_name, None, "__main__", True)
    tracer.plain_begins()
    error: Optional[BaseException] = None
    outer = tracer.watch.begins()
    try:
        begin()
    except BaseException as raised:
        error = raised
    tracer.watch.ends(outer)
    well = isinstance(error, SystemExit) and error.code in (None, 0)
    tracer.plain_ends(None if well else error)
    status = 0 if error is None else _failed(error, script)
    if isinstance(error, SystemExit) and sys.version_info < (3, 12):
        _forget_the_outermost(error)
    error = None
    jobs.finish_all()
    _at_exit(module)
    return status


def _forget_the_outermost(error: SystemExit) -> None:
    """Up to Python 3.11 what the interpreter catches does not know of the outermost
    call itself, besides ours."""
    inner = error.__traceback__ and error.__traceback__.tb_next
    error.__traceback__ = inner and inner.tb_next


def _failed(error: BaseException, script: Script) -> int:
    """Writes to the real standard error why the script failed. Returns the
    exit status."""
    if not isinstance(error, SystemExit):
        text, status = tracebacks.report(error, script), 1
        if isinstance(error, KeyboardInterrupt):
            status = 130
    elif isinstance(error.code, int) or error.code is None:
        return (error.code or 0) & 0xFF
    else:
        text, status = f"{error.code}\n", 1
    os.write(2, text.encode("utf-8", "backslashreplace"))
    return status


def _at_exit(module: types.ModuleType) -> None:
    """What an interpreter does when the main program is over, while all that
    is printed is still recorded: waits for threads, runs exit handlers, drops
    the program's variables."""
    threading._shutdown()
    atexit._run_exitfuncs()
    names = [name for name in vars(module) if not name.startswith("__")]
    if known_threads() > 1:
        # A thread that is left never runs again once an interpreter has got so far;
        # here it would miss them.
        names.clear()
    for name in sorted(names, key=lambda name: not name.startswith("_")):
        vars(module)[name] = None
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError, OSError):  # closed by the program
            stream.flush()
