"""The words of a record, in the order of the page, from a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from fourps.course.words import words
from fourps.grading.certificate import criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.grading.certificate.record import Statement

# they print nothing, and say whether the letters beside them are joined
JOINERS = "\u200c\u200d"


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
    first = {"needed": criteria.FIRST_NEEDED, "of": criteria.FIRST_POINTS}
    every = {"needed": criteria.ALL_NEEDED, "of": criteria.ALL_POINTS}
    return [
        word["done-criteria-practitioner"].format(**first, last=criteria.LAST_TASK),
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
