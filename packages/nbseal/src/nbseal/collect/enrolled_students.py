"""Learners who are to be in the gradebook, so that nobody is forgotten."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from nbseal.base.errors import refusal
from nbseal.base.handins import is_learner
from nbseal.base.whole_files import private_folder, write_private
from nbseal.gradebook.opening import NoGradebookError, gradebook
from nbseal.nbgrader_commands import NbgraderError, nbgrader

if TYPE_CHECKING:
    from pathlib import Path

    from nbseal.collect.remarks import Collection

# the formgrader shows names as they stand, with what would be markup
_MARKUP = str.maketrans({"<": "(", ">": ")", '"': "'"})


class Student(NamedTuple):
    """A learner."""

    learner: str
    """The id."""
    name: str = ""
    email: str = ""
    """Only where the facilitator wants them in the gradebook."""


@dataclass
class Students:
    """Who is to be in the gradebook after one run of collecting.

    Parameters
    ----------
    course
        nbgrader's folder.
    collection
        What was taken so far.
    """

    course: Path
    collection: Collection
    _students: dict[str, Student] = field(default_factory=dict)

    def add(self, learner: str, name: str = "", email: str = "") -> None:
        """Remember somebody."""
        if is_learner(learner):
            self._students.setdefault(learner, Student(learner, name, email))

    @cached_property
    def enrolled(self) -> set[str]:
        """Who is in the gradebook already."""
        try:
            with gradebook(self.course) as book:
                return {student.id for student in book.students}
        except NoGradebookError:
            return set()

    def enter(self) -> None:
        """Enter them; who has handed in is entered by nbgrader itself, unless with a name."""
        taken, every = self.collection.learners, self._students.values()
        students = [student for student in every if student.name or student.learner not in taken]
        try:
            enter(self.course, students)
        except (NbgraderError, OSError) as error:
            names = ", ".join(student.learner for student in students)
            why = refusal(error) if isinstance(error, OSError) else error
            self.collection.say(f"{names}: not entered into the gradebook. {why}")
            self.collection.left += len(students)


def enter(course: Path, students: list[Student]) -> None:
    """Enter learners into the gradebook; those who are there already stay as they are.

    Parameters
    ----------
    course
        nbgrader's folder.
    students
        The learners, with names or without.
    """
    if not students:
        return
    with private_folder(course, "students") as folder:
        path = folder.resolve() / "students.csv"
        # a row with empty fields would take away names that are there
        for named in (True, False):
            rows = [student for student in students if bool(student.name or student.email) is named]
            if rows:
                write_private(path, _table(rows, named=named))
                nbgrader(course, "db", "student", "import", str(path))


def _table(students: list[Student], *, named: bool) -> bytes:
    rows = [["id", "first_name", "last_name", "email"]]
    for student in students:
        first, _, last = student.name.translate(_MARKUP).partition(" ")
        rows.append([student.learner, first, last, student.email.translate(_MARKUP)])
    text = io.StringIO()
    csv.writer(text).writerows(row if named else row[:1] for row in rows)
    return text.getvalue().encode()
