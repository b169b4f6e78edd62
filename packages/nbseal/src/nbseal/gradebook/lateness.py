"""Lateness: what it takes off by now, and giving a learner more time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import func, or_, select

from nbseal import clock
from nbseal.base.errors import UserError
from nbseal.base.profile import profile, typed
from nbseal.gradebook import tables
from nbseal.gradebook.locks import one_at_a_time
from nbseal.gradebook.opening import gradebook, learners, released

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from nbseal.gradebook.settings import CourseFolder


class Late(NamedTuple):
    """A notebook that is late, or was when it was graded."""

    student: str
    notebook: str
    """nbgrader's names."""
    seconds: float
    """How late, after the extension."""
    score: float
    """What was earned."""
    penalty: float | None
    """What was taken off; None if nothing was."""


def read(session: Session, assignment: str, waiting: Mapping[str, timedelta]) -> list[Late]:
    """Return the late notebooks of an assignment, in one statement.

    Parameters
    ----------
    session
        With the gradebook.
    assignment
        nbgrader's name of it.
    waiting
        Extensions that do not stand with their submissions yet, by learner.
    """
    mine, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    score = func.coalesce(func.sum(api.Grade.score), 0.0)
    about = (mine.student_id, mine.timestamp, mine.extension, api.Assignment.duedate)
    query = (
        select(*about, api.Notebook.name, notebook.late_submission_penalty, score)
        .select_from(notebook)
        .join(mine, notebook.assignment_id == mine.id)
        .join(api.Assignment, mine.assignment_id == api.Assignment.id)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .outerjoin(api.Grade, api.Grade.notebook_id == notebook.id)
        .where(
            api.Assignment.name == assignment,
            or_(
                mine.timestamp > api.Assignment.duedate,
                mine.extension.is_not(None),
                notebook.late_submission_penalty.is_not(None),
            ),
        )
        .group_by(notebook.id, *about, api.Notebook.name, notebook.late_submission_penalty)
    )
    return [
        Late(student, name, _seconds(at, due, waiting.get(student, more)), earned, penalty)
        for student, at, more, due, name, penalty, earned in session.execute(query)
    ]


def last_moment(session: Session, assignment: str) -> datetime | None:
    """Return until when anybody can hand in, with all extensions; None without a due date.

    Parameters
    ----------
    session
        With the gradebook.
    assignment
        nbgrader's name of it.
    """
    mine = api.SubmittedAssignment
    query = (
        select(api.Assignment.duedate, mine.extension)
        .outerjoin(mine, mine.assignment_id == api.Assignment.id)
        .where(api.Assignment.name == assignment)
    )
    rows = session.execute(query).all()
    due: datetime | None = rows[0][0] if rows else None
    if due is None:
        return None
    kept = tables.rows(session.connection(), tables.EXTENSION, assignment=assignment)
    waiting = (timedelta(days=row.days) for row in kept)
    more = max((*(extension for _, extension in rows if extension), *waiting), default=timedelta())
    return (due + max(more, timedelta())).replace(tzinfo=UTC)


def penalty(step: Any, late: Late, assignment: str, book: api.Gradebook) -> float | None:
    """Return what a course's step would take off, without having it write anything.

    Parameters
    ----------
    step
        nbgrader's `AssignLatePenalties`, as the course configures it.
    late
        A notebook.
    assignment
        nbgrader's name of it.
    book
        The gradebook.
    """
    if late.seconds <= 0:
        return None
    # what the step itself sets before it asks the course's plugin
    step.gradebook, step.assignment_id = book, assignment
    step.student_id, step.notebook_id = late.student, late.notebook
    step.init_plugin()
    taken = step.plugin_inst.late_submission_penalty(late.student, late.score, late.seconds)
    if taken is None:
        return None
    kept: float = step._check_late_penalty(SimpleNamespace(score=late.score), taken)  # noqa: SLF001 - there is no other way
    return kept


def usual(step: Any) -> bool:
    """Say whether a step of a course is nbgrader's for lateness, or does as it does."""
    return getattr(step, "preprocess", None) is AssignLatePenalties.preprocess


def _seconds(at: Any, due: Any, more: timedelta | None) -> float:
    if at is None or due is None:
        return 0.0
    late: timedelta = at - due - more if more else at - due
    return max(0.0, late.total_seconds())


class ExtendError(UserError):
    """An extension that would mean nothing; the message says what to do."""


def extend(course: CourseFolder, learner: str, assignment: str, days: float) -> str:
    """Give a learner more time than before; say until when, and what is to be done.

    Parameters
    ----------
    learner, assignment
        Their names in nbgrader. The learner need not be in the gradebook yet.
    days
        Counted from the due date; 0 takes the extension away.

    Raises
    ------
    ExtendError
        If the assignment has no due date.
    """
    with gradebook(course) as book, one_at_a_time(course):
        released(book.db, [assignment])
        due = book.find_assignment(assignment).duedate
        if due is None:
            raise ExtendError(
                f"{assignment} has no due date, so nobody is late. Give it one: "
                f"{profile().due.format(assignment=assignment)}"
            )
        try:
            submission = book.find_submission(assignment, learner)
        except api.MissingEntry:
            kept = days
            who = "" if learner in learners(book.db) else f" {learner} is not in the gradebook yet."
            what = f"It is kept for what {learner} hands in.{who}"
        else:
            kept = 0.0
            submission.extension = timedelta(days=days) if days else None
            run = typed(f"run {assignment}")
            what = f"Run {run}: it works out again what lateness takes off."
        _keep(book.db.connection(), assignment, learner, kept)
        book.db.commit()
        until = clock.written(due.replace(tzinfo=UTC) + timedelta(days=days))
        return f"{learner}: {assignment} until {until}. {what}"


def _keep(connection: Connection, assignment: str, learner: str, days: float) -> None:
    """Keep an extension in place of an earlier one; of no days there is nothing to keep."""
    tables.EXTENSION.create(connection, checkfirst=True)
    names = {"assignment": assignment, "student": learner}
    tables.forget(connection, tables.EXTENSION, **names)
    if days:
        tables.put(connection, tables.EXTENSION, **names, days=days)
