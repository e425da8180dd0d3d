"""Copies of this process, each of which is recorded: the interpreter starts, and
imports what the recorder needs, once.

Whoever has started this process asks for a copy by a line on the standard input:
how many seconds it may compute, 0 for any, and its order. The answers, on the
standard output, are the copy's number, and, when it is over, its status.
"""

import gc
import os
import resource
import signal

from . import files, wire


def begin() -> None:
    """Comes back in each copy, with its order in the environment; in this process
    only where no copies are asked for."""
    if os.environ.pop(wire.FORKS, None) is None:
        return
    # What is there by now is never collected, and so stays the memory of all.
    gc.collect()
    gc.freeze()
    with open(0, "rb", buffering=0, closefd=False) as asked:
        while True:
            line = b""
            while not line.endswith(b"\n"):
                byte = asked.read(1)
                if not byte:
                    os._exit(0)
                line += byte
            seconds, _, order = line.decode().rstrip("\n").partition(" ")
            copy = os.fork()
            if copy == 0:
                break
            try:
                os.setpgid(copy, copy)
            except OSError:
                pass  # it has done so, and is over by now
            os.write(1, b"%d\n" % copy)
            # While it is not collected, its number is its own.
            os.waitid(os.P_PID, copy, os.WEXITED | os.WNOWAIT)
            try:
                os.killpg(copy, signal.SIGKILL)
            except OSError:
                pass  # nobody is left of it
            os.write(1, b"%d\n" % os.waitpid(copy, 0)[1])
    _is_a_copy(int(seconds))
    os.environ[wire.ORDER] = order


def _is_a_copy(seconds: int) -> None:
    os.setpgid(0, 0)
    if seconds > 0:
        # Whoever does not heed the signal is killed.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = os.environ[wire.EVENTS] + ".said"
    for path, flags, to in [
        (os.devnull, os.O_RDONLY, [0]),
        (said, os.O_WRONLY | os.O_APPEND, [1, 2]),
    ]:
        fd = os.open(path, flags)
        for one in to:
            os.dup2(fd, one)
        os.close(fd)
    files.begins()
