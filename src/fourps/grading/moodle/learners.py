"""Which learner of the gradebook a line of Moodle's worksheet is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.grading.moodle.stable_ids import key, pseudonym
from fourps.handin.handin_file import is_learner

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.grading.moodle.participant import Participant


class Learners:
    """The ids of the people of a worksheet.

    A person is known by the ID number if there is one that can be an id, or else by a pseudonym
    made from the e-mail address: both stay the same in every assignment. Moodle's own number,
    ``p123456``, differs from one assignment to the next, and is only used where there is nothing
    else.

    Parameters
    ----------
    course
        nbgrader's folder, which holds the key of the pseudonyms.
    """

    def __init__(self, course: Path) -> None:
        self._key = key(course)

    def ids(self, one: Participant) -> list[str]:
        """Return all ids that a person may have in the gradebook, the best first."""
        mail = one.email.casefold()
        return [
            *([one.person] if is_learner(one.person) else []),
            *([pseudonym(self._key, mail)] if "@" in mail else []),
            by_number(one.number),
        ]


def by_number(participant: str) -> str:
    """Return the id of somebody of whom only Moodle's number is known.

    Examples
    --------
    >>> by_number("42")
    'p42'
    """
    return f"p{participant}"
