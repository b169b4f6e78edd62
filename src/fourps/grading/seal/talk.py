"""Talk to one child: in time, within bounds, and nothing believed that it says."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from fourps.grading.inside.wire import Frames, NotJsonError, TooLongError, pack
from fourps.grading.reasons import because
from fourps.grading.seal.replies import BadReplyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from fourps.course.reason import Reason
    from fourps.grading.inside.limits import Limits
    from fourps.grading.seal.executed import Kind

# seconds for it to take what it is asked
_SEND = 60
NAMES: dict[Kind, str] = {
    "timeout": "CellTimeoutError",
    "memory": "DeadKernelError",
    "died": "DeadKernelError",
    "output": "OutputError",
    "tampered": "TamperedError",
}


class Children(Protocol):
    """Whoever has the children: a worker."""

    def child(self, place: str, /) -> AbstractContextManager[socket.socket]:
        """Have a child for as long as the block runs."""

    def stop_cell(self, place: str, /) -> None:
        """Interrupt what a child is doing."""

    def end_child(self, place: str, /) -> int:
        """Kill a child, and return its status."""

    def took_too_much(self, place: str, /) -> bool:
        """Say whether a child wanted more memory than it may have."""


class StoppedError(Exception):
    """A child that can be asked nothing more.

    Attributes
    ----------
    kind
        As `Executed` has it.
    reason
        Why.
    """

    def __init__(self, kind: Kind, reason: Reason) -> None:
        super().__init__(reason)
        self.kind: Kind = kind
        self.reason = reason


class Talk:
    """What is asked of one child.

    Parameters
    ----------
    worker
        What can interrupt and end the child.
    place
        Where the worker has it.
    connection
        To the child.
    limits
        For times and sizes.
    end
        A moment of `time.monotonic` after which nothing more is waited for.
    """

    def __init__(
        self, worker: Children, place: str, connection: socket.socket, limits: Limits, end: float
    ) -> None:
        self._worker = worker
        self._place = place
        self._connection = connection
        self._limits = limits
        self._end = end
        self._frames = Frames(connection)
        self._budget = in_json(limits.total_output_mb)

    def give(self, files: Mapping[str, bytes]) -> None:
        """Send the files that lie beside a notebook, by relative name."""
        self._send({_safe(name): content.hex() for name, content in files.items()})

    def ask(
        self,
        request: Mapping[str, Any],
        hear: Callable[[Any], bool],
        descriptors: list[int] | None = None,
        *,
        most: int = 0,
        seconds: int = 0,
    ) -> bool:
        """Have the child do something; return whether it took too long and was interrupted.

        Parameters
        ----------
        request
            What.
        hear
            Takes what it says, frame by frame, and returns whether that was the last one.
        descriptors
            What goes along.
        most
            How many bytes it may say; by default what a cell may.
        seconds
            How long it may take; by default as long as the limits have it.

        Raises
        ------
        StoppedError
            If it can be asked nothing more.
        """
        budget = most or min(in_json(self._limits.output_mb), self._budget)
        self._frames.budget = budget
        self._send(request, descriptors)
        late = False
        may = seconds or self._limits.cell_seconds
        deadline = min(time.monotonic() + may, self._end)
        while True:
            try:
                if hear(self._frames.next(deadline)):
                    if not most:
                        self._budget -= int(budget - self._frames.budget)
                    return late
                # what has come already takes no time to wait for, and may take long to read
                if time.monotonic() >= self._end:
                    raise StoppedError("timeout", self._too_long(may))
            except TimeoutError:
                if late or time.monotonic() >= self._end:
                    raise StoppedError("timeout", self._too_long(may)) from None
                late = True
                self._worker.stop_cell(self._place)
                deadline = time.monotonic() + self._limits.grace_seconds
            except (EOFError, OSError):
                raise self._ended() from None
            except TooLongError:
                raise StoppedError("output", because("output")) from None
            except (BadReplyError, NotJsonError):
                raise StoppedError("tampered", because("spoke")) from None

    def _send(self, value: object, descriptors: list[int] | None = None) -> None:
        try:
            self._connection.settimeout(min(self._limits.cell_seconds, _SEND))
            frame = memoryview(pack(value))
            if descriptors:
                frame = frame[socket.send_fds(self._connection, [frame], descriptors) :]
            # the other side may have closed it by now, having what it wanted
            if frame:
                self._connection.sendall(frame)
        except TimeoutError:
            raise StoppedError("timeout", because("stuck")) from None
        except OSError:
            raise self._ended() from None

    def _too_long(self, seconds: int) -> Reason:
        if time.monotonic() >= self._end:
            return because("long-notebook", seconds=self._limits.total_seconds)
        return because("long-cell", seconds=seconds)

    def _ended(self) -> StoppedError:
        full = self._worker.took_too_much(self._place)
        status = self._worker.end_child(self._place)
        if full:
            return StoppedError("memory", because("together", memory=self._limits.memory_mb))
        if status == -signal.SIGKILL:
            about = {"memory": self._limits.memory_mb, "seconds": self._limits.cpu_seconds}
            return StoppedError("memory", because("killed", **about))
        if status < 0:
            return StoppedError("died", because("signal", signal=signal_name(-status)))
        return StoppedError("died", because("ended", status=status))


def signal_name(number: int) -> str:
    """Return the name of a signal, or its number where it has none.

    Examples
    --------
    >>> signal_name(9), signal_name(40)
    ('SIGKILL', '40')
    """
    with contextlib.suppress(ValueError):
        return signal.Signals(number).name
    return str(number)


def in_json(megabytes: int) -> int:
    """Return how long JSON may be: twice what a child may keep, since it is longer."""
    return (megabytes << 21) + (1 << 20)


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file beside a notebook")
    return name
