"""Ids that say nothing about a person and stay the same from one exercise to the next."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from fourps.course.error import FourpsError
from fourps.handin.ids import LETTERS
from fourps.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from pathlib import Path

FILE = ".pseudonyms"
_BYTES = 32
_LENGTH = 10


class PseudonymKeyError(FourpsError, OSError):
    """A key that cannot be used, as a file that cannot be read; the message says what to do."""


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
    path = course / FILE
    if not path.exists():
        with in_turn(course):
            # another process may have been first, and its ids are in use
            if not path.exists():
                write_private(path, f"{secrets.token_hex(_BYTES)}\n".encode())
    try:
        found = bytes.fromhex(path.read_text("utf-8-sig"))
    except ValueError:
        found = b""
    # with a short or empty key, whoever has a list of addresses could work out who is who
    if len(found) != _BYTES:
        raise PseudonymKeyError(
            f"{path}:1: this is not the key of the pseudonyms, a line of {2 * _BYTES} hexadecimal "
            "digits. Put the file back from a copy. If there is none, delete it: people without an "
            "ID number then get new ids, and what they handed in before stays under the old ones."
        )
    return found


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
