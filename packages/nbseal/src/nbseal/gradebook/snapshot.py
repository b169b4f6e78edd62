"""Read a gradebook whole, in a few queries and without changing it.

nbgrader's own interface asks for each grade by itself: minutes for a cohort, where this takes less
than a second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import numpy as np
from nbgrader import api
from sqlalchemy import create_engine, make_url, select

from nbseal.gradebook import verdicts
from nbseal.gradebook.cells import graded_cells, grades
from nbseal.gradebook.opening import require, usable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from nbseal.gradebook.cells import Grade, GradedCell
    from nbseal.gradebook.settings import CourseFolder
    from nbseal.gradebook.verdicts import Verdict


class Task(NamedTuple):
    """One thing that earns points: a graded cell."""

    notebook: str
    name: str
    points: float


@dataclass(frozen=True)
class Exercise:
    """One assignment, with the marks of all who handed it in."""

    name: str
    """nbgrader's name of it."""
    due: datetime | None
    """When it is due; None if that was not set."""
    tasks: tuple[Task, ...]
    """In the order of their names."""
    learners: tuple[str, ...]
    """Whose hand-ins are in the gradebook."""
    marks: NDArray[np.float64]
    """Points, learners by tasks; NaN where nobody has given any yet."""
    waits: NDArray[np.bool_]
    """Learners by tasks: whether a person has still to look."""
    extra: NDArray[np.float64]
    """For each learner, extra credit. What lateness took off does not count here."""
    broken: tuple[str, ...] = ()
    """Learners with points that are no number; they count as not given yet."""


@dataclass(frozen=True)
class Gradebook:
    """A course's gradebook."""

    learners: dict[str, str]
    """Name by id; the name is empty where the gradebook has none."""
    exercises: list[Exercise]
    """In the order in which they are due, then of their names."""
    outcomes: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    """By learner and exercise, where ``nbseal run`` graded."""


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key that sorts ``task-2`` before ``task-10``.

    Examples
    --------
    >>> sorted(["task-10", "task-2", "task"], key=natural)
    ['task', 'task-2', 'task-10']
    """
    parts = re.split(r"([0-9]+)", text)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def read(url: str, course: CourseFolder) -> Gradebook:
    """Read a gradebook as it is at one moment, also while somebody grades.

    Parameters
    ----------
    url
        nbgrader's ``db_url``, of SQLite or PostgreSQL.

    Raises
    ------
    NoGradebookError
        If there is none, or it cannot be read.
    """
    with usable(url, course):
        require(url, course)
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            # so that SQLite refuses to write
            place = f"file:{quote(str(Path(address.database or '').resolve()))}"
            address = address.set(database=place).update_query_dict({"mode": "ro", "uri": "true"})
        engine = create_engine(address)
        try:
            with engine.connect() as connection:
                return _read(connection)
        finally:
            engine.dispose()


def _read(connection: Connection) -> Gradebook:
    if connection.dialect.name == "sqlite":
        # Python begins no transaction before it reads
        connection.exec_driver_sql("BEGIN")
    else:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    names = select(api.Student.id, api.Student.first_name, api.Student.last_name)
    learners = {
        row.id: " ".join(part for part in (row.first_name, row.last_name) if part)
        for row in connection.execute(names.order_by(api.Student.id))
    }
    assignments = connection.execute(select(api.Assignment.name, api.Assignment.duedate)).all()
    marks: dict[tuple[str, str], dict[str, _Mark]] = {
        (name, learner): {} for learner, name in connection.execute(_SUBMISSIONS)
    }
    for grade in grades(connection):
        marks[grade.assignment, grade.learner][grade.cell] = _mark(grade)
    known = graded_cells(connection)
    exercises = [
        _exercise(
            row,
            known.get(row.name, {}),
            {learner: mine for (name, learner), mine in marks.items() if name == row.name},
        )
        for row in sorted(
            assignments, key=lambda row: (row.duedate is None, row.duedate or 0, natural(row.name))
        )
    ]
    outcomes = {
        (verdict.student, verdict.assignment): verdict for verdict in verdicts.read_all(connection)
    }
    return Gradebook(learners, exercises, outcomes)


_SUBMISSIONS = (
    select(api.SubmittedAssignment.student_id, api.Assignment.name)
    .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
    .order_by(api.SubmittedAssignment.student_id)
)


class _Mark(NamedTuple):
    points: float
    extra: float
    waits: bool
    broken: bool = False


def _mark(grade: Grade) -> _Mark:
    if grade.is_broken:
        return _Mark(np.nan, 0.0, waits=True, broken=True)
    nothing = np.nan if grade.waits else 0.0
    points = nothing if grade.given is None else float(grade.given)
    return _Mark(points, float(grade.extra or 0), bool(grade.waits))


def _exercise(
    assignment: Any, cells: Mapping[str, GradedCell], handed: Mapping[str, Mapping[str, _Mark]]
) -> Exercise:
    ordered = sorted(cells, key=lambda key: [natural(part) for part in cells[key][:2]])
    none = _Mark(0.0, 0.0, waits=False)
    rows = [[mine.get(key, none) for key in ordered] for mine in handed.values()]
    shape = (len(handed), len(ordered))
    return Exercise(
        name=assignment.name,
        # nbgrader keeps UTC without saying so
        due=assignment.duedate and assignment.duedate.replace(tzinfo=UTC),
        tasks=tuple(
            Task(cell.notebook, cell.name, float(cell.most or 0))
            for cell in map(cells.__getitem__, ordered)
        ),
        learners=tuple(handed),
        marks=np.array([[mark.points for mark in row] for row in rows], float).reshape(shape),
        waits=np.array([[mark.waits for mark in row] for row in rows], bool).reshape(shape),
        extra=np.array([sum(mark.extra for mark in row) for row in rows]),
        broken=tuple(
            learner
            for learner, row in zip(handed, rows, strict=True)
            if any(mark.broken for mark in row)
        ),
    )
