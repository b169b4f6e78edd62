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

if TYPE_CHECKING:
    from sqlalchemy import Connection

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
    reason
        Why it is not graded, as a sentence; empty if it is.
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
    reason: str = ""
    remarks: tuple[str, ...] = ()
    fingerprint: str = ""
    sealed: bool = True


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
    ...     write(connection, Verdict("one", "ada", "failed", "It is no notebook."))
    ...     write(connection, Verdict("one", "ada", "graded"))
    ...     before, read(connection, "one")["ada"].status
    ({}, 'graded')
    >>> engine.dispose()
    """
    if not inspect(connection).has_table(TABLE.name):
        return {}
    found = connection.execute(TABLE.select().where(TABLE.c.assignment == assignment))
    return {
        row.student: Verdict(
            row.assignment,
            row.student,
            row.status,
            row.reason,
            tuple(row.remarks.splitlines()),
            row.fingerprint,
            row.sealed,
        )
        for row in found
    }


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
            reason=outcome.reason,
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
