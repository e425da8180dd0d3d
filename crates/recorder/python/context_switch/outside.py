"""What may come from outside of every loop: signals, and threads that Python
knows nothing of."""

import _thread
import functools
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import Callable, Optional

from .usage import Usage

_get = signal.getsignal
_sleep = time.sleep
#: So often it is looked whether a thread is there, and for so long it has to be asleep.
_LOOKS, _ASLEEP = 200, 10


def heeds_signals() -> bool:
    """Whether the program has a handler for some signal."""
    for number in signal.valid_signals():
        handler = _get(number)
        if callable(handler) and handler is not signal.default_int_handler:
            if not _is_runners(handler):
                return True
    return False


def _is_runners(handler: Callable) -> bool:
    """Whether it is what `asyncio.run` does about Ctrl-C (`runners.py`), or what a library
    has in its place where asyncio has no `Runner` yet."""
    function = getattr(getattr(handler, "func", None), "__func__", None)
    is_its = getattr(function, "__qualname__", None) == "Runner._on_sigint"
    return isinstance(handler, functools.partial) and is_its


def signal_handled(frame: Optional[FrameType]) -> Optional[str]:
    """The name of the signal whose handler is executed in the frame, or in one of
    its callers."""
    handlers = {}
    for number in signal.valid_signals():
        code = getattr(_get(number), "__code__", None)
        if code is not None and _get(number) is not signal.default_int_handler:
            handlers[code] = number
    while frame is not None and handlers:
        if frame.f_code in handlers:
            return signal.Signals(handlers[frame.f_code]).name
        frame = frame.f_back
    return None


def is_imported() -> bool:
    """Whether a module is being imported: a program that it asks something, as
    `ctypes.util` asks `ldconfig`, it also waits for. If that takes long, it shows
    as any call that blocks."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__") == "importlib._bootstrap":
            return True
        frame = frame.f_back
    return False


def known_threads() -> int:
    """How many threads `threading` knows. One that was started without it is none of
    them, as the recorder's own: it becomes one where something asks for its name."""
    return sum(type(one) is not threading._DummyThread for one in threading.enumerate())


def strange_threads() -> bool:
    """Whether there are threads besides this one and the one that watches it, of
    which `threading` knows nothing. A library may have started them, and they
    may call `call_soon_threadsafe` at any time."""
    # One that is over takes a moment to go, on a busy machine a longer one: until then
    # it waits for a processor, and is not asleep.
    asleep = 0
    for _ in range(_LOOKS):
        try:
            threads = os.listdir("/proc/self/task")
        except OSError:  # another system than Linux
            return False
        if len(threads) <= 1 + watchers:
            return False
        asleep = asleep + 1 if sum(map(_sleeps, threads)) > watchers else 0
        if asleep == _ASLEEP:
            return True
        _sleep(0.005)
    return True


def _sleeps(thread: str) -> bool:
    return Usage(int(thread), None).sleeps()


#: How many of them are the recorder's.
watchers = 0


def install(go_real: Callable[[str], None]) -> None:
    """Looks at what lets a signal or a thread come later: `go_real` is called with
    the reason, since that is on the machine's clock."""

    def looks(original: Callable, reason: str) -> Callable:
        @functools.wraps(original)
        def and_looks(*args, **options):
            go_real(reason)
            return original(*args, **options)

        return and_looks

    for name in ("alarm", "setitimer"):
        if hasattr(signal, name):
            setattr(signal, name, looks(getattr(signal, name), "It sets an alarm."))
    started = looks(
        _thread.start_new_thread,
        "It starts threads of its own; loops in them are not recorded.",
    )
    _thread.start_new_thread = _thread.start_new = started
