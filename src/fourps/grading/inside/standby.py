"""Answer the calls of several checks from one process, and stand by for when it ends.

Calls are made in a child. It answers one check after the other, as a kernel would; when it ends or
does not come back, a fresh one takes the next check.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import warnings
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NoReturn

from fourps.grading.inside.wire import Frames, pack

if TYPE_CHECKING:
    from collections.abc import Callable

    Called = Callable[[dict[str, Any]], list[Any]]

# a child that is in no call takes a check at once; seconds after which it is taken to be in one
_AT_ONCE = 2
_WORD = 4


def fork() -> int:
    """Return the number of a child, or 0 in it."""
    # what is said of it is that threads do not come along, and none is needed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return os.fork()


def answer(checks: dict[int, Called]) -> NoReturn:
    """Answer until nothing more can be asked, then end.

    Parameters
    ----------
    checks
        By the descriptor of the connection on which it is asked, what answers. The next check asks
        only when the one before has an answer, or was given up.
    """
    waiting = {socket.socket(fileno=number): called for number, called in checks.items()}
    if len(waiting) == 1:
        _reply(waiting)
    helper: _Helper | None = None
    while waiting:
        for connection in _ready(waiting):
            if helper is None or not helper.takes(connection):
                try:
                    helper = _Helper(waiting)
                except OSError:
                    # there is no room for a child
                    _reply(waiting)
                helper.takes(connection)
            del waiting[connection]
            connection.close()
    os._exit(0)


class _Helper:
    """A child that answers those checks that it is told to.

    Parameters
    ----------
    waiting
        What it may be told.
    """

    def __init__(self, waiting: dict[socket.socket, Called]) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_AT_ONCE)
        self._process = fork()
        if not self._process:
            self._control.close()
            _reply({}, theirs, waiting)
        theirs.close()

    def takes(self, connection: socket.socket) -> bool:
        """Have it answer a check; return whether it does, and end it if not."""
        with contextlib.suppress(OSError):
            self._control.sendall(connection.fileno().to_bytes(_WORD))
            if self._control.recv(1):
                return True
        self._control.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        return False


def _reply(
    asked: dict[socket.socket, Called],
    control: socket.socket | None = None,
    waiting: dict[socket.socket, Called] | None = None,
) -> NoReturn:
    """Answer what is asked, and take more when told to."""
    try:
        frames = {one: Frames(one) for one in asked}
        known = {one.fileno(): (one, called) for one, called in (waiting or {}).items()}
        while control or asked:
            for one in _ready([*asked, *([control] if control else [])]):
                if one in asked:
                    one.sendall(_called(asked[one], frames[one].next()))
                elif word := one.recv(_WORD):
                    connection, called = known[int.from_bytes(word)]
                    asked[connection], frames[connection] = called, Frames(connection)
                    one.sendall(b"+")
                else:
                    # all checks have been taken
                    control = None
    finally:
        os._exit(0)


def _called(called: Called, request: dict[str, Any]) -> bytes:
    try:
        return pack(called(request))
    except Exception:  # noqa: BLE001 - it cannot be said: that is an answer too
        return pack(["error", "RuntimeError", "What it returned cannot be told.", None])


def _ready(connections: Any) -> list[Any]:
    return wait([*connections])
