"""Marks that people give: nbgrader's own, and the decisions that lead to them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader import api
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from nbseal.base.errors import UserError
from nbseal.base.from_outside import several, shown
from nbseal.gradebook import decisions, tables
from nbseal.gradebook.cells import CELL, graded_cells, of_submissions
from nbseal.gradebook.opening import released, require, usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nbseal.gradebook.decisions import Decision
    from nbseal.gradebook.locks import Patience
    from nbseal.gradebook.settings import CourseFolder

_ANSWERS = ("SolutionCell", "TaskCell")


class NoTaskError(UserError):
    """A cell that nobody marks by hand; the message says which are."""


class SameMarkerError(UserError):
    """Two people who marked under one name; the message says what to do."""


class Task(NamedTuple):
    """A cell that people mark."""

    assignment: str
    notebook: str
    cell: str
    """nbgrader's names."""
    most: float
    """Points that can be earned."""
    secret: str
    """Stays as long as the gradebook does, and can be read only with it."""

    @property
    def place(self) -> dict[str, str]:
        """Where the cell is, as columns of decisions."""
        return {"notebook": self.notebook, "cell": self.cell}


class Given(NamedTuple):
    """A score and a comment as nbgrader has them."""

    points: float | None
    comment: str


@dataclass(frozen=True)
class Answer:
    """What the gradebook has of a learner's answer to a task."""

    student: str
    grade: str
    """nbgrader's key."""
    auto: float | None
    """Points that nobody gave: 0 where nothing was written."""
    given: Given
    """By a person."""
    waits: bool
    """Whether nbgrader wants a person to look."""
    markers: Mapping[str, Decision]
    """What each marker decided."""

    @property
    def counts(self) -> Decision | None:
        """The decision that counts, if one does."""
        return decisions.counting(self.markers)

    @property
    def elsewhere(self) -> Given | None:
        """What was set in another program, such as the formgrader; None if nothing was."""
        counts = self.counts
        ours = Given(counts.points, counts.comment) if counts else Given(None, "")
        return None if self.given == ours else self.given

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, so that nbgrader gave 0 by itself."""
        return self.auto == 0 and self.given.points is None and not self.waits


class ByHand:
    """A gradebook in which people mark, also while others read and write it.

    Parameters
    ----------
    url
        nbgrader's ``db_url``.
    patience
        With which it waits for other programs.
    """

    def __init__(self, url: str, course: CourseFolder, patience: Patience) -> None:
        self._patience = patience
        with usable(url, course):
            require(url, course)
            self._engine = create_engine(url)
            patience.teach(self._engine)
            with self._engine.begin() as connection:
                tables.create(connection)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Keep all that the block does, or nothing of it."""
        with Session(self._engine) as session:
            yield session
            self._patience.keep(session)

    def close(self) -> None:
        """Leave the database."""
        self._engine.dispose()


def find_task(session: Session, assignment: str, name: str) -> Task:
    """Return the task that a person means.

    Parameters
    ----------
    assignment
        nbgrader's name.
    name
        Of a cell, or of a notebook and a cell: ``ps1/essay``.

    Raises
    ------
    NoTaskError
        If that is none, or may be several.
    """
    released(session, [assignment])
    written = [one for one in graded_cells(session)[assignment].values() if one.written]
    found = [one for one in written if name in (one.name, f"{one.notebook}/{one.name}")]
    if len(found) != 1:
        every = several((f"{one.notebook}/{one.name}" for one in written), 20)
        what = f"has several cells '{shown(name)}'" if found else f"has no '{shown(name)}'"
        raise NoTaskError(
            f"{assignment} {what} that a person marks. These are marked by hand: {every or 'none'}."
        )
    [one] = found
    key = select(api.Assignment.id).where(api.Assignment.name == assignment)
    secret = session.scalar(key) or ""
    return Task(assignment, one.notebook, one.name, one.most or 0.0, secret)


def answers(session: Session, task: Task, student: str = "") -> list[Answer]:
    """Return the answers that were handed in and graded, by learner.

    Parameters
    ----------
    student
        Whose alone.
    """
    columns = task.place | ({"student": student} if student else {})
    rows = decisions.rows(session.connection(), task.assignment, **columns)
    markers = {text[0]: one for text, one in decisions.standing(rows).items()}
    comments = {
        row.student_id: row.manual_comment or "" for row in _comments(session, task, student)
    }
    found = []
    for row in _grades(session, task, student):
        given = Given(row.manual_score, comments.get(row.student_id, ""))
        mine = markers.get(row.student_id, {})
        about = (row.student_id, row.id, row.auto_score, given, row.needs_manual_grade)
        found.append(Answer(*about, mine))
    return found


