"""Who somebody of a platform is in the gradebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbseal.collect.enrolled_students import Students
from nbseal.collect.released_notebooks import ReleasedNotebooks
from nbseal.collect.remarks import Collection
from nbseal.collect.submissions import find
from nbseal.gradebook.settings import CourseFolder, settings
from nbseal.moodle.learners import Learners, key, pseudonym
from nbseal.moodle.worksheet import Worksheet

if TYPE_CHECKING:
    from pathlib import Path


class Persons:
    """Finds the id of whom a platform names.

    Whoever is in the gradebook or has handed in under that name has it as id, and whom Moodle's
    worksheet has by ID number or address has the id of that line. Everybody else has the pseudonym
    that is made from the name, as from an e-mail address.

    Parameters
    ----------
    course
        nbgrader's folder.
    worksheet
        Moodle's, if there is one.
    """

    def __init__(self, course: CourseFolder, worksheet: Path | None = None) -> None:
        self._key = key(course)
        place = settings(course)
        names = ReleasedNotebooks(place).names
        self._ids = {work.student for name in names for work in find(place, name)}
        self._ids |= Students(course, Collection()).enrolled
        self._known = {learner.casefold(): learner for learner in sorted(self._ids)}
        learners = Learners(course)
        for line in Worksheet(worksheet).people if worksheet else ():
            learner = learners.ids(line)[0]
            self._ids.add(learner)
            self._known |= {one.casefold(): learner for one in (line.person, line.email) if one}

    def learner(self, name: str) -> str:
        """Return the id of whom a platform calls so."""
        return self._known.get(name.casefold(), self.pseudonym(name))

    def pseudonym(self, name: str) -> str:
        """Return what the id is if nothing else is known of somebody."""
        return pseudonym(self._key, name.casefold())

    def is_known(self, learner: str) -> bool:
        """Say whether it is the id of somebody who is known apart from a platform."""
        return learner in self._ids
