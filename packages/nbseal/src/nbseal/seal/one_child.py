"""One child: how one talks to it, and a notebook that it runs, cell after cell, tests among them.

It is talked to in time and within bounds, and nothing is believed that it says.
"""

from __future__ import annotations

import contextlib
import secrets
import signal
import socket
import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from nbgrader.utils import is_grade, is_solution

from nbseal.base.cells import grade_id
from nbseal.inside.wire import Frames, NotJsonError, TooLongError, pack
from nbseal.reasons import because
from nbseal.seal.outputs import BadReplyError, Executed, Outputs, message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from nbseal.base.errors import Reason
    from nbseal.inside.limits import Limits
    from nbseal.seal.outputs import Kind

# seconds for it to take what it is asked
_SEND = 60
NAMES: dict[Kind, str] = {
    "timeout": "CellTimeoutError",
    "memory": "DeadKernelError",
    "died": "DeadKernelError",
    "output": "OutputError",
    "tampered": "TamperedError",
}
_SKIP = "skip-execution"
# characters of what a child says that are told again
_LONGEST = 200


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
        self._budget = _in_json(limits.total_output_mb)

    def give(self, files: Mapping[str, bytes]) -> StoppedError | None:
        """Send the files that lie beside a notebook, by relative name; return why it cannot be."""
        contents = {_safe(name): content.hex() for name, content in files.items()}
        try:
            self._send(contents)
        except StoppedError as error:
            return error
        return None

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
        budget = most or min(_in_json(self._limits.output_mb), self._budget)
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


def _in_json(megabytes: int) -> int:
    """Return how long JSON may be: twice what a child may keep, since it is longer."""
    return (megabytes << 21) + (1 << 20)


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file beside a notebook")
    return name


class OneChild:
    """One notebook in one child.

    Parameters
    ----------
    worker
        What can interrupt and end the child.
    connection
        To the child.
    limits
        For times and sizes.
    cells
        Of the notebook.
    seconds
        How long each of them may take; by default as long as the limits have it.
    """

    def __init__(
        self,
        worker: Children,
        connection: socket.socket,
        limits: Limits,
        cells: Any,
        seconds: Sequence[int] = (),
    ) -> None:
        self._cells = cells
        self._seconds = seconds or [limits.cell_seconds] * len(cells)
        self._outputs = Outputs(len(cells))
        self._talk = Talk(worker, "a", connection, limits, time.monotonic() + limits.total_seconds)
        self._tampered: Reason | None = None

    def execute(self, files: Mapping[str, bytes]) -> Executed:
        """Run all cells, until one of them ends the child."""
        stopped = self._talk.give(files)
        for index, cell in enumerate(self._cells):
            if cell.cell_type != "code":
                continue
            if stopped:
                self._outputs.error(index, "NotExecuted", stopped.reason)
                continue
            if not cell.source.strip() or left_out(cell):
                continue
            try:
                self._cell(index, cell)
            except StoppedError as error:
                stopped = error
                self._outputs.error(index, NAMES[error.kind], error.reason)
        cells = self._outputs.of(self._cells)
        if stopped:
            return Executed(cells, stopped.kind, stopped.reason)
        late = tuple(self._outputs.interrupted)
        return Executed(cells, "tampered" if self._tampered else "ok", self._tampered, late)

    def _cell(self, index: int, cell: Any) -> None:
        test = is_grade(cell) and not is_solution(cell)
        if test:
            # what a function learns from a test it could show by changing an earlier output
            self._outputs.settle()
        late = self._ask("test" if test else "cell", cell.source, index, index)
        if late:
            self._outputs.late(index, self._seconds[index])
        if test and not self._tampered and not self._fails(index, cell.source):
            self._outputs.error(index, "TamperedError", because("no-errors"))
        if test:
            self._outputs.marked(index)
        for output in self._outputs.cells[index].outputs:
            if output.get("ename") == "TamperedError":
                self._tampered = because("tampered", what=output.evalue[:_LONGEST])

    def _fails(self, index: int, source: str) -> bool:
        """Say whether a cell that must fail does, with the very words that nobody could know.

        The test's own text follows what fails, so that whoever replaces tests by their text
        replaces this one too.
        """
        word = secrets.token_hex(8)
        rest = "" if source.lstrip().startswith("%%") else source
        heard: list[tuple[str, dict[str, Any]]] = []
        self._ask("canary", f"assert False, {word!r}\n{rest}", heard, index)
        errors = [
            content if kind == "error" else content.get("error") or {} for kind, content in heard
        ]
        return [kind for kind, _ in heard] == ["error", "reply"] and all(
            (error.get("ename"), error.get("evalue")) == ("AssertionError", word)
            for error in errors
        )

    def _ask(
        self, kind: str, source: str, keep: int | list[tuple[str, dict[str, Any]]], index: int
    ) -> bool:
        """Have the child run something; keep what it says, and return whether it took too long."""

        def hear(frame: Any) -> bool:
            if isinstance(keep, int):
                return self._outputs.add(keep, frame) is not None
            keep.append(message_of(frame))
            return keep[-1][0] == "reply"

        self._outputs.start()
        return self._talk.ask({"kind": kind, "source": source}, hear, seconds=self._seconds[index])


def order(cells: Iterable[Any]) -> tuple[str, ...]:
    """Return the names of cells as they were released, without those that were not to be run.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell
    >>> first = new_code_cell(metadata={"nbgrader": {"grade_id": "data"}})
    >>> order([first, new_code_cell()])
    ('data',)
    """
    return tuple(name for cell in cells if not left_out(cell) and (name := grade_id(cell)))


def left_out(cell: Any) -> bool:
    """Say whether a cell asks not to be run. nbgrader gives a test that was not run full marks."""
    tags = cell.metadata.get("tags")
    return not is_grade(cell) and isinstance(tags, list) and _SKIP in tags