def decide(
    session: Session, task: Task, before: Answer, decision: Decision, *, over: bool = False
) -> Answer:
    """Add a decision, and give nbgrader the score and the comment that follow.

    Parameters
    ----------
    before
        The answer, as it is in the same transaction.
    over
        Whether what was set elsewhere is replaced, which somebody has to have said.

    Returns
    -------
    Answer
        As it is by then.
    """
    decisions.add(session.connection(), decision)
    [after] = answers(session, task, before.student)
    return after if before.elsewhere and not over else _give(session, task, after)


def take_over(session: Session, task: Task, rows: Iterable[Decision]) -> int:
    """Add the decisions that a copy of the gradebook has and this one lacks; return their number.

    Parameters
    ----------
    rows
        All of the copy over this task, in their order.

    Raises
    ------
    SameMarkerError
        If somebody of one name has marked in both since the copy was made.
    """
    mine = decisions.rows(session.connection(), task.assignment, **task.place)
    known = {_known_by(row): row.id for row in mine}
    theirs = [*rows]
    new = [row for row in theirs if _known_by(row) not in known]
    there = {*map(_known_by, theirs)}
    ours = {row.marker for row in mine if _known_by(row) not in there}
    if both := sorted(ours & {row.marker for row in new}):
        raise SameMarkerError(
            f"In both gradebooks {several(both)} has marked since the copy was made. Nothing was "
            "taken over: two people need two names (--marker)."
        )
    here = {answer.student: answer for answer in answers(session, task)}
    ids = {row.id: known.get(_known_by(row)) for row in theirs}
    taken = [row for row in new if row.student in here]
    for row in taken:
        undoes = None if row.undoes is None else ids[row.undoes]
        made = decisions.add(session.connection(), replace(row, undoes=undoes), row.at)
        ids[row.id] = made.id
    for student in {row.student for row in taken}:
        if not here[student].elsewhere:
            [after] = answers(session, task, student)
            _give(session, task, after)
    return len(taken)


def _known_by(row: Decision) -> tuple[object, ...]:
    """Return by what a decision is known in a copy, whose ids may be others."""
    return row.marker, row.student, row.kind, row.text_hash, row.at


def _give(session: Session, task: Task, answer: Answer) -> Answer:
    counts = answer.counts
    grade = session.get_one(api.Grade, answer.grade)
    grade.manual_score = counts.points if counts else None
    # where nothing counts any more, a score of nbgrader's own stands as before
    waits = counts is None and (bool(answer.markers) or answer.auto is None)
    grade.needs_manual_grade = waits
    text = (counts.comment if counts else "") or None
    comment = session.scalar(_comment(task, grade.notebook_id))
    if comment is None and text:
        cell = session.scalar(_cell(task))
        comment = api.Comment(cell_id=cell, notebook_id=grade.notebook_id)
        session.add(comment)
    if comment is not None:
        comment.manual_comment = text
    session.flush()
    return replace(answer, given=Given(grade.manual_score, text or ""), waits=waits)


def _cell(task: Task) -> Any:
    """Select the cell to which comments are written."""
    return (
        select(CELL.c.id)
        .join(api.Notebook, CELL.c.notebook_id == api.Notebook.id)
        .join(api.Assignment, api.Notebook.assignment_id == api.Assignment.id)
        .where(
            api.Assignment.name == task.assignment,
            api.Notebook.name == task.notebook,
            CELL.c.name == task.cell,
            CELL.c.type.in_(_ANSWERS),
        )
    )


def _comment(task: Task, notebook: str) -> Any:
    return select(api.Comment).where(
        api.Comment.notebook_id == notebook, api.Comment.cell_id.in_(_cell(task))
    )


def _comments(session: Session, task: Task, student: str) -> Any:
    query = of_submissions(api.Comment, api.Comment.manual_comment)
    return session.execute(_of(student, query.where(api.Comment.cell_id.in_(_cell(task)))))


def _of(student: str, query: Any) -> Any:
    return query.where(api.SubmittedAssignment.student_id == student) if student else query


def _grades(session: Session, task: Task, student: str) -> Any:
    grade = api.Grade
    columns = (grade.id, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
    query = (
        of_submissions(grade, *columns)
        .join(CELL, grade.cell_id == CELL.c.id)
        .join(api.Notebook, CELL.c.notebook_id == api.Notebook.id)
        .where(
            api.Assignment.name == task.assignment,
            api.Notebook.name == task.notebook,
            CELL.c.name == task.cell,
        )
        .order_by(api.SubmittedAssignment.student_id)
    )
    return session.execute(_of(student, query))
