"""Points off for handing in late."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

if TYPE_CHECKING:
    from nbgrader.preprocessors import AssignLatePenalties

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
