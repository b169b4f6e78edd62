"""A record of completion: what it states, in which words, and whether it still is as signed."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal
from pydantic import Field

from fourps.course.source import Identifier, Strict, Text
from fourps.course.words import words
from fourps.grading.certificate import completion, signature
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KIND: signature.Kind = "fourps-record"
# what the signed line begins with, in page and PDF
MARK = signature.start(KIND)
# what nbgrader's own table has room for
LONGEST_ID = 128
# they print nothing, and say whether the letters beside them are joined
JOINERS = "\u200c\u200d"
# of a record: drawn at random, so that a public list of some tells nobody whose they are
Number = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Completed(Strict):
    """A module whose exercise was completed."""

    id: Identifier
    title: Text
    """The module."""
    way: Literal["practitioner", "information"]
    """Which way: see `fourps.grading.certificate.completion`."""
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


class RecordFileError(UserError, ValueError):
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


class Words(NamedTuple):
    """What a record says."""

    title: str
    holder: str
    intro: str
    """At the top."""
    head: tuple[str, str, str]
    rows: list[tuple[str, str, str]]
    """The table of modules."""
    facts: list[tuple[str, str]]
    """Term and value."""
    criteria: tuple[str, list[str]]
    limits: tuple[str, list[str]]
    check: tuple[str, list[str]]
    """A heading and its paragraphs each."""


def record_words(statement: Statement) -> Words:
    """Return what a record says."""
    word = words(statement.language)
    ways = {"practitioner": word["done-practitioner"], "information": word["done-information"]}
    rows = [
        (module.title, ways[module.way], _hours(module.hours, statement))
        for module in statement.modules
    ]
    return Words(
        title=word["done-title"],
        holder=_plain(statement.holder),
        intro=word["done-whole" if statement.whole else "done-modules"].format(
            course=_course(statement)
        ),
        head=(word["done-module"], word["done-way"], word["done-hours"]),
        rows=rows,
        facts=_facts(statement, word),
        criteria=(word["done-criteria"], _criteria(word)),
        limits=(word["done-limits"], [word["done-limits-text"]]),
        check=(
            word["done-check"],
            [word["done-check-text"], word["done-key"].format(key=statement.key)],
        ),
    )


def _facts(statement: Statement, word: Mapping[str, str]) -> list[tuple[str, str]]:
    issued, marked = (
        format_date(day, "long", _locale(statement)) for day in (statement.issued, statement.marked)
    )
    marker = word["done-marker"].format(name=_plain(statement.marker), date=marked)
    return [
        (word["done-issuer"], _plain(statement.issuer)),
        (word["done-date"], issued),
        (word["done-marked"], marker),
        (word["done-total"], _hours(statement.hours, statement)),
        (word["done-version"], f"{_course(statement)} {statement.version}"),
        (word["done-number"], statement.number),
        (word["done-id"], _plain(statement.learner)),
    ]


def _criteria(word: Mapping[str, str]) -> list[str]:
    first = {"needed": completion.FIRST_NEEDED, "of": completion.FIRST_POINTS}
    every = {"needed": completion.ALL_NEEDED, "of": completion.ALL_POINTS}
    return [
        word["done-criteria-practitioner"].format(**first, last=completion.LAST_TASK),
        word["done-criteria-information"].format(**every),
        word["done-criteria-marked"],
    ]


def _course(statement: Statement) -> str:
    # what is signed has the English name in each language
    is_ours = statement.course == words()["done-course"]
    return words(statement.language)["done-course"] if is_ours else statement.course


def _hours(value: float, statement: Statement) -> str:
    return str(format_decimal(value, locale=_locale(statement)))


def _locale(statement: Statement) -> str:
    # the course is written in British English
    return "en_GB" if statement.language == "en" else statement.language


def _plain(value: str) -> str:
    """Return what whoever issues the record typed, without what nobody would see.

    Examples
    --------
    >>> _plain("Helping\\u00a0\\u202eHands\\n")
    'Helping Hands'
    """
    words = " ".join(value.split())
    return "".join(letter for letter in words if letter.isprintable() or letter in JOINERS)
