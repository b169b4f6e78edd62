"""Tables of our own beside nbgrader's, and all rows of one learner in both.

None of ours refers to another, so that nbgrader's commands stay free to delete rows. Learners and
assignments stand in them by nbgrader's names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sql
from nbgrader import api

if TYPE_CHECKING:
    from collections.abc import Sequence


_OURS = sql.MetaData()
_NAME = sql.String(128)

# what became of each submission
OUTCOME = sql.Table(
    "nbseal_outcome",
    _OURS,
    sql.Column("assignment", _NAME, primary_key=True),
    sql.Column("student", _NAME, primary_key=True),
    sql.Column("status", sql.String(8), nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("remarks", sql.Text, nullable=False),
    sql.Column("fingerprint", sql.String(64), nullable=False),
    sql.Column("sealed", sql.Boolean, nullable=False),
    sql.Column("decided", sql.DateTime, nullable=False),
)
# extensions that were granted before anything was handed in: nbgrader has no place for them
EXTENSION = sql.Table(
    "nbseal_extension",
    _OURS,
    sql.Column("assignment", _NAME, primary_key=True),
    sql.Column("student", _NAME, primary_key=True),
    sql.Column("days", sql.Float, nullable=False),
)
# marks that are others than before, until somebody was told and afterwards
MOVED = sql.Table(
    "nbseal_moved",
    _OURS,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("assignment", _NAME, nullable=False),
    sql.Column("student", _NAME, nullable=False),
    sql.Column("notebook", _NAME, nullable=False),
    sql.Column("cell", _NAME, nullable=False),
    sql.Column("old", sql.Float),
    sql.Column("new", sql.Float),
    sql.Column("at", sql.DateTime, nullable=False),
    sql.Column("told", sql.Boolean, nullable=False),
)
# what people decided over written tasks: rows are added, and none is ever changed
DECISION = sql.Table(
    "nbseal_decisions",
    _OURS,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("assignment", _NAME, nullable=False),
    sql.Column("student", _NAME, nullable=False),
    sql.Column("notebook", _NAME, nullable=False),
    sql.Column("cell", _NAME, nullable=False),
    sql.Column("marker", _NAME, nullable=False),
    sql.Column("kind", sql.String(8), nullable=False),
    sql.Column("scores", sql.Text, nullable=False),
    sql.Column("cap", sql.Boolean, nullable=False),
    sql.Column("points", sql.Float),
    sql.Column("comment", sql.Text, nullable=False),
    sql.Column("text_hash", sql.String(64), nullable=False),
    sql.Column("at", sql.DateTime, nullable=False),
    sql.Column("undoes", sql.Integer),
)


def create(connection: sql.Connection) -> None:
    """Create those that are not there.

    nbgrader's own tables must be there first, since nbgrader notes its version only in an empty
    database.
    """
    _OURS.create_all(connection)


def there(connection: sql.Connection) -> list[sql.Table]:
    """Return those that are there: no run has made them yet, or a release that had fewer."""
    known = sql.inspect(connection)
    return [table for table in _OURS.sorted_tables if known.has_table(table.name)]


def rows(connection: sql.Connection, table: sql.Table, **columns: Any) -> Sequence[sql.Row[Any]]:
    """Return the rows with these values, in the order of their keys; none if there is no table.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     before = rows(connection, EXTENSION)
    ...     create(connection)
    ...     put(connection, EXTENSION, assignment="one", student="ada", days=2)
    ...     put(connection, EXTENSION, assignment="one", student="ada", days=3)
    ...     before, rows(connection, EXTENSION, assignment="one")
    ([], [('one', 'ada', 3.0)])
    >>> engine.dispose()
    """
    if not sql.inspect(connection).has_table(table.name):
        return []
    query = table.select().where(_with(table, columns)).order_by(*table.primary_key)
    return connection.execute(query).all()


def put(connection: sql.Connection, table: sql.Table, **columns: Any) -> None:
    """Write a row, in place of one with the same key."""
    forget(connection, table, **{column.name: columns[column.name] for column in table.primary_key})
    connection.execute(table.insert().values(columns))


def forget(connection: sql.Connection, table: sql.Table, **columns: Any) -> None:
    """Delete the rows with these values."""
    connection.execute(table.delete().where(_with(table, columns)))


def _with(table: sql.Table, columns: dict[str, Any]) -> sql.ColumnElement[bool]:
    return sql.and_(True, *(table.c[name] == value for name, value in columns.items()))  # noqa: FBT003 - SQL's


def _tables_of(connection: sql.Connection, learner: str) -> list[tuple[Any, Any]]:
    """Return the tables with rows of a learner, and which those are, children first."""
    submission, notebook = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
    of = sql.select(submission.c.id).where(submission.c.student_id == learner)
    notebooks = sql.select(notebook.c.id).where(notebook.c.assignment_id.in_(of))
    grade, comment = api.Grade.__table__, api.Comment.__table__
    student = api.Student.__table__
    return [
        (grade, grade.c.notebook_id.in_(notebooks)),
        (comment, comment.c.notebook_id.in_(notebooks)),
        (notebook, notebook.c.assignment_id.in_(of)),
        (submission, submission.c.student_id == learner),
        *((table, table.c.student == learner) for table in there(connection)),
        (student, student.c.id == learner),
    ]


def rows_of(connection: sql.Connection, learner: str) -> dict[str, int]:
    """Return how many rows of a learner there are, by table."""
    count = sql.select(sql.func.count())
    counts = {
        table.name: connection.scalar(count.select_from(table).where(which)) or 0
        for table, which in _tables_of(connection, learner)
    }
    return {name: count for name, count in counts.items() if count}


def delete_rows_of(connection: sql.Connection, learner: str) -> None:
    """Delete all rows of a learner."""
    for table, which in _tables_of(connection, learner):
        connection.execute(table.delete().where(which))
