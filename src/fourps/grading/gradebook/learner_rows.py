"""The rows of one learner: how many there are, and taking them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy
from nbgrader import api
from sqlalchemy import func, select

from fourps.grading.gradebook import our_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _mine(connection: Connection, learner: str) -> list[tuple[Any, Any]]:
    """Return the tables with rows of a learner, and which those are, children first."""
    submission, notebook = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
    of = select(submission.c.id).where(submission.c.student_id == learner)
    notebooks = select(notebook.c.id).where(notebook.c.assignment_id.in_(of))
    grade, comment = api.Grade.__table__, api.Comment.__table__
    student = api.Student.__table__
    return [
        (grade, grade.c.notebook_id.in_(notebooks)),
        (comment, comment.c.notebook_id.in_(notebooks)),
        (notebook, notebook.c.assignment_id.in_(of)),
        (submission, submission.c.student_id == learner),
        *((table, table.c.student == learner) for table in our_tables.there(connection)),
        (student, student.c.id == learner),
    ]


def count(connection: Connection, learner: str) -> dict[str, int]:
    """Return how many rows of a learner there are, by table."""
    counts = {
        table.name: connection.scalar(select(func.count()).select_from(table).where(which)) or 0
        for table, which in _mine(connection, learner)
    }
    return {name: count for name, count in counts.items() if count}


def delete(connection: Connection, learner: str) -> None:
    """Delete all rows of a learner."""
    for table, which in _mine(connection, learner):
        connection.execute(sqlalchemy.delete(table).where(which))
