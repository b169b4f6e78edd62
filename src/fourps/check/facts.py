"""The fact sheet: what was checked and how, and what a page may say because of it."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fourps.course.page import Block, Page

NOTICES = ("guidance", "official-text")
_SEEN = ("V1", "V2")
# what a reader could repeat as a fact: a year that is no year of the story, an article, a figure
_CLAIM = re.compile(
    r"\b(?:19\d\d|20[01]\d|202[0-6])\b"
    r"|\barticles? \d"
    r"|\b(?:[AS]/RES/|Security Council resolution|General Assembly resolution)"
    r"|\d[\d.,\u00a0 ]*(?:million|billion|per cent|%)",
    re.IGNORECASE,
)


def table(path: Path) -> dict[str, str]:
    """Read the fact sheet: the status of each fact by its id.

    Parameters
    ----------
    path
        A CSV file with the columns ``id`` and ``status``: ``V1`` was seen on the publisher's own
        page, ``V2`` elsewhere, ``R-h``, ``R-m`` and ``R-l`` were recalled with high, medium and low
        confidence, ``design`` is the course's own idea; ``V2+R-h`` is partly the one, partly the
        other.

    Raises
    ------
    BrokenSourceError
        If it is not UTF-8 text, or a row lacks its id or status.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> table(content_root() / "book" / "facts.csv")["F-12"]
    'V1+V2'
    """
    found: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if not row.get("id") or not row.get("status"):
                    message = "expected a row under the header id,status,note,fact"
                    raise BrokenSourceError(Problem(path, rows.line_num, "shape", "", message))
                found[row["id"]] = row["status"]
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"cannot be read as a CSV file in UTF-8: {error}"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error
    return found


def check(page: Page, facts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what a page says without support: unknown and unchecked facts, uncited claims.

    Parameters
    ----------
    page
        A page whose claims are about the real world.
    facts
        As returned by `table`.
    """
    for block in page.blocks:
        for name in block.roles("fact"):
            yield from _fact(page, block, name, facts)
        if (
            block.kind != "code"
            and "uncited-claim" not in block.silenced
            and not block.cited
            and (claim := _CLAIM.search(block.prose))
        ):
            message = (
                f"'{claim[0]}' needs a citation in the same paragraph: {{cite:p}}`key`; "
                "for a figure of the story put '% silence: uncited-claim' above it"
            )
            yield page.problem(block, "uncited-claim", message)


def _fact(page: Page, block: Block, name: str, facts: Mapping[str, str]) -> Iterator[Problem]:
    if name not in facts:
        yield page.problem(block, "unknown-fact", f"'{name}' is not in book/facts.csv")
    elif not any(seen in facts[name] for seen in _SEEN) and not block.inside(*NOTICES):
        message = (
            f"{name} has status {facts[name]}: say it only inside {{guidance}} or {{official-text}}"
        )
        yield page.problem(block, "unchecked-fact", message)
