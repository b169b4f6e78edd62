"""The signed list of revoked records, which is published beside the public key."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

from nbseal.base.errors import UserError
from nbseal.base.whole_files import write_whole
from pydantic import Field

from fourps.course.source import Strict, Text
from fourps.grading.certificate import signed_text
from fourps.grading.certificate.keys import fingerprint
from fourps.grading.certificate.statement import Number

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

FILE = "record-revoked.jws"
KIND: signed_text.Kind = "fourps-revoked"


class RevokedListError(UserError, ValueError):
    """A list that cannot be used; the message says why."""


class Revoked(Strict):
    """A record that no longer counts."""

    number: Number
    """Of the record. It says nothing about whose it is."""
    day: Annotated[date, Field(strict=False)]
    """When it was revoked."""
    reason: Text
    """For everybody to read."""


class RevokedList(signed_text.Signed):
    """All records that no longer count."""

    number: Annotated[int, Field(ge=1)]
    """1 for the first list of a key, and one more for each that follows."""
    signed: Annotated[datetime, Field(strict=False)]
    """When it was signed."""
    records: list[Revoked]
    """What was revoked until then."""

    def of(self, number: str) -> Revoked | None:
        """Return what is said about a record, if it was revoked."""
        return next((one for one in self.records if one.number == number), None)


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
    made = RevokedList(
        key=fingerprint(key.public_key()),
        number=number,
        signed=now.astimezone(UTC).replace(microsecond=0),
        records=records,
    )
    write_whole(path, signed_text.sign(KIND, made, key))
    return made


def read(path: Path, key: Ed25519PublicKey) -> RevokedList:
    """Read a list.

    Raises
    ------
    RevokedListError
        If the key did not sign it, or it was changed.
    """
    try:
        return signed_text.read(KIND, RevokedList, path.read_bytes(), key)
    except signed_text.SignedTextError as error:
        raise RevokedListError(f"{path} is no list of revoked records: {error}.") from error
