"""Marks that are others than before: kept with the marks, until somebody was told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from nbgrader import api
from sqlalchemy import select

from fourps.grading.gradebook import tables
from fourps.grading.gradebook.cells import CELL, of_submissions
from fourps.grading.gradebook.tables import MOVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from fourps.csv_table import Row

FILE = "marks-moved.csv"
LATE = "late hand-in"
Points = dict[tuple[str, str], float | None]


class MovedMark(NamedTuple):
    """A mark that is another than before."""

    assignment: str
    student: str
    notebook: str
    cell: str
    """nbgrader's names; the cell is `LATE` for what lateness takes off."""
    old: float | None
    new: float | None
    """Points; None where a person is to give them."""
    at: datetime
    """When, in UTC."""


def points(session: Session, assignment: str, student: str) -> Points:
    """Return a learner's points by notebook and cell, and what lateness takes off."""
    notebook = api.SubmittedNotebook
    known = (
        of_submissions(notebook, notebook.id, api.Notebook.name, notebook.late_submission_penalty)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .where(api.Assignment.name == assignment, api.SubmittedAssignment.student_id == student)
    )
    given: Points = {}
    names: dict[str, str] = {}
    for _, _, key, name, taken in session.execute(known):
        names[key] = name
        given[name, LATE] = -taken if taken else 0.0
    grade = api.Grade
    earned = (grade.notebook_id, CELL.c.name, grade.auto_score, grade.manual_score, grade.score)
    marks = select(*earned).join(CELL, grade.cell_id == CELL.c.id)
    for key, cell, auto, manual, score in session.execute(
        marks.where(grade.notebook_id.in_([*names]))
    ):
        given[names[key], cell] = None if auto is None and manual is None else score
    return given


def note(
    connection: Connection, assignment: str, student: str, before: Points, after: Points
) -> bool:
    """Note what moved; return whether anything did."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        {
            "assignment": assignment,
            "student": student,
            "notebook": notebook,
            "cell": cell,
            "old": before.get((notebook, cell)),
            "new": after.get((notebook, cell)),
            "at": now,
            "told": False,
        }
        for notebook, cell in sorted({*before, *after})
        if before.get((notebook, cell)) != after.get((notebook, cell))
    ]
    if rows:
        connection.execute(MOVED.insert(), rows)
    return bool(rows)


def read(connection: Connection, *, told: bool) -> list[MovedMark]:
    """Return what moved, in the order in which it did; with `told` also what was told before."""
    kept = tables.rows(connection, MOVED, **({} if told else {"told": False}))
    return [MovedMark(*(getattr(row, name) for name in MovedMark._fields)) for row in kept]


def tell(connection: Connection) -> None:
    """Remember that somebody was told all."""
    connection.execute(MOVED.update().where(MOVED.c.told.is_(False)).values(told=True))


def rows(moved: Iterable[MovedMark]) -> list[Row]:
    """Return it as a table.

    Examples
    --------
    >>> rows([MovedMark("ps1", "ada", "one", "task-1", 2.0, None, datetime(2026, 12, 1))])[1]
    ['ps1', 'ada', 'one', 'task-1', '2', 'to mark', '2026-12-01 00:00:00']
    """
    lines: list[Row] = [
        ["assignment", "learner", "notebook", "cell", "before", "now", "when (UTC)"]
    ]
    for mark in moved:
        names = (mark.assignment, mark.student, mark.notebook, mark.cell)
        lines.append([*names, shown(mark.old), shown(mark.new), f"{mark.at:%Y-%m-%d %H:%M:%S}"])
    return lines


def shown(given: float | None) -> str:
    """Return points as they are told.

    Examples
    --------
    >>> shown(2.50), shown(None)
    ('2.5', 'to mark')
    """
    return "to mark" if given is None else f"{given:g}"
