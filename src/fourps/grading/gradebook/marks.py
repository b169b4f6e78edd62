"""The marks of a gradebook: what each learner has, and what still waits for a person."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from nbgrader import api
from sqlalchemy import exists, func, or_, select

from fourps.grading.gradebook.opening import released

_OWNER = (api.Student.id, api.Assignment.name)
# the table itself: nbgrader's class would read each kind of cell
_CELL = api.BaseCell.__table__


@dataclass
class Marks:
    """A learner's submission of an assignment.

    Attributes
    ----------
    learner, assignment
        Their names in nbgrader.
    cells
        Points given and possible, by the name of each graded cell.
    waiting
        Cells that nobody has marked yet.
    by_hand
        What a person gave for each written task; None where nobody entered anything, be it that
        nbgrader gave an untouched one 0 by itself.
    penalty
        Points taken off for lateness.
    comments
        What a person wrote about each cell.
    trouble
        What of it cannot be read, which may be any part; empty if nothing.
    """

    learner: str
    assignment: str
    cells: dict[str, tuple[float, float]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    by_hand: dict[str, float | None] = field(default_factory=dict)
    penalty: float = 0.0
    comments: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def points(self) -> float:
        """Points, less the penalty for lateness.

        Examples
        --------
        >>> Marks("ada", "protection", {"task-1": (5, 5), "task-2": (2, 4)}, penalty=1).points
        6.0
        """
        return max(0.0, sum((given for given, _ in self.cells.values()), 0.0) - self.penalty)

    @property
    def maximum(self) -> float:
        """Points that can be earned."""
        return sum(possible for _, possible in self.cells.values())

    @property
    def unmarked(self) -> list[str]:
        """What no person has marked: cells that wait, and written tasks that were given 0 unseen.

        Examples
        --------
        >>> Marks("ada", "protection", by_hand={"task-10": 12.0, "task-11": None}).unmarked
        ['task-11']
        """
        unseen = [name for name, given in self.by_hand.items() if given is None]
        return list(dict.fromkeys([*self.waiting, *unseen]))

    @property
    def done(self) -> bool:
        """Whether everything is marked, by the checks and by a person, and can be read."""
        return bool(self.cells) and not self.waiting and not self.trouble


def is_number(value: object) -> bool:
    """Say whether it is a number or nothing; SQLite keeps anything in any column.

    Examples
    --------
    >>> is_number(1), is_number(None), is_number("1"), is_number(float("inf"))
    (True, True, False, False)
    """
    return value is None or (isinstance(value, int | float) and math.isfinite(value))


def read_marks(book: api.Gradebook, assignment: str = "") -> list[Marks]:
    """Read what was marked: submissions that were graded at all, by assignment and learner.

    Parameters
    ----------
    book
        The gradebook.
    assignment
        One assignment; by default all.
    """
    released(book.db, [assignment] if assignment else ())
    found: dict[tuple[str, str], Marks] = {}
    for learner, name, notebook, cell, *points, waits, most, written in book.db.execute(_grades()):
        auto, manual, extra = points
        marks = found.setdefault((name, learner), Marks(learner, name))
        key = f"{notebook}/{cell}" if cell in marks.cells else cell
        if not all(map(is_number, (*points, most))):
            marks.trouble = f"the gradebook has points of {key} that are no number"
            continue
        given = manual if manual is not None else auto
        marks.cells[key] = ((given or 0.0) + (extra or 0.0), most or 0.0)
        if waits or given is None:
            marks.waiting.append(key)
        if written:
            marks.by_hand[key] = manual
    for learner, name, penalty in book.db.execute(_penalties()):
        if (name, learner) not in found:
            continue
        if is_number(penalty):
            found[name, learner].penalty += penalty or 0.0
        else:
            found[name, learner].trouble = "the gradebook has a penalty that is no number"
    seen: set[tuple[str, str, str]] = set()
    for learner, name, notebook, cell, comment in book.db.execute(_comments()):
        key = f"{notebook}/{cell}" if (learner, name, cell) in seen else cell
        seen.add((learner, name, cell))
        if comment and (name, learner) in found:
            found[name, learner].comments[key] = comment
    return [found[key] for key in sorted(found) if assignment in ("", key[0])]


def _grades() -> Any:
    graded, task = api.GradeCell.__table__, api.TaskCell.__table__
    most = func.coalesce(graded.c.max_score, task.c.max_score)
    grade = api.Grade
    given = (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
    # as nbgrader has it: one cell that is answered and graded, or a task
    answer = _CELL.alias()
    written = or_(
        task.c.id.is_not(None),
        graded.c.cell_type == "markdown",
        exists().where(
            answer.c.notebook_id == _CELL.c.notebook_id,
            answer.c.name == _CELL.c.name,
            answer.c.type == "SolutionCell",
        ),
    )
    return (
        _of(grade, api.Notebook.name, _CELL.c.name, *given, most, written)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(_CELL, grade.cell_id == _CELL.c.id)
        .outerjoin(graded, graded.c.id == grade.cell_id)
        .outerjoin(task, task.c.id == grade.cell_id)
        .order_by(api.Notebook.name, _CELL.c.name)
    )


def _penalties() -> Any:
    notebook = api.SubmittedNotebook
    return _owned(select(*_OWNER, notebook.late_submission_penalty).select_from(notebook))


def _comments() -> Any:
    return (
        _of(api.Comment, api.Notebook.name, _CELL.c.name, api.Comment.manual_comment)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(_CELL, api.Comment.cell_id == _CELL.c.id)
        .order_by(api.Notebook.name, _CELL.c.name)
    )


def _of(table: Any, *columns: Any) -> Any:
    """Select columns of what belongs to a notebook, behind its learner and assignment."""
    query = select(*_OWNER, *columns).select_from(table)
    notebook = api.SubmittedNotebook
    return _owned(query.join(notebook, table.notebook_id == notebook.id))


def _owned(query: Any) -> Any:
    submission = api.SubmittedAssignment
    return (
        query.join(submission, api.SubmittedNotebook.assignment_id == submission.id)
        .join(api.Assignment, submission.assignment_id == api.Assignment.id)
        .join(api.Student, submission.student_id == api.Student.id)
    )
