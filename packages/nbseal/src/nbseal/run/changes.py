"""The changes of a run of which somebody may know: marks, feedback, certificates."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.profile import profile
from nbseal.base.spreadsheet import table
from nbseal.base.whole_files import write_private
from nbseal.giveback.feedback_zips import withdraw
from nbseal.gradebook import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

    from nbseal.gradebook.marks import MovedMark
    from nbseal.gradebook.session import RunGradebook


@dataclass
class Told:
    """What a facilitator is told at the end of a run."""

    moved: list[MovedMark] = field(default_factory=list)
    """Marks that are others than before."""
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    """Assignment and learner of feedback that was taken away, since it said something else."""
    certificates: list[Path] = field(default_factory=list)
    """Of learners whose marks moved."""
    table: Path | None = None
    """Where all marks stand that ever moved; None if none did."""


class Changes:
    """The changes of one run.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    gradebook
        In place.
    """

    def __init__(self, course: CourseDirectory, gradebook: RunGradebook) -> None:
        self._course = course
        self._gradebook = gradebook
        self._told = Told()

    @contextlib.contextmanager
    def noted(self, assignment: str, student: str, *, other: bool) -> Iterator[None]:
        """Note what the block changes, in its transaction.

        Parameters
        ----------
        assignment, student
            nbgrader's names of what was graded before.
        other
            Whether other work was handed in, so that feedback is of no use whatever the marks are.
        """
        session = self._gradebook.session
        before = marks.points_of(session, assignment, student)
        yield
        session.flush()
        after = marks.points_of(session, assignment, student)
        changed = marks.note_moved(session.connection(), assignment, student, before, after)
        # before the marks are kept: after a crash there is rather no feedback than an old one
        if (changed or other) and withdraw(self._course, assignment, student):
            self._told.withdrawn.append((assignment, student))

    def tell(self) -> Told:
        """Return what is to be told, also of a run that was killed before it could."""
        told, place = self._told, Path(self._course.root)
        with self._gradebook.transaction():
            connection = self._gradebook.session.connection()
            told.moved = marks.read_moved(connection, told=False)
            if told.moved:
                told.table = place / marks.MOVED_FILE
                every = marks.read_moved(connection, told=True)
                write_private(told.table, table(marks.moved_rows(every)))
                marks.moved_are_told(connection)
        told.certificates = [*profile().certificates(place, {mark.student for mark in told.moved})]
        return told
