"""Enter learners into the gradebook, so that nobody is forgotten."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from fourps.grading.nbgrader_commands import nbgrader
from fourps.whole_files import private_folder, write_private

if TYPE_CHECKING:
    from pathlib import Path


_MARKUP = str.maketrans({"<": "(", ">": ")", '"': "'"})


class Student(NamedTuple):
    """A learner.

    Attributes
    ----------
    learner
        The id.
    name, email
        Only where the facilitator wants them in the gradebook.
    """

    learner: str
    name: str = ""
    email: str = ""


def enter(course: Path, students: list[Student]) -> None:
    """Enter learners into the gradebook; those who are there already stay as they are.

    Parameters
    ----------
    course
        nbgrader's folder.
    students
        The learners, with names or without.
    """
    named = [one for one in students if one.name or one.email]
    bare = [one for one in students if not (one.name or one.email)]
    if not students:
        return
    with private_folder(course, "students") as folder:
        # a row with empty fields would take away names that are there
        for rows in (named, bare):
            if rows:
                path = folder.resolve() / "students.csv"
                write_private(path, _table(rows, named=rows is named))
                nbgrader(course, "db", "student", "import", str(path))


def _table(students: list[Student], *, named: bool) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["id", "first_name", "last_name", "email"] if named else ["id"])
    for one in students:
        first, _, last = inert_name(one.name).partition(" ")
        email = inert_name(one.email)
        table.writerow([one.learner, first, last, email] if named else [one.learner])
    return text.getvalue().encode()


def inert_name(name: str) -> str:
    """Return a name without what would be markup where the formgrader shows it as it stands.

    Examples
    --------
    >>> inert_name("Ada <img src=x onerror=a()>")
    'Ada (img src=x onerror=a())'
    """
    return name.translate(_MARKUP)
