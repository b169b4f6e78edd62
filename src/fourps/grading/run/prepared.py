"""A submission that is ready to run, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fourps.course.error import FourpsError

if TYPE_CHECKING:
    from fourps.course.reason import Reason
    from fourps.grading.collect.submissions import Submission


@dataclass
class Prepared:
    """A submission that is ready to run.

    Attributes
    ----------
    submission
        Whose it is.
    notebooks
        By name: with tests put back and outputs cleared.
    files
        What lies beside them, by relative path.
    own
        The names of those files that are the course's.
    troubles
        By name of a notebook: why it cannot run.
    remarks
        What a facilitator should know.
    """

    submission: Submission
    notebooks: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    troubles: dict[str, Reason] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class SubmissionError(FourpsError):
    """A submission or notebook that cannot be graded; the message says what to do."""
