"""The marks of a gradebook: what each learner has, and what still waits for a person."""

from __future__ import annotations

import math
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader import api
from sqlalchemy import exists, func, make_url, or_, select
from sqlalchemy.exc import SQLAlchemyError

from fourps.grading.run.backup import newest
from fourps.grading.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import URL
    from sqlalchemy.orm import Session

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


class NoGradebookError(Exception):
    """A gradebook that is not there yet, or cannot be used; the message says what to do."""


def shown(url: URL) -> str:
    """Return a gradebook's address without its password, which may stand in the query too.

    Examples
    --------
    >>> shown(make_url("postgresql://ada:secret@host/d?password=secret"))
    'postgresql://ada:***@host/d'
    """
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def usable(address: str, course: Path) -> Iterator[None]:
    """Say in a sentence what is wrong with a gradebook, and none of its passwords.

    Parameters
    ----------
    address
        nbgrader's ``db_url``.
    course
        nbgrader's folder.

    Raises
    ------
    NoGradebookError
        If its driver is missing, or the database refuses.
    """
    where = shown(make_url(address))
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
        cause = getattr(error, "orig", error)
        said = f"The gradebook {where} cannot be read: {' '.join(str(cause).split())}"
        copy = newest(course)
        # the kinds below it are of a full disk, say, and of a file that another program holds
        if copy and type(cause) is sqlite3.DatabaseError:
            said = f"{said}. If it is damaged: {_put_back(copy, course)}"
        raise NoGradebookError(said) from error


def missing(place: str, course: Path) -> str:
    """Return what to do about a gradebook that is not there.

    Parameters
    ----------
    place
        Where it should be.
    course
        nbgrader's folder.
    """
    copy = newest(course)
    if copy is None:
        return (
            f"There is no gradebook {place} yet. Release an assignment first, with fourps grade "
            "release or nbgrader generate_assignment."
        )
    return (
        f"There is no gradebook {place}. If it was lost: {_put_back(copy, course)} Without a copy "
        "all marks given by hand are gone, and you begin with fourps grade release."
    )


def _put_back(copy: Path, course: Path) -> str:
    return (
        f"its newest copy is {copy}. Copy that to the gradebook's place, and delete "
        f"{course / 'autograded'}, which fourps grade run makes again."
    )


def require(address: str, course: Path) -> None:
    """Refuse a gradebook that is a file, and is not there or empty: what opens it would make one.

    Parameters
    ----------
    address
        nbgrader's ``db_url``.
    course
        nbgrader's folder.

    Raises
    ------
    NoGradebookError
        If it is lost.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        place = Path(url.database or "")
        if not place.is_file() or not place.stat().st_size:
            raise NoGradebookError(missing(url.database or "", course))


class UnknownAssignmentError(Exception):
    """An assignment that was not released; the message says which were."""


@contextmanager
def gradebook(course: Path) -> Iterator[api.Gradebook]:
    """Open the gradebook of a course.

    Parameters
    ----------
    course
        nbgrader's folder.

    Raises
    ------
    NoGradebookError
        If there is none, or it cannot be read.
    NoCourseError
        If the folder is no course.
    """
    known = settings(course)
    with usable(known.db_url, course):
        require(known.db_url, course)
        with api.Gradebook(known.db_url, known.course_id) as opened:
            yield opened


def released(session: Session, wanted: Iterable[str] = ()) -> list[str]:
    """Return the names of the assignments in a gradebook.

    Parameters
    ----------
    session
        With the gradebook.
    wanted
        Names that have to be among them.

    Raises
    ------
    UnknownAssignmentError
        If one of them is not.
    """
    known = sorted(session.scalars(select(api.Assignment.name)))
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise UnknownAssignmentError(
            f"{', '.join(unknown)} was not released. In the gradebook are: "
            f"{', '.join(known) or 'none'}."
        )
    return known


def is_number(value: object) -> bool:
    """Say whether it is a number or nothing; SQLite keeps anything in any column.

    Examples
    --------
    >>> is_number(1), is_number(None), is_number("1"), is_number(float("inf"))
    (True, True, False, False)
    """
    return value is None or (isinstance(value, int | float) and math.isfinite(value))


def read_marks(book: api.Gradebook, assignment: str = "") -> list[Marks]:
    """Read what was marked, by learner and assignment.

    Parameters
    ----------
    book
        The gradebook.
    assignment
        One assignment; by default all.

    Returns
    -------
    list of Marks
        One for each submission that was graded at all, in the order of assignments and learners.

    Raises
    ------
    UnknownAssignmentError
        If the assignment was not released.
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
