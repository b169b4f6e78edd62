"""Who a person of Moodle's worksheet is in the gradebook: the same id in every exercise.

Where the worksheet has no ID number, the id is a pseudonym, which says nothing about the person.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.handins import LETTERS, is_learner
from nbseal.base.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

KEY_FILE = ".pseudonyms"
_BYTES = 32
_LENGTH = 10


class PseudonymKeyError(UserError, OSError):
    """A key that cannot be used, as a file that cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Participant:
    """A line of the worksheet."""

    row: int
    """Its number, from 0."""
    number: str
    """Moodle's number of this person in this assignment."""
    name: str
    email: str
    person: str
    """Full name, e-mail address and ID number; empty where the worksheet has none. An address or ID
    number is also empty if another line has it too, since it would make two people one."""
    time: datetime | None
    """When the work was handed in, in UTC; none if it was not, or cannot be read."""
    remark: str
    """What is wrong with that time."""


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

    def ids(self, participant: Participant) -> list[str]:
        """Return all ids that a person may have in the gradebook, the best first."""
        mail = participant.email.casefold()
        return [
            *([participant.person] if is_learner(participant.person) else []),
            *([pseudonym(self._key, mail)] if "@" in mail else []),
            by_number(participant.number),
        ]


def by_number(number: str) -> str:
    """Return the id of somebody of whom only Moodle's number is known.

    Examples
    --------
    >>> by_number("42")
    'p42'
    """
    return f"p{number}"


def key(course: Path) -> bytes:
    """Return the key of a course's pseudonyms; it is made at the first call.

    Parameters
    ----------
    course
        nbgrader's folder. Whoever has its file ``.pseudonyms`` can find out who is who, and
        without it the same people get other ids.

    Raises
    ------
    PseudonymKeyError
        If the file holds something else than a whole key.
    """
    path = course / KEY_FILE
    if not path.exists():
        with in_turn(course):
            # another process may have been first, and its ids are in use
            if not path.exists():
                write_private(path, f"{secrets.token_hex(_BYTES)}\n".encode())
    try:
        secret = bytes.fromhex(path.read_text("utf-8-sig"))
    except ValueError:
        secret = b""
    # with a short or empty key, whoever has a list of addresses could work out who is who
    if len(secret) != _BYTES:
        raise PseudonymKeyError(
            f"{path}:1: this is not the key of the pseudonyms, a line of {2 * _BYTES} hexadecimal "
            "digits. Put the file back from a copy. If there is none, delete it: people without an "
            "ID number then get new ids, and what they handed in before stays under the old ones."
        )
    return secret


def pseudonym(secret: bytes, person: str) -> str:
    """Return the id of a person.

    Parameters
    ----------
    secret
        The course's `key`.
    person
        What the person is known by elsewhere, such as an e-mail address.

    Examples
    --------
    >>> pseudonym(b"secret", "ada@example.org"), pseudonym(b"other", "ada@example.org")
    ('m-fmq2fqw32t', 'm-4m4jqjrccj')
    """
    number = int.from_bytes(hmac.digest(secret, person.encode(), "sha256"), "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "m-" + "".join(letters)
