"""Cells as rows: how they were released, what can be earned in each, and what was."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader import api
from sqlalchemy import exists, func, or_, select

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


class SourceCell(NamedTuple):
    """A cell as it was released, by nbgrader's columns."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool


class KnownCells(NamedTuple):
    """The cells of a released notebook. A database does not keep their order."""

    cells: list[SourceCell]
    """All that nbgrader has a source of."""
    kinds: dict[str, set[str]]
    """Names of cells, by what they are: ``grade``, ``solution`` or ``task``."""
    points: dict[str, float]
    """What can be earned, by name."""


def known_cells(notebook: api.Notebook) -> KnownCells:
    """Return the cells of nbgrader's row of a notebook."""
    kinds = {
        "grade": notebook.grade_cells,
        "solution": notebook.solution_cells,
        "task": notebook.task_cells,
    }
    return KnownCells(
        [
            SourceCell(*(getattr(cell, name) for name in SourceCell._fields))
            for cell in notebook.source_cells
        ],
        {kind: {cell.name for cell in cells} for kind, cells in kinds.items()},
        {cell.name: cell.max_score for kind in ("grade", "task") for cell in kinds[kind]},
    )


def read_known_cells(url: str, assignment: str, notebook: str) -> KnownCells:
    """Return the cells of a notebook, from a gradebook that is not open."""
    with api.Gradebook(url) as book:
        return known_cells(book.find_notebook(notebook, assignment))


def tests_of(assignment: api.Assignment) -> str:
    """Return a hash of all by which an assignment, nbgrader's row, is marked."""
    cells = sorted(
        (notebook.name, cell.name, cell.checksum or "", cell.source or "")
        for notebook in assignment.notebooks
        for cell in notebook.source_cells
    )
    about = json.dumps([assignment.duedate and assignment.duedate.isoformat(), cells])
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()


# the table itself: nbgrader's class would read each kind of cell
CELL = api.BaseCell.__table__


class GradedCell(NamedTuple):
    """One thing that earns points."""

    notebook: str
    name: str
    """nbgrader's names."""
    most: float | None
    """Points that can be earned."""
    written: bool
    """Whether a person marks it."""


class Grade(NamedTuple):
    """What the gradebook has of a learner's work in one cell; a number may be anything there."""

    learner: str
    assignment: str
    """nbgrader's names."""
    cell: str
    """The key of it in what `graded_cells` returns."""
    auto: float | None
    manual: float | None
    extra: float | None
    """Points by the check, by a person, and beyond what can be earned."""
    waits: bool
    """Whether a person has still to look."""

    @property
    def given(self) -> float | None:
        """Points without extra credit; None where nobody gave any."""
        return self.auto if self.manual is None else self.manual

    @property
    def is_broken(self) -> bool:
        """Whether some of its points are no number."""
        return not all(map(is_number, (self.auto, self.manual, self.extra)))


def is_number(value: object) -> bool:
    """Say whether it is a number or nothing; SQLite keeps anything in any column.

    Examples
    --------
    >>> is_number(1), is_number(None), is_number("1"), is_number(float("inf"))
    (True, True, False, False)
    """
    return value is None or (isinstance(value, int | float) and math.isfinite(value))


def graded_cells(database: Connection | Session) -> dict[str, dict[str, GradedCell]]:
    """Return the cells of each assignment by key, in the order of notebooks and names."""
    graded, task = api.GradeCell.__table__, api.TaskCell.__table__
    # as nbgrader has it: one cell that is answered and graded, or a task
    answer = CELL.alias()
    written = or_(
        task.c.id.is_not(None),
        graded.c.cell_type == "markdown",
        exists().where(
            answer.c.notebook_id == CELL.c.notebook_id,
            answer.c.name == CELL.c.name,
            answer.c.type == "SolutionCell",
        ),
    )
    most = func.coalesce(graded.c.max_score, task.c.max_score)
    query = (
        select(api.Assignment.name, CELL.c.id, api.Notebook.name, CELL.c.name, most, written)
        .select_from(CELL)
        .join(api.Notebook, CELL.c.notebook_id == api.Notebook.id)
        .join(api.Assignment, api.Notebook.assignment_id == api.Assignment.id)
        .outerjoin(graded, graded.c.id == CELL.c.id)
        .outerjoin(task, task.c.id == CELL.c.id)
        .where(or_(graded.c.id.is_not(None), task.c.id.is_not(None)))
        .order_by(api.Notebook.name, CELL.c.name)
    )
    cells: dict[str, dict[str, GradedCell]] = {}
    for assignment, key, *about in database.execute(query):
        cells.setdefault(assignment, {})[key] = GradedCell(*about)
    return cells


def grades(database: Connection | Session) -> list[Grade]:
    """Return what was earned, of all learners and assignments."""
    grade = api.Grade
    given = (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
    return [Grade(*row) for row in database.execute(of_submissions(grade, grade.cell_id, *given))]


def of_submissions(table: Any, *columns: Any) -> Any:
    """Select columns of what belongs to a submitted notebook, behind its learner and assignment."""
    notebook, submission = api.SubmittedNotebook, api.SubmittedAssignment
    query = select(submission.student_id, api.Assignment.name, *columns).select_from(table)
    if table is not notebook:
        query = query.join(notebook, table.notebook_id == notebook.id)
    query = query.join(submission, notebook.assignment_id == submission.id)
    return query.join(api.Assignment, submission.assignment_id == api.Assignment.id)
