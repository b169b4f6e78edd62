"""Names that say nothing about a learner, the same in each report, and who they are."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.handins import pseudonym
from nbseal.base.whole_files import in_turn, write_private
from nbseal.collect.exports import rows
from nbseal.collect.persons import Persons
from nbseal.gradebook import snapshot
from nbseal.gradebook.settings import CourseFolder, settings
from nbseal.moodle.learners import Learners
from nbseal.moodle.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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
        new = [learner for learner in learners if learner not in names]
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
    if not path.exists():
        return {}
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


@dataclass
class Identity:
    """All that a course's folder and worksheets call one person."""

    learner: str
    """nbgrader's id."""
    pseudonym: str = ""
    """What reports say; empty if no report was made since the learner came."""
    name: str = ""
    email: str = ""
    """Like the name, empty where it is not known."""
    also: tuple[str, ...] = ()
    """Other ids that the person may have, such as Moodle's number in one assignment."""

    def is_called(self, asked: str) -> bool:
        """Say whether this is what one of the names is.

        Examples
        --------
        >>> Identity("m-39n2b8np3h", "p-2qfgw", "Ada Lovelace").is_called("ada lovelace")
        True
        """
        names = (self.learner, self.pseudonym, self.name, self.email, *self.also)
        return asked.casefold() in [name.casefold() for name in names if name]


def who(
    course: CourseFolder,
    asked: str,
    worksheets: Iterable[Path] = (),
    exports: Iterable[Path] = (),
    column: str = "",
) -> list[Identity]:
    """Find everybody who is called so by a pseudonym, an id, a name or an e-mail address.

    Parameters
    ----------
    asked
        What is known of the person.
    worksheets
        Moodle's grading worksheets. The id that was made from somebody's e-mail address leads back
        to no name without one, since the gradebook has names only where they were asked for.
    exports, column
        What platforms exported, and which column names people there: likewise, of ids that were
        made from these names.
    """
    pseudonyms = known(course)
    names = snapshot.read(settings(course).db_url, course).learners
    people = {
        learner: Identity(learner, pseudonyms.get(learner, ""), names.get(learner, ""))
        for learner in sorted({*names, *pseudonyms})
    }
    for path in worksheets:
        learners = Learners(course)
        for line in Worksheet(path).people:
            ids = learners.ids(line)
            # somebody who handed in nothing is called by the best id
            learner = next((name for name in ids if name in people), ids[0])
            person = people.setdefault(learner, Identity(learner))
            person.name, person.email = line.name or person.name, line.email or person.email
            person.also = (*person.also, *(other for other in ids if other != learner))
    for path in exports:
        persons = Persons(course)
        for name in {row.person: None for row in rows(path, column) if row.person}:
            learner = persons.learner(name)
            person = people.setdefault(learner, Identity(learner))
            person.also = (*person.also, name)
    return [person for person in people.values() if person.is_called(asked)]
