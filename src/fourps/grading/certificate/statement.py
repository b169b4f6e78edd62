"""What a record of completion states, and how that is signed."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from fourps.course.source import Identifier, Strict, Text
from fourps.grading.certificate import signed_text

KIND: signed_text.Kind = "fourps-record"
# what the signed line begins with, in page and PDF
MARK = signed_text.start(KIND)
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


class Statement(signed_text.Signed):
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
        return sum(one.hours for one in self.modules)

    @property
    def marked(self) -> date:
        """The day by which a person had marked the last written task of all modules."""
        return max(one.marked for one in self.modules)

    @property
    def holder(self) -> str:
        """The name, or else the id."""
        return self.name or self.learner


def digest(before: bytes, after: bytes) -> str:
    """Return the SHA-256 of a document with only the beginning of its line in the line's place.

    Without that beginning a line could be moved to another place.
    """
    return hashlib.sha256(before + MARK + after).hexdigest()
