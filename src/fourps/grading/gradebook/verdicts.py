"""What became of each submission: a table of our own beside the gradebook's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select

from fourps.grading.gradebook import kept_reasons, our_tables
from fourps.grading.gradebook.our_tables import OUTCOME

if TYPE_CHECKING:
    from nbseal.base.errors import Reason
    from sqlalchemy import Connection

# digits of a fingerprint that are of the work alone
HALF = 32
Status = Literal["graded", "partly", "failed", "missing"]


@dataclass(frozen=True)
class Verdict:
    """What became of one submission."""

    assignment: str
    student: str
    """nbgrader's names."""
    status: Status
    """``graded``: every cell ran. ``partly``: some did, and what they earned counts. ``failed``:
    nothing could be graded. ``missing``: there is no notebook."""
    reasons: tuple[Reason, ...] = ()
    """Why it is not graded, or not all of it; empty if it is."""
    remarks: tuple[str, ...] = ()
    """What else a facilitator should know, such as tests that were put back."""
    fingerprint: str = ""
    """Of the submission and of the tests; the next run skips what has the same. Less than that: the
    next run grades it."""
    sealed: bool = True
    """False if it ran with ``--unsafe``."""

    @property
    def reason(self) -> str:
        """The reasons in English."""
        return " ".join(map(str, self.reasons))


def read(connection: Connection, assignment: str) -> dict[str, Verdict]:
    """Return the verdicts of an assignment by learner; none if no run has been yet.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     before = read(connection, "one")
    ...     our_tables.create(connection)
    ...     write(connection, Verdict("one", "ada", "failed"))
    ...     write(connection, Verdict("one", "ada", "graded"))
    ...     before, read(connection, "one")["ada"].status
    ({}, 'graded')
    >>> engine.dispose()
    """
    every = read_all(connection, assignment=assignment)
    return {verdict.student: verdict for verdict in every}


def read_all(connection: Connection, **columns: Any) -> list[Verdict]:
    """Return the verdicts on all submissions, or those with these values."""
    return [
        Verdict(
            row.assignment,
            row.student,
            row.status,
            kept_reasons.load(row.reason),
            tuple(row.remarks.splitlines()),
            row.fingerprint,
            row.sealed,
        )
        for row in our_tables.rows(connection, OUTCOME, **columns)
    ]


def write(connection: Connection, verdict: Verdict) -> None:
    """Write what became of a submission in place of what was known before.

    Where nothing was graded, it stays known of which work the marks are.
    """
    fingerprint = verdict.fingerprint
    if not fingerprint:
        mine = (OUTCOME.c.assignment == verdict.assignment, OUTCOME.c.student == verdict.student)
        before = select(func.substr(OUTCOME.c.fingerprint, 1, HALF)).where(*mine)
        fingerprint = connection.scalar(before) or ""
    our_tables.put(
        connection,
        OUTCOME,
        assignment=verdict.assignment,
        student=verdict.student,
        status=verdict.status,
        reason=kept_reasons.dump(verdict.reasons),
        remarks="\n".join(verdict.remarks),
        fingerprint=fingerprint,
        sealed=verdict.sealed,
        decided=datetime.now(UTC).replace(tzinfo=None),
    )


def forget(connection: Connection, assignment: str) -> None:
    """Have the next run grade an assignment again, whether or not this one ends.

    Which work was graded stays known.
    """
    work = func.substr(OUTCOME.c.fingerprint, 1, HALF)
    connection.execute(
        OUTCOME.update().where(OUTCOME.c.assignment == assignment).values(fingerprint=work)
    )
