"""A submission that is ready to run, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from nbseal.base.errors import Reason

    from fourps.grading.collect.submissions import Submission


@dataclass
class Prepared:
    """A submission that is ready to run."""

    submission: Submission
    """Whose it is."""
    notebooks: dict[str, Any] = field(default_factory=dict)
    """By name: with tests put back and outputs cleared."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What lies beside them, by relative path."""
    own: set[str] = field(default_factory=set)
    """The names of those files that are the course's."""
    seconds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By name of a notebook: how long each cell may take, where that is said of each."""
    troubles: dict[str, Reason] = field(default_factory=dict)
    """By name of a notebook: why it cannot run."""
    remarks: list[str] = field(default_factory=list)
    """What a facilitator should know."""


class SubmissionError(UserError):
    """A submission or notebook that cannot be graded; the message says what to do."""
