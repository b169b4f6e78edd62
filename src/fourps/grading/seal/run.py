"""One notebook in one child: cell after cell, in time, and nothing believed that it says."""

from __future__ import annotations

import secrets
import signal
import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nbgrader.utils import is_grade, is_solution

from fourps.grading.inside.wire import Frames, NotJsonError, TooLongError, pack
from fourps.grading.reasons import because
from fourps.grading.seal.executed import Executed
from fourps.grading.seal.replies import BadReplyError, Outputs, message_of

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from fourps.grading.inside.limits import Limits
    from fourps.grading.seal.executed import Kind
    from fourps.grading.seal.worker import Worker

_SKIP = "skip-execution"
# characters of what a child says that are told again
_LONGEST = 200
_NAMES: dict[Kind, str] = {
    "timeout": "CellTimeoutError",
    "memory": "DeadKernelError",
    "died": "DeadKernelError",
    "output": "OutputError",
    "tampered": "TamperedError",
}


class _StoppedError(Exception):
    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind: Kind = kind
        self.reason = reason


class Run:
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
    """

    def __init__(
        self, worker: Worker, connection: socket.socket, limits: Limits, cells: Any
    ) -> None:
        self._worker = worker
        self._connection = connection
        self._limits = limits
        self._cells = cells
        self._frames = Frames(connection)
        self._outputs = Outputs(len(cells))
        self._end = time.monotonic() + limits.total_seconds
        self._budget = _bytes(limits.total_output_mb)
        self._tampered = ""
        self._late: list[int] = []

    def execute(self, files: Mapping[str, bytes]) -> Executed:
        """Run all cells, until one of them ends the child."""
        stopped: _StoppedError | None = None
        try:
            self._send({_safe(name): content.hex() for name, content in files.items()})
        except _StoppedError as error:
            stopped = error
        for index, cell in enumerate(self._cells):
            if cell.cell_type != "code":
                continue
            if stopped:
                self._outputs.error(index, "NotExecuted", stopped.reason)
                continue
            if not cell.source.strip() or _left_out(cell):
                continue
            try:
                self._cell(index, cell)
            except _StoppedError as error:
                stopped = error
                self._outputs.error(index, _NAMES[error.kind], error.reason)
        made = [
            (one.outputs, one.execution_count) if cell.cell_type == "code" else None
            for cell, one in zip(self._cells, self._outputs.cells, strict=True)
        ]
        if stopped:
            return Executed(made, stopped.kind, stopped.reason)
        kind: Kind = "tampered" if self._tampered else "ok"
        return Executed(made, kind, self._tampered, tuple(self._late))

    def _cell(self, index: int, cell: Any) -> None:
        test = is_grade(cell) and not is_solution(cell)
        late = self._ask("test" if test else "cell", cell.source, index)
        if late:
            self._late.append(index + 1)
            seconds = f"({self._limits.cell_seconds} s)"
            self._outputs.error(
                index, "CellTimeoutError", f"No reply from kernel before timeout {seconds}"
            )
        if test and not self._tampered and not self._fails(cell.source):
            self._outputs.error(index, "TamperedError", because("no-errors"))
        if test:
            self._outputs.marked(index)
        for output in self._outputs.cells[index].outputs:
            if output.get("ename") == "TamperedError":
                self._tampered = because("tampered", what=output.evalue[:_LONGEST])

    def _fails(self, source: str) -> bool:
        """Say whether a cell that must fail does, with the very words that nobody could know.

        The test's own text follows what fails, so that whoever replaces tests by their text
        replaces this one too.
        """
        word = secrets.token_hex(8)
        rest = "" if source.lstrip().startswith("%%") else source
        heard: list[tuple[str, dict[str, Any]]] = []
        self._ask("canary", f"assert False, {word!r}\n{rest}", heard)
        errors = [
            content if kind == "error" else content.get("error") or {} for kind, content in heard
        ]
        return [kind for kind, _ in heard] == ["error", "reply"] and all(
            (one.get("ename"), one.get("evalue")) == ("AssertionError", word) for one in errors
        )

    def _ask(self, kind: str, source: str, keep: int | list[tuple[str, dict[str, Any]]]) -> bool:
        """Have the child run something; keep what it says, and return whether it took too long."""
        self._outputs.start()
        budget = min(_bytes(self._limits.output_mb), self._budget)
        self._frames.budget = budget
        self._send({"kind": kind, "source": source})
        late = False
        deadline = min(time.monotonic() + self._limits.cell_seconds, self._end)
        while True:
            try:
                if self._heard(self._frames.next(deadline), keep):
                    self._budget -= int(budget - self._frames.budget)
                    return late
                # what has come already takes no time to wait for, and may take long to read
                if time.monotonic() >= self._end:
                    raise _StoppedError("timeout", self._too_long())
            except TimeoutError:
                if late or time.monotonic() >= self._end:
                    raise _StoppedError("timeout", self._too_long()) from None
                late = True
                self._worker.stop_cell()
                deadline = time.monotonic() + self._limits.grace_seconds
            except (EOFError, OSError):
                raise self._ended() from None
            except TooLongError:
                raise _StoppedError("output", because("output")) from None
            except (BadReplyError, NotJsonError):
                raise _StoppedError("tampered", because("spoke")) from None

    def _heard(self, frame: Any, keep: int | list[tuple[str, dict[str, Any]]]) -> bool:
        if isinstance(keep, int):
            return self._outputs.add(keep, frame) is not None
        keep.append(message_of(frame))
        return keep[-1][0] == "reply"

    def _send(self, value: object) -> None:
        try:
            self._connection.settimeout(self._limits.cell_seconds)
            self._connection.sendall(pack(value))
        except TimeoutError:
            raise _StoppedError("timeout", because("stuck")) from None
        except OSError:
            raise self._ended() from None

    def _too_long(self) -> str:
        if time.monotonic() >= self._end:
            return because("long-notebook", seconds=self._limits.total_seconds)
        return because("long-cell", seconds=self._limits.cell_seconds)

    def _ended(self) -> _StoppedError:
        status = self._worker.end_child()
        if status == -signal.SIGKILL:
            return _StoppedError("memory", because("killed"))
        if status < 0:
            return _StoppedError("died", because("signal", signal=signal_name(-status)))
        return _StoppedError("died", because("ended", status=status))


def signal_name(number: int) -> str:
    """Return the name of a signal, or its number where it has none.

    Examples
    --------
    >>> signal_name(9), signal_name(40)
    ('SIGKILL', '40')
    """
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _left_out(cell: Any) -> bool:
    """Say whether a cell asks not to be run. nbgrader gives a test that was not run full marks."""
    return not is_grade(cell) and _SKIP in cell.metadata.get("tags", [])


def _bytes(megabytes: int) -> int:
    """Return how long JSON may be: twice what a child may keep, since it is longer."""
    return (megabytes << 21) + (1 << 20)


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file beside a notebook")
    return name
