"""The words of a record, in the order of the page, from a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from fourps.course.words import words
from fourps.grading.certificate import criteria

if TYPE_CHECKING:
    from fourps.grading.certificate.statement import Statement

# they print nothing, and say whether the letters beside them are joined
JOINERS = "\u200c\u200d"


class Words(NamedTuple):
    """What a record says.

    Attributes
    ----------
    title, holder, intro
        At the top.
    head, rows
        The table of modules.
    facts
        Term and value.
    criteria, limits, check
        A heading and its paragraphs each.
    """

    title: str
    holder: str
    intro: str
    head: tuple[str, str, str]
    rows: list[tuple[str, str, str]]
    facts: list[tuple[str, str]]
    criteria: tuple[str, list[str]]
    limits: tuple[str, list[str]]
    check: tuple[str, list[str]]


def text(statement: Statement) -> Words:
    """Return what a record says.

    Parameters
    ----------
    statement
        What is stated.
    """
    word = words(statement.language)
    number = {
        "needed": criteria.FIRST_NEEDED,
        "of": criteria.FIRST_POINTS,
        "last": criteria.LAST_TASK,
    }
    ways = {"practitioner": word["done-practitioner"], "information": word["done-information"]}

    # the course is written in British English
    place = "en_GB" if statement.language == "en" else statement.language

    def hours(value: float) -> str:
        return str(format_decimal(value, locale=place))

    return Words(
        title=word["done-title"],
        holder=_plain(statement.holder),
        intro=word["done-whole" if statement.whole else "done-modules"].format(
            course=statement.course
        ),
        head=(word["done-module"], word["done-way"], word["done-hours"]),
        rows=[(one.title, ways[one.way], hours(one.hours)) for one in statement.modules],
        facts=[
            (word["done-issuer"], _plain(statement.issuer)),
            (word["done-date"], format_date(statement.issued, "long", place)),
            (
                word["done-marked"],
                word["done-marker"].format(
                    name=_plain(statement.marker), date=format_date(statement.marked, "long", place)
                ),
            ),
            (word["done-total"], hours(statement.hours)),
            (word["done-version"], f"{statement.course} {statement.version}"),
            (word["done-number"], statement.number),
            (word["done-id"], _plain(statement.learner)),
        ],
        criteria=(
            word["done-criteria"],
            [
                word["done-criteria-practitioner"].format(**number),
                word["done-criteria-information"].format(
                    needed=criteria.ALL_NEEDED, of=criteria.ALL_POINTS
                ),
                word["done-criteria-marked"],
            ],
        ),
        limits=(word["done-limits"], [word["done-limits-text"]]),
        check=(
            word["done-check"],
            [word["done-check-text"], word["done-key"].format(key=statement.key)],
        ),
    )


def _plain(value: str) -> str:
    """Return what whoever issues the record typed, without what nobody would see.

    Examples
    --------
    >>> _plain("Helping\\u00a0\\u202eHands\\n")
    'Helping Hands'
    """
    words = " ".join(value.split())
    return "".join(one for one in words if one.isprintable() or one in JOINERS)
