"""Whose a file is: Moodle says it, or the name of its folder, or its own."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from anyascii import anyascii

from fourps.grading.moodle.learners import Learners, by_number
from fourps.grading.moodle.names import original, place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from fourps.grading.moodle.learners import Participant


class Owner(NamedTuple):
    """Whose a file is, as far as its path tells."""

    learner: str
    """The id; empty if the path does not give one."""
    vouched: bool = False
    """Whether Moodle says it, so that nothing in the file can say otherwise."""
    time: datetime | None = None
    """When Moodle took it, in UTC. Moodle's zip has no times of its own."""
    typed: bool = False
    """Whether it was typed into Moodle and is no file of the learner's."""
    called: str = ""
    """What the id was made from: the name of a file or folder, or Moodle's number."""
    outside: str = ""
    """Of a hand-in that says inside whose it is: the name of its file or folder, if that says the
    same."""
    inside: bool = False
    """Whether it is such a hand-in."""

    @property
    def names(self) -> set[str]:
        """The names that this is known by."""
        return {self.called, self.outside} - {""}


class Owners:
    """Finds the owner of each path.

    Parameters
    ----------
    course
        nbgrader's folder.
    people
        The lines of Moodle's worksheet, if there is one.
    """

    def __init__(self, course: Path, people: Iterable[Participant] = ()) -> None:
        self._people = {person.number: person for person in people}
        self._learners = Learners(course) if self._people else None

    def of(self, parts: tuple[str, ...]) -> Owner:
        """Return the owner of a path.

        Parameters
        ----------
        parts
            The path's parts, the first being what Moodle or the facilitator named.
        """
        found = place(parts)
        if not found:
            stem = re.sub(r"\.(zip|ipynb)$", "", parts[0], flags=re.IGNORECASE)
            called = parts[0] if len(parts) > 1 else original(stem)
            return Owner(identifier(called), called=unicodedata.normalize("NFC", called))
        person = self._people.get(found.participant)
        learner = self.learner(person) if person else by_number(found.participant)
        time = person.time if person else None
        called = f"Moodle's participant {found.participant}"
        return Owner(learner, vouched=True, time=time, typed=found.kind != "file", called=called)

    def others(self, learner: str) -> set[str]:
        """Return the ids of everybody else in the worksheet."""
        return {self.learner(person) for person in self._people.values()} - {learner}

    def learner(self, person: Participant) -> str:
        """Return the id of somebody in the worksheet."""
        return self._learners.ids(person)[0] if self._learners else by_number(person.number)


def identifier(name: str) -> str:
    """Return a name of a file or folder as an id can be, in Latin letters.

    Two names may come to one id: of these `made_from` keeps the first.

    Examples
    --------
    >>> identifier("Zoë Brown (2)"), identifier("Łukasz"), identifier("Наталья"), identifier("../")
    ('Zoe-Brown-2', 'Lukasz', 'Natalya', '')
    """
    letters = unicodedata.normalize("NFKC", name)
    # marks that a transcription has for letters without a sound of their own are no end of a word
    plain = "".join(
        one if one.isascii() else re.sub("['`\"]", "", anyascii(one)) for one in letters
    )
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-._")[:64].rstrip("-._")
