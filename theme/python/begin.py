"""The recorder of `crates/recorder/python` in a page: CPython compiled to WebAssembly,
without threads, processes, sockets and files.

What it expects of a system and does not find is put in its place here, before it is
imported. What a program expects and cannot have ends the run, with a sentence.
"""

import _thread
import asyncio
import json
import os
import subprocess
import sys
import time
import types

#: What a program may not do, by the audit event that says so.
_REFUSED = {
    "socket.__new__": "a socket",
    "socket.getaddrinfo": "an address of the net",
    "builtins.input": "input",
}
_REFUSAL = (
    "It asks for {}. In a page Python has no threads, processes, sockets, files and input; "
    "on your machine, with the book read by `cargo run`, it is recorded with all of them."
)
#: Where the program is.
_PATH = "/changed.py"
#: And files of Python itself and of the recorder, which asks what a thread has used.
_OWN = ("/lib/", "/recorder/", "/dev/", "/proc/self/task/", _PATH)
#: Bytes of events; a page shows far fewer.
_SIZE = 8 << 20
_MOST_EVENTS = 100_000
_TOOL = sys.monitoring.PROFILER_ID


class _Over(BaseException):
    """The run has ended, and what came of it is told."""


class _Memory:
    """Stands for `files.Memory`: nobody else looks into it."""

    start = 64

    def __init__(self, path, size):
        self.size, self.bytes = _SIZE, bytearray(_SIZE)

    def room(self, end):
        return self.size

    def says(self, end):
        pass


class _File:
    """Stands for `files.File`, in which the facts are."""

    last = b"{}"

    def __init__(self, path):
        self.size = 0

    def append(self, data):
        if data.startswith(b"{"):
            _File.last = data


def record(source, most, ended):
    """Runs the program `source` and calls `ended`, with JSON: `header`, `events`, how
    the run came to its `ending`, with which `status`, `silent` for how many ms before,
    and whether a module is `missing`; or `refused`, a sentence on what it may not do, and at which `line`. After `most`
    seconds it is stopped."""
    _put_in_place()
    from context_switch import program, reading, tracebacks
    from context_switch import session as sessions

    with open(_PATH, "w", encoding="utf-8") as file:
        file.write(source)

    def tell(ending, status=0, silent=0):
        facts = json.loads(_File.last)
        ending = facts["ending"] if ending == "exit" else ending
        told = {
            "header": reading.header("changed", facts),
            "events": list(reading.read(session.events._bytes)),
            "ending": ending,
            "status": status,
            "silent": silent,
            "missing": missing,
        }
        ended(json.dumps(told))
        raise _Over

    def refuse(what):
        ended(json.dumps({"refused": _REFUSAL.format(what), "line": _line()}))
        raise _Over

    def report(error, script):
        nonlocal missing
        missing = _is_missing(error)
        return says(error, script)

    missing, says = False, tracebacks.report
    tracebacks.report = report
    os._exit = lambda status: tell("exit", status)
    session = sessions.Session(_PATH)
    _refuse(refuse)
    session.install()
    _stop_after(most, session, tell)
    try:
        session.stop("exit", program.run(session.script, None, session.tracer, session.jobs))
    except _Over:
        pass


def _is_missing(error):
    """Whether it comes of a module that is not there."""
    while error is not None and not isinstance(error, ModuleNotFoundError):
        error = error.__cause__ or error.__context__
    return error is not None


def _line():
    """Where in the program it is."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename == os.path.basename(_PATH):
            return frame.f_lineno
        frame = frame.f_back
    return None


def _put_in_place():
    """What the recorder needs of the system."""
    sys.path.insert(0, "/recorder")
    sys.modules["resource"] = types.ModuleType("resource")
    os.register_at_fork = lambda **functions: None
    os.posix_fallocate = lambda *file: None
    # What the only thread has computed.
    time.thread_time_ns = time.monotonic_ns
    del time.pthread_getcpuclockid
    _thread.get_native_id = _thread.get_ident
    from context_switch import files, wire

    os.environ[wire.FACTS], os.environ[wire.EVENTS] = "facts", "events"
    os.environ[wire.MOST_EVENTS] = str(_MOST_EVENTS)
    files.File, files.Memory = _File, _Memory
    # The page's loop is no loop to run a program in.
    asyncio.events._set_running_loop(None)
    asyncio.events._set_event_loop_policy(asyncio.unix_events._DefaultEventLoopPolicy())
    asyncio.run = asyncio.runners.run
    # There is no pair of sockets by which a thread could wake the loop, and no thread.
    Loop = asyncio.selector_events.BaseSelectorEventLoop
    Loop._ssock = Loop._csock = None
    Loop._make_self_pipe = Loop._close_self_pipe = Loop._write_to_self = lambda loop: None


def _refuse(refuse):
    """Ends the run where the program asks for what a page does not have."""
    import threading

    def no_thread(*call, **how):
        refuse("a thread")

    _thread.start_new_thread = _thread.start_new = no_thread
    threading._start_joinable_thread = threading._start_new_thread = no_thread

    def no_process(*call, **how):
        refuse("another process")

    subprocess.Popen.__init__ = no_process
    for name in ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "execv", "execve"):
        setattr(os, name, no_process)

    def hear(event, args):
        if event in _REFUSED:
            refuse(_REFUSED[event])
        elif event == "open" and isinstance(args[0], (str, bytes)):
            path = os.path.abspath(os.fsdecode(args[0]))
            # Python itself looks into files, too, where it tells of an error: of a piece
            # of a line into `<unknown>`.
            is_no_file = os.path.basename(path).startswith("<")
            if not (path.startswith(_OWN) or is_no_file) and _line() is not None:
                refuse("a file")

    sys.addaudithook(hear)


def _stop_after(most, session, tell):
    """Looks at the clock now and then, in loops and where functions begin, and stops
    the run after so many seconds: nobody else is there to do it."""
    from context_switch import watch

    monitoring, now = sys.monitoring, watch._monotonic_ns
    begun = news = now()
    turns = at = 0

    def look(*_):
        nonlocal turns, at, news
        turns += 1
        if turns % 256:
            return
        if session.events._at != at:
            at, news = session.events._at, now()
        if now() - begun > most * 1e9:
            monitoring.set_events(_TOOL, 0)
            session.output.last()
            session.events.flush()
            tell("timeout", silent=(now() - news) // 1_000_000)

    monitoring.use_tool_id(_TOOL, "page")
    events = monitoring.events.JUMP | monitoring.events.PY_START
    for event in (monitoring.events.JUMP, monitoring.events.PY_START):
        monitoring.register_callback(_TOOL, event, look)
    monitoring.set_events(_TOOL, events)
