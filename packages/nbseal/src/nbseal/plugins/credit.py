"""The points that nbgrader counts: those of a check, and those that lateness takes off."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_output
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Float

from nbseal.reasons import because

if TYPE_CHECKING:
    from nbgrader.preprocessors import AssignLatePenalties

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
                reason = str(because("not-run"))
                error = {"ename": "NotExecuted", "evalue": reason, "traceback": [reason]}
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
    remarks = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            continue
        most = float(cell.metadata.nbgrader.points)
        for output in cell.outputs:
            given = _number(output.get("data", {}).get("text/plain", ""))
            if output.output_type == "execute_result" and given is not None and given > most:
                output.data["text/plain"] = repr(most)
                remarks.append(
                    f"The check {cell.metadata.nbgrader.grade_id} gave {given:g} of {most:g} "
                    f"points and counts {most:g}: mend the check."
                )
    return remarks


def _number(shown: str) -> float | None:
    """Return a number as Python or NumPy shows it."""
    match = _NUMPY.fullmatch(shown.strip())
    try:
        return float(match[1] if match else shown)
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


_DAY = 24 * 60 * 60


class PerDay(LateSubmissionPlugin):  # type: ignore[misc] # nbgrader has no types
    """Take off a share of the points that can be earned, for each day begun.

    nbgrader works this out when it runs a notebook, before a person marks it. So it is a share of
    what can be earned and not of what was earned until then. It never takes more than was earned.
    """

    per_day = Float(0.0, min=0, max=1, help="the share for each day begun").tag(config=True)
    grace = Float(0.0, min=0, help="minutes after the due date that cost nothing").tag(config=True)
    most = Float(1.0, min=0, max=1, help="the greatest share that is taken off").tag(config=True)

    parent: AssignLatePenalties

    def late_submission_penalty(
        self,
        student_id: str,  # noqa: ARG002 - nbgrader's signature
        score: float,  # noqa: ARG002 - nbgrader's signature
        total_seconds_late: float,
    ) -> float | None:
        taken = share(total_seconds_late - self.grace * 60, self.per_day, self.most)
        if taken == 0:
            return None
        asked = self.parent
        # the released notebook: a run knows it already, and need not ask for each learner
        notebook = asked.gradebook.find_notebook(asked.notebook_id, asked.assignment_id)
        return taken * float(notebook.max_score)


def share(seconds: float, per_day: float, most: float) -> float:
    """Return the share that is taken off.

    Parameters
    ----------
    seconds
        How late, after the grace.
    per_day
        For each day begun.
    most
        And never more than this.

    Examples
    --------
    >>> share(0, 0.1, 0.5), share(1, 0.1, 0.5), share(25 * 3600, 0.1, 0.5), share(9e6, 0.1, 0.5)
    (0.0, 0.1, 0.2, 0.5)
    """
    return min(most, per_day * math.ceil(seconds / _DAY)) if seconds > 0 else 0.0
