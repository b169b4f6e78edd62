"""What a record of completion states, and how that is signed."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cryptography.exceptions import InvalidSignature
from pydantic import Field, ValidationError

from fourps.course.source import Identifier, Strict, Text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

MARK = b'{"fourps-record":1,'
# what nbgrader's own table has room for
LONGEST_ID = 128
_LARGEST = 20_000_000
_HEX = r"^[0-9a-f]{64}$"


class RecordFileError(ValueError):
    """A file that is no valid record; the message says why."""


class Completed(Strict):
    """A module whose exercise was completed.

    Attributes
    ----------
    id, title
        The module.
    way
        Which way: see `fourps.grading.record.criteria`.
    hours
        Planned, not measured.
    """

    id: Identifier
    title: Text
    way: Literal["practitioner", "information"]
    hours: Annotated[float, Field(gt=0, strict=False)]


class Statement(Strict):
    """What is signed.

    Attributes
    ----------
    course, version
        The course and its version.
    language
        Of the page.
    issuer
        The organisation that issues the record, as its facilitator names it.
    issued
        The day.
    learner
        The id in the gradebook.
    name
        Empty unless the facilitator gave it.
    modules
        What was completed.
    whole
        Whether these are all modules of the course.
    key
        Fingerprint of the issuer's public key.
    document
        SHA-256 of the page or PDF that this stands in, without the line that it stands in.
    """

    course: Text
    version: Text
    language: Text
    issuer: Text
    issued: Annotated[date, Field(strict=False)]
    learner: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    name: Annotated[str, Field(max_length=200)] = ""
    modules: Annotated[list[Completed], Field(min_length=1)]
    whole: bool
    key: Annotated[str, Field(pattern=_HEX)]
    document: Annotated[str, Field(pattern=_HEX)]

    @property
    def hours(self) -> float:
        """Planned, of all modules together."""
        return sum(one.hours for one in self.modules)

    @property
    def holder(self) -> str:
        """The name, or else the id."""
        return self.name or self.learner

    @property
    def canonical(self) -> bytes:
        """The bytes that are signed: JSON with sorted keys and no spaces."""
        return _canonical(self.model_dump(mode="json"))


class _Envelope(Strict):
    statement: Statement
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


def sign(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return a statement with its signature, as one line.

    Parameters
    ----------
    statement
        What is stated.
    key
        The issuer's private key.
    """
    return _line(_Envelope(statement=statement, signature=key.sign(statement.canonical).hex()))


def _line(envelope: _Envelope) -> bytes:
    # in a page this stands inside an element
    inside = _canonical(envelope.model_dump(mode="json")).replace(b"<", b"\\u003c")
    return MARK + inside.removeprefix(b"{")


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of a document of which a line was left out."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def verify(data: bytes, key: Ed25519PublicKey, fingerprint: str) -> Statement:
    """Check a record: the signature, and that the document around it is the one that was signed.

    Parameters
    ----------
    data
        A page, a PDF, or the signed line alone; from anybody.
    key
        The public key of whoever is said to have issued it.
    fingerprint
        Of that key.

    Returns
    -------
    Statement
        What the holder of the key has signed.

    Raises
    ------
    RecordFileError
        If anything was changed, or another key signed it.
    """
    if len(data) > _LARGEST:
        raise RecordFileError("it is over 20 MB; no record is.")
    if data.count(MARK) != 1:
        raise RecordFileError("it is no record of completion: it holds no signed line, or several.")
    start = data.index(MARK)
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    try:
        inside = json.loads(b"{" + data[start + len(MARK) : end])
        envelope = _Envelope.model_validate_json(json.dumps(inside))
    except (ValueError, ValidationError, RecursionError) as error:
        raise RecordFileError("its signed line is damaged.") from error
    statement = envelope.statement
    try:
        key.verify(bytes.fromhex(envelope.signature), statement.canonical)
    except InvalidSignature as error:
        other = "" if statement.key == fingerprint else " It names another key than this one."
        raise RecordFileError(
            f"the signature is not of this key, or the record was changed.{other}"
        ) from error
    if data[start:end] != _line(envelope):
        # a reader of JSON passes over spaces and a key that comes twice, and a person may read both
        raise RecordFileError("its signed line is not written as it was signed.")
    around = (data[:start], data[end:])
    if b"".join(around).strip() and digest(*around) != statement.document:
        raise RecordFileError(
            "the page or PDF was changed after it was signed; only its signed line is as it was."
        )
    return statement


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
