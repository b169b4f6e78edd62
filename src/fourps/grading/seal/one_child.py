"""One notebook in one child: cell after cell, tests among them."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from nbgrader.utils import is_grade, is_solution

from fourps.grading.exercise_text import grade_id
from fourps.grading.reasons import because
from fourps.grading.seal.executed import Executed
from fourps.grading.seal.replies import Outputs, message_of
from fourps.grading.seal.talk import NAMES, StoppedError, Talk

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Mapping, Sequence

    from fourps.course.reason import Reason
    from fourps.grading.inside.limits import Limits
    from fourps.grading.seal.talk import Children

_SKIP = "skip-execution"
# characters of what a child says that are told again
_LONGEST = 200


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
        stopped: StoppedError | None = None
        try:
            self._talk.give(files)
        except StoppedError as error:
            stopped = error
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
        made = self._outputs.of(self._cells)
        if stopped:
            return Executed(made, stopped.kind, stopped.reason)
        late = tuple(self._outputs.interrupted)
        return Executed(made, "tampered" if self._tampered else "ok", self._tampered, late)

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
            (one.get("ename"), one.get("evalue")) == ("AssertionError", word) for one in errors
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
