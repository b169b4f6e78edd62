"""Extensions that were granted before anything was handed in: nbgrader has no place for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Column, Float, MetaData, String, Table, inspect

if TYPE_CHECKING:
    from sqlalchemy import Connection

TABLE = Table(
    "fourps_extension",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("days", Float, nullable=False),
)


def read(connection: Connection, assignment: str) -> dict[str, timedelta]:
    """Return the extensions of an assignment that wait for a hand-in, by learner.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     before = read(connection, "one")
    ...     keep(connection, "one", "ada", 2)
    ...     keep(connection, "one", "ada", 3)
    ...     before, read(connection, "one")
    ({}, {'ada': datetime.timedelta(days=3)})
    >>> engine.dispose()
    """
    if not inspect(connection).has_table(TABLE.name):
        return {}
    found = connection.execute(TABLE.select().where(TABLE.c.assignment == assignment))
    return {row.student: timedelta(days=row.days) for row in found}


def keep(connection: Connection, assignment: str, student: str, days: float) -> None:
    """Keep an extension in place of an earlier one; of no days there is nothing to keep."""
    TABLE.create(connection, checkfirst=True)
    forget(connection, assignment, student)
    if days:
        row = {"assignment": assignment, "student": student, "days": days}
        connection.execute(TABLE.insert().values(row))


def forget(connection: Connection, assignment: str, student: str) -> None:
    """Forget it, once it stands with the submission."""
    mine = (TABLE.c.assignment == assignment) & (TABLE.c.student == student)
    connection.execute(TABLE.delete().where(mine))
