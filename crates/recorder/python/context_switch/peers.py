"""Who is at the other end of a socket: the recorded process itself, or another.

What the process sends to itself arrives in no time. Nothing says when another
process or another machine answers, so its answer cannot be waited for on
virtual time.
"""

import contextlib
import fcntl
import functools
import os
import socket
import struct
import termios
import time
import weakref
from collections.abc import Iterable, Iterator
from typing import Any, Callable

_THIS_MACHINE = {"", "localhost", "0.0.0.0", "::", "::1"}
#: `sys.audit`'s events of what has an address to go to.
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


_sleep = time.sleep
#: So often it is looked, a hundred times a second, whether what was sent arrives; what
#: has not moved for so long does not: to itself it is a matter of microseconds.
_LOOKS, _STILL = 500, 100


class Peers:
    """The process's own sockets, and its connections to itself."""

    def __init__(self, outside: Callable[[], None]) -> None:
        """`outside` is called when there is somebody else at the other end."""
        self._outside = outside
        self._sockets: weakref.WeakSet = weakref.WeakSet()
        #: Connections to itself that are not accepted yet. A client's own address
        #: would not do: it may have closed its socket before that.
        self._coming = 0
        #: Whether another process may have the sockets too.
        self.shared = False

    def install(self) -> None:
        """Looks at the connections that are accepted."""
        accept = socket.socket.accept

        @functools.wraps(accept)
        def and_look(listening):
            accepted = accept(listening)
            if self._coming == 0:
                self._outside()
            else:
                self._coming -= 1
            return accepted

        socket.socket.accept = and_look

    def audit(self, event: str, args: tuple) -> None:
        """Hears of what the program does (`sys.addaudithook`)."""
        if event == "socket.__new__":
            self._sockets.add(args[0])
        elif event in _SENDS and args[1] is not None:
            if not self._is_own(args[1]):
                self._outside()
            elif event == "socket.connect" and args[0].type == socket.SOCK_STREAM:
                self._coming += 1

    def hears_itself(self, files: Iterable[Any], listens: bool) -> bool:
        """Whether these are connections of the process to itself, and nothing is
        under way in them: as long as it does nothing, nothing comes. Beside these
        it may listen, if `listens`."""
        files, own = set(files), [one for one in list(self._sockets) if one.fileno() >= 0]
        ours = [one for one in own if one.fileno() in files]
        if self.shared or len(ours) < len(files):
            return False
        with contextlib.suppress(OSError):
            ends = {_ends(one) for one in own if _is_connected(one)}
            if listens:
                ours = [one for one in ours if not _listens(one)]
            if ours and all(_ends(one)[::-1] in ends or _same_process(one) for one in ours):
                return self._is_quiet(own)
        return False

    def _is_quiet(self, own: list) -> bool:
        """Whether all that was sent has arrived, or finds no room there; waits a while
        for it."""
        connected, before, still = [one for one in own if _is_connected(one)], None, 0
        for _ in range(_LOOKS):
            left = [_under_way(one) for one in connected]
            still = still + 1 if left == before else 0
            if not any(left) or still == _STILL:
                return True
            before = left
            _sleep(0.01)
        return False

    def _is_own(self, address: Any) -> bool:
        """Whether one of the sockets has this address, as `connect` takes it."""
        names = list(self._names())
        if not isinstance(address, tuple):
            return _path(address) in [_path(name) for name in names if not isinstance(name, tuple)]
        host, port = str(address[0]), address[1]
        hosts = {name[0] for name in names if isinstance(name, tuple) and name[1] == port}
        here = host in _THIS_MACHINE or host.startswith("127.")
        return host in hosts or here and bool(hosts)

    def _names(self) -> Iterator[Any]:
        for one in list(self._sockets):
            with contextlib.suppress(OSError):  # it is closed
                yield one.getsockname()


def _is_connected(one: Any) -> bool:
    try:
        return one.type == socket.SOCK_STREAM and one.getpeername() is not None
    except OSError:
        return False


def _listens(one: Any) -> bool:
    return bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


def _ends(one: Any) -> tuple[Any, Any]:
    return one.getsockname(), one.getpeername()


def _same_process(one: Any) -> bool:
    """Whether the other end of a Unix socket, which may have no name, is here; see
    `unix(7)`."""
    if one.family != socket.AF_UNIX or not hasattr(socket, "SO_PEERCRED"):
        return False
    return struct.unpack("3i", one.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0] == os.getpid()


def _under_way(one: Any) -> int:
    """How many bytes have been sent and have not arrived; see `tcp(7)`."""
    return struct.unpack("i", fcntl.ioctl(one.fileno(), termios.TIOCOUTQ, bytes(4)))[0]


def _path(address: Any) -> bytes:
    """The address of a Unix socket."""
    return os.fsencode(address) if isinstance(address, str) else bytes(address)
