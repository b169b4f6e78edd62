"""Names that say nothing about a learner, the same in each report."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.handins import pseudonym
from nbseal.base.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fourps.grading.gradebook.settings import CourseFolder

FILE = "pseudonyms.csv"
_HEAD = ["pseudonym", "learner"]
_LENGTH = 5


class PseudonymsError(UserError):
    """The file of pseudonyms cannot be used; the message says what to do."""


def pseudonyms(course: CourseFolder, learners: Iterable[str]) -> dict[str, str]:
    """Return a pseudonym for each id, drawn at random when the learner is first met.

    They are kept in the course's folder, in ``pseudonyms.csv``, which its owner alone can read: the
    facilitator looks up there whom a report means. Nothing but this file leads back, since a
    pseudonym is not computed from an id.

    Parameters
    ----------
    learners
        Their ids.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> course = Path(tempfile.mkdtemp())
    >>> first = pseudonyms(course, ["ada"])
    >>> pseudonyms(course, ["ben", "ada"])["ada"] == first["ada"]
    True
    """
    path = course / FILE
    # another report may be naming the same people
    with in_turn(course):
        names = known(course)
        new = [one for one in learners if one not in names]
        taken = set(names.values())
        for learner in new:
            while (name := pseudonym("p-", _LENGTH)) in taken:
                pass
            names[learner] = name
            taken.add(name)
        if new:
            _write(path, names)
    return names


def known(course: CourseFolder) -> dict[str, str]:
    """Return the pseudonyms that were drawn so far, by id."""
    path = course / FILE
    return _read(path) if path.exists() else {}


def _read(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    if rows[:1] != [_HEAD] or any(len(row) != len(_HEAD) for row in rows):
        raise PseudonymsError(
            f"{path} is damaged: its first line should be '{','.join(_HEAD)}', and each other line "
            "a pseudonym and an id. Put it back from a copy, or delete it: learners then get new "
            "pseudonyms."
        )
    return {learner: name for name, learner in rows[1:]}


def _write(path: Path, known: dict[str, str]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(sorted((name, learner) for learner, name in known.items()))
    write_private(path, stream.getvalue().encode())
