"""Keep hidden tests out of what learners get back."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution

from fourps.exercise.credit import HINT


class HideTests(ClearHiddenTests):  # type: ignore[misc] # nbgrader has no types
    """Remove hidden tests from feedback, and what their output tells about them.

    Of a check's output stay the hints that it gave (see `fourps.exercise.points`), what an
    assertion said, and the number of points. What a learner's function printed while it was tried
    is dropped, since it may have been given a hidden table, and so are tracebacks, which quote the
    tests.
    Set it first in ``GenerateFeedback.preprocessors``.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
            cell.outputs = [kept for output in cell.outputs for kept in _kept(output)]
        return cell, resources


def _kept(output: Any) -> list[Any]:
    """Return an output without what could tell about a hidden test: one output or none."""
    if output.output_type == "stream":
        lines = [line for line in output.text.splitlines() if line.startswith(HINT)]
        output.text = "".join(f"{line}\n" for line in lines)
        return [output] if lines and output.name == "stdout" else []
    if output.output_type == "error":
        said = output.evalue if output.ename == "AssertionError" else ""
        said = said or f"The check stopped with {output.ename}."
        output.evalue, output.traceback = said, [said]
        return [output]
    if output.output_type == "execute_result":
        output.data = {"text/plain": output.data.get("text/plain", "")}
        return [output]
    return []
