"""Which records were signed, and the signed list of those that no longer count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, TypeAdapter, ValidationError

from fourps.course.source import Strict, Text
from fourps.grading.certificate import signature
from fourps.grading.certificate.record import LONGEST_ID, Number, Statement
from nbseal.base.errors import UserError
from nbseal.base.whole_files import in_turn, write_private, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

# which is published beside the public key
LIST = "record-revoked.jws"
ISSUED = "issued.json"
KIND: signature.Kind = "fourps-revoked"


class RevokedListError(UserError, ValueError):
    """A list that cannot be used; the message says why."""


class RevokeError(UserError):
    """Nothing can be revoked; the message says what to do."""


class Revoked(Strict):
    """A record that no longer counts."""

    number: Number
    """Of the record. It says nothing about whose it is."""
    day: Annotated[date, Field(strict=False)]
    """When it was revoked."""
    reason: Text
    """For everybody to read."""


class RevokedList(signature.Signed):
    """All records that no longer count."""

    number: Annotated[int, Field(ge=1)]
    """1 for the first list of a key, and one more for each that follows."""
    signed: Annotated[datetime, Field(strict=False)]
    """When it was signed."""
    records: list[Revoked]
    """What was revoked until then."""

    def of(self, number: str) -> Revoked | None:
        """Return what is said about a record, if it was revoked."""
        return next((revoked for revoked in self.records if revoked.number == number), None)


class _Issued(Strict):
    number: Number
    learner: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    day: Annotated[date, Field(strict=False)]


_ALL = TypeAdapter(list[_Issued])


def publish(
    path: Path, records: list[Revoked], key: Ed25519PrivateKey, now: datetime, number: int = 1
) -> RevokedList:
    """Sign a list and write it.

    Parameters
    ----------
    path
        Where it is written.
    records
        All that were revoked.
    key
        The issuer's private key.
    now
        The time.
    number
        Of the list.
    """
    revoked = RevokedList(
        key=signature.fingerprint(key.public_key()),
        number=number,
        signed=now.astimezone(UTC).replace(microsecond=0),
        records=records,
    )
    write_whole(path, signature.sign(KIND, revoked, key))
    return revoked


def read_list(path: Path, key: Ed25519PublicKey) -> RevokedList:
    """Read a list.

    Raises
    ------
    RevokedListError
        If the key did not sign it, or it was changed.
    """
    try:
        return signature.read(KIND, RevokedList, path.read_bytes(), key)
    except signature.SignedTextError as error:
        raise RevokedListError(f"{path} is no list of revoked records: {error}.") from error


def note(folder: Path, statement: Statement) -> None:
    """Note a record before it is written, so that none is out that cannot be revoked."""
    record = _Issued(number=statement.number, learner=statement.learner, day=statement.issued)
    with in_turn(folder):
        write_private(folder / ISSUED, _ALL.dump_json([*_issued(folder), record], indent=1))


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
        path = folder / LIST
        if not path.exists():
            raise RevokeError(
                f"{path} is missing. Put back the list that you published last: one that begins "
                "anew would take back what was revoked."
            )
        before = read_list(path, key.public_key())
        issued = _issued(folder)
        numbers = dict.fromkeys(number for name in asked for number in _numbers(name, issued))
        new = [
            Revoked(number=number, day=now.date(), reason=why)
            for number in numbers
            if not before.of(number)
        ]
        return publish(path, [*before.records, *new], key, now, before.number + 1)


def _numbers(who: str, issued: list[_Issued]) -> list[str]:
    numbers = [record.number for record in issued if who in (record.number, record.learner)]
    if not numbers:
        raise RevokeError(
            f"No record of '{who}', nor one of that number, was signed with this key."
        )
    return numbers


def _issued(folder: Path) -> list[_Issued]:
    path = folder / ISSUED
    try:
        return _ALL.validate_json(path.read_bytes()) if path.exists() else []
    except ValidationError as error:
        raise RevokeError(f"{path} is damaged. Put it back from a copy.") from error
