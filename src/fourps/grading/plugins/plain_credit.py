"""Read the points of a check as they are meant, whatever its last value looks like."""

from __future__ import annotations

import re
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from fourps.grading.reasons import because

_NUMPY = re.compile(r"np\.(?:float|u?int)\d+\((.+)\)")


class PlainCredit(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Mend the credit of checks after a notebook was executed.

    nbgrader 0.9.6 takes ``np.float64(0.0)`` or ``np.int64(0)``, a negative number and NaN for full
    marks, and gives up a whole submission over a number above the maximum. Here the first are read
    as numbers, and the others are moved to 0 and to the maximum. It also takes a check that was not
    run, and so says nothing, for full marks; here that check gets an error. Set it after
    ``Execute``, before ``SaveAutoGrades``.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:  # noqa: ARG002
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            if cell.source.strip() and cell.execution_count is None and not cell.outputs:
                said = str(because("not-run"))
                error = {"ename": "NotExecuted", "evalue": said, "traceback": [said]}
                cell.outputs = [new_output("error", **error)]
            for output in cell.outputs:
                shown = output.get("data", {}).get("text/plain", "")
                if output.output_type == "execute_result":
                    output.data["text/plain"] = plain(shown, float(cell.metadata.nbgrader.points))
        return cell, resources


def above(notebook: Any) -> list[str]:
    """Move credit above the maximum to it, and say so of each check: nbgrader would give up all.

    Parameters
    ----------
    notebook
        Executed; it is changed in place.
    """
    said = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            continue
        most = float(cell.metadata.nbgrader.points)
        for output in cell.outputs:
            given = _number(output.get("data", {}).get("text/plain", ""))
            if output.output_type == "execute_result" and given is not None and given > most:
                output.data["text/plain"] = repr(most)
                said.append(
                    f"The check {cell.metadata.nbgrader.grade_id} gave {given:g} of {most:g} "
                    f"points and counts {most:g}: mend the check."
                )
    return said


def _number(shown: str) -> float | None:
    """Return a number as Python or NumPy shows it."""
    found = _NUMPY.fullmatch(shown.strip())
    try:
        return float(found[1] if found else shown)
    except ValueError:
        return None


def plain(shown: str, maximum: float) -> str:
    """Return a number as nbgrader reads it, and anything else as it is.

    Examples
    --------
    >>> plain("np.float64(1.5)", 4), plain("-1", 4), plain("nan", 4), plain("9.0", 4)
    ('1.5', '0.0', '0.0', '4.0')
    >>> plain("np.int64(0)", 4)
    '0.0'
    >>> plain("'done'", 4)
    "'done'"
    """
    value = _number(shown)
    if value is None:
        return shown
    return repr(min(value, float(maximum))) if value > 0 else "0.0"
