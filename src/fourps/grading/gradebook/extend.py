"""Give a learner more time for an assignment, before or after the hand-in."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from nbgrader.api import MissingEntry
from nbseal.base.errors import UserError

from fourps.grading import clock
from fourps.grading.gradebook import our_tables
from fourps.grading.gradebook.lock import one_at_a_time
from fourps.grading.gradebook.opening import gradebook, released

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fourps.grading.gradebook.settings import CourseFolder


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
                f"{assignment} has no due date, so nobody is late. Give it one: fourps grade "
                f'release {assignment} --due "2026-12-01 17:00"'
            )
        try:
            submission = book.find_submission(assignment, learner)
        except MissingEntry:
            _keep(book.db.connection(), assignment, learner, days)
            book.db.commit()
            known = {one.id for one in book.students}
            who = "" if learner in known else f" {learner} is not in the gradebook yet."
            what = f"It is kept for what {learner} hands in.{who}"
        else:
            _keep(book.db.connection(), assignment, learner, 0)
            submission.extension = timedelta(days=days) if days else None
            book.db.commit()
            what = f"Run fourps grade run {assignment}: it works out again what lateness takes off."
        until = clock.written(due.replace(tzinfo=UTC) + timedelta(days=days))
        return f"{learner}: {assignment} until {until}. {what}"


def _keep(connection: Connection, assignment: str, learner: str, days: float) -> None:
    """Keep an extension in place of an earlier one; of no days there is nothing to keep."""
    our_tables.EXTENSION.create(connection, checkfirst=True)
    names = {"assignment": assignment, "student": learner}
    if days:
        our_tables.put(connection, our_tables.EXTENSION, **names, days=days)
    else:
        our_tables.forget(connection, our_tables.EXTENSION, **names)
