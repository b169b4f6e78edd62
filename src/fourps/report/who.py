"""Who a pseudonym is, and what a person is called elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fourps.grading.gradebook import snapshot
from fourps.grading.gradebook.settings import CourseFolder, settings
from fourps.grading.moodle.learners import Learners
from fourps.grading.moodle.worksheet import Worksheet
from fourps.report.pseudonyms import known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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


def who(course: CourseFolder, asked: str, worksheets: Iterable[Path] = ()) -> list[Identity]:
    """Find everybody who is called so by a pseudonym, an id, a name or an e-mail address.

    Parameters
    ----------
    asked
        What is known of the person.
    worksheets
        Moodle's grading worksheets. The id that was made from somebody's e-mail address leads back
        to no name without one, since the gradebook has names only where they were asked for.
    """
    pseudonyms = known(course)
    names = snapshot.read(settings(course).db_url, course).learners
    people = {
        one: Identity(one, pseudonyms.get(one, ""), names.get(one, ""))
        for one in sorted({*names, *pseudonyms})
    }
    for path in worksheets:
        learners = Learners(course)
        for line in Worksheet(path).people:
            ids = learners.ids(line)
            # somebody who handed in nothing is called by the best id
            learner = next((one for one in ids if one in people), ids[0])
            one = people.setdefault(learner, Identity(learner))
            one.name, one.email = line.name or one.name, line.email or one.email
            one.also = (*one.also, *(other for other in ids if other != learner))
    return [one for one in people.values() if one.is_called(asked)]
