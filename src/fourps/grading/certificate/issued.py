"""Which records were signed with a key, so that they can be revoked by learner."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from nbseal.base.errors import UserError
from nbseal.base.whole_files import in_turn, write_private
from pydantic import Field, TypeAdapter, ValidationError

from fourps.course.source import Strict
from fourps.grading.certificate import revoked
from fourps.grading.certificate.revoked import Revoked, RevokedList
from fourps.grading.certificate.statement import LONGEST_ID, Number, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE = "issued.json"


class RevokeError(UserError):
    """Nothing can be revoked; the message says what to do."""


class _Issued(Strict):
    number: Number
    learner: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    day: Annotated[date, Field(strict=False)]


_ALL = TypeAdapter(list[_Issued])


def note(folder: Path, statement: Statement) -> None:
    """Note a record before it is written, so that none is out that cannot be revoked."""
    mine = _Issued(number=statement.number, learner=statement.learner, day=statement.issued)
    with in_turn(folder):
        write_private(folder / FILE, _ALL.dump_json([*_read(folder), mine], indent=1))


def revoke(
    folder: Path, key: Ed25519PrivateKey, who: Iterable[str], reason: str, now: datetime
) -> RevokedList:
    """Revoke records, all of a learner or one by its number, and return the new list.

    Parameters
    ----------
    folder
        Of the key, with the list that was published last.
    key
        The private key.
    who
        Learners and numbers of records; none signs the list again, with a new date.
    reason
        For everybody to read.
    now
        The time.

    Raises
    ------
    RevokeError
        If the list is missing, nobody has such a record, or a reason is missing.
    """
    asked, why = list(who), " ".join(reason.split())
    if asked and not why:
        raise RevokeError("Say why, for everybody who reads the list: --reason TEXT.")
    with in_turn(folder):
        return _revoke(folder, key, asked, why, now)


def _revoke(
    folder: Path, key: Ed25519PrivateKey, asked: list[str], why: str, now: datetime
) -> RevokedList:
    path = folder / revoked.FILE
    if not path.exists():
        raise RevokeError(
            f"{path} is missing. Put back the list that you published last: one that begins anew "
            "would take back what was revoked."
        )
    before = revoked.read(path, key.public_key())
    issued = _read(folder)
    numbers = [number for one in asked for number in _numbers(one, issued)]
    known = {one.number for one in before.records}
    new = [
        Revoked(number=number, day=now.date(), reason=why)
        for number in dict.fromkeys(numbers)
        if number not in known
    ]
    return revoked.publish(path, [*before.records, *new], key, now, before.number + 1)


def _numbers(who: str, issued: list[_Issued]) -> list[str]:
    found = [one.number for one in issued if who in (one.number, one.learner)]
    if not found:
        raise RevokeError(
            f"No record of '{who}', nor one of that number, was signed with this key."
        )
    return found


def _read(folder: Path) -> list[_Issued]:
    path = folder / FILE
    try:
        return _ALL.validate_json(path.read_bytes()) if path.exists() else []
    except ValidationError as error:
        raise RevokeError(f"{path} is damaged. Put it back from a copy.") from error
