"""A record of completion: what it states, how that is signed, and whether it still is so."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from fourps.course.error import FourpsError
from fourps.course.source import Identifier, Strict, Text
from fourps.grading.certificate import signature

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KIND: signature.Kind = "fourps-record"
# what the signed line begins with, in page and PDF
MARK = signature.start(KIND)
# what nbgrader's own table has room for
LONGEST_ID = 128


# of a record: drawn at random, so that a public list of some tells nobody whose they are
Number = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Completed(Strict):
    """A module whose exercise was completed."""

    id: Identifier
    title: Text
    """The module."""
    way: Literal["practitioner", "information"]
    """Which way: see `fourps.grading.certificate.criteria`."""
    hours: Annotated[float, Field(gt=0, strict=False)]
    """Planned, not measured."""
    marked: Annotated[date, Field(strict=False)]
    """The day by which a person had marked the last written task."""


class Statement(signature.Signed):
    """What is signed."""

    number: Number
    """Of this record."""
    course: Text
    version: Text
    """The course and its version."""
    language: Text
    """Of the page."""
    issuer: Text
    """The organisation that issues the record, as its facilitator names it."""
    issued: Annotated[date, Field(strict=False)]
    """The day."""
    learner: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    """The id in the gradebook."""
    name: Annotated[str, Field(max_length=200)] = ""
    """Empty unless the facilitator gave it."""
    marker: Annotated[str, Field(min_length=1, max_length=200)]
    """Who marked the written tasks, as the facilitator says."""
    modules: Annotated[list[Completed], Field(min_length=1)]
    """What was completed."""
    whole: bool
    """Whether these are all modules of the course."""
    document: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the page or PDF that this stands in: see `digest`."""

    @property
    def hours(self) -> float:
        """Planned, of all modules together."""
        return sum(module.hours for module in self.modules)

    @property
    def marked(self) -> date:
        """The day by which a person had marked the last written task of all modules."""
        return max(module.marked for module in self.modules)

    @property
    def holder(self) -> str:
        """The name, or else the id."""
        return self.name or self.learner


def digest(before: bytes, after: bytes) -> str:
    """Return the SHA-256 of a document with only the beginning of its line in the line's place.

    Without that beginning a line could be moved to another place.
    """
    return hashlib.sha256(before + MARK + after).hexdigest()


_LARGEST = 20_000_000


class RecordFileError(FourpsError, ValueError):
    """A file that is no valid record; the message says why."""


def verify(data: bytes, key: Ed25519PublicKey) -> Statement:
    """Check a record: that its signature is of the key, and that the document is the signed one.

    Parameters
    ----------
    data
        A page, a PDF, or the signed line alone; from anybody.
    key
        The public key of whoever is said to have issued it.

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
        statement = signature.read(KIND, Statement, data[start:end], key)
    except signature.SignedTextError as error:
        raise RecordFileError(f"{error}.") from error
    around = (data[:start], data[end:])
    if any(around) and digest(*around) != statement.document:
        raise RecordFileError(
            "the page or PDF was changed after it was signed; only its signed line is as it was."
        )
    return statement
