"""What became of each submission: a table of our own beside the gradebook's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    MetaData,
    String,
    Table,
    Text,
    func,
    inspect,
    select,
)

from fourps.grading.gradebook import kept_reasons

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from fourps.course.reason import Reason

# digits of a fingerprint that are of the work alone
HALF = 32
Status = Literal["graded", "partly", "failed", "missing"]

TABLE = Table(
    "fourps_outcome",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("status", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("decided", DateTime, nullable=False),
)


@dataclass(frozen=True)
class Verdict:
    """What became of one submission.

    Attributes
    ----------
    assignment, student
        nbgrader's names.
    status
        ``graded``: every cell ran. ``partly``: some did, and what they earned counts. ``failed``:
        nothing could be graded. ``missing``: there is no notebook.
    reasons
        Why it is not graded, or not all of it; empty if it is.
    remarks
        What else a facilitator should know, such as tests that were put back.
    fingerprint
        Of the submission and of the tests; the next run skips what has the same. Less than that:
        the next run grades it.
    sealed
        False if it ran with ``--unsafe``.
    """

    assignment: str
    student: str
    status: Status
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    fingerprint: str = ""
    sealed: bool = True

    @property
    def reason(self) -> str:
        """The reasons in English."""
        return " ".join(map(str, self.reasons))


def create(connection: Connection) -> None:
    """Create the table if it is not there.

    nbgrader's own tables must be there first, since nbgrader notes its version only in an empty
    database. No table refers to another, so that nbgrader's commands stay free to delete rows.
    """
    TABLE.create(connection, checkfirst=True)


def read(connection: Connection, assignment: str) -> dict[str, Verdict]:
    """Return the outcomes of an assignment by learner.

    Parameters
    ----------
    connection
        To the gradebook's database.
    assignment
        nbgrader's name of it.

    Returns
    -------
    dict of str to Verdict
        Empty if no run has been yet.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     before = read(connection, "one")
    ...     create(connection)
    ...     write(connection, Verdict("one", "ada", "failed"))
    ...     write(connection, Verdict("one", "ada", "graded"))
    ...     before, read(connection, "one")["ada"].status
    ({}, 'graded')
    >>> engine.dispose()
    """
    every = read_all(connection, TABLE.c.assignment == assignment)
    return {verdict.student: verdict for verdict in every}


def read_all(connection: Connection, *which: ColumnElement[bool]) -> list[Verdict]:
    """Return the outcomes of all assignments, or those that the conditions leave."""
    if not inspect(connection).has_table(TABLE.name):
        return []
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
        for row in connection.execute(TABLE.select().where(*which))
    ]


def write(connection: Connection, outcome: Verdict) -> None:
    """Write what became of a submission in place of what was known before.

    Where nothing was graded, it stays known of which work the marks are.
    """
    mine = (TABLE.c.assignment == outcome.assignment) & (TABLE.c.student == outcome.student)
    fingerprint = outcome.fingerprint
    if not fingerprint:
        before = select(func.substr(TABLE.c.fingerprint, 1, HALF)).where(mine)
        fingerprint = connection.scalar(before) or ""
    connection.execute(TABLE.delete().where(mine))
    connection.execute(
        TABLE.insert().values(
            assignment=outcome.assignment,
            student=outcome.student,
            status=outcome.status,
            reason=kept_reasons.dump(outcome.reasons),
            remarks="\n".join(outcome.remarks),
            fingerprint=fingerprint,
            sealed=outcome.sealed,
            decided=datetime.now(UTC).replace(tzinfo=None),
        )
    )


def forget(connection: Connection, assignment: str) -> None:
    """Have the next run grade an assignment again, whether or not this one ends.

    Which work was graded stays known.
    """
    work = func.substr(TABLE.c.fingerprint, 1, HALF)
    connection.execute(
        TABLE.update().where(TABLE.c.assignment == assignment).values(fingerprint=work)
    )
