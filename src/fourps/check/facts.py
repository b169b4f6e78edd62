"""What a page may say because of the fact sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.course.page import Block, Page
    from fourps.course.problem import Problem

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


def check(page: Page, facts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what a page says without support: unknown and unchecked facts, uncited claims.

    Parameters
    ----------
    page
        A page whose claims are about the real world.
    facts
        As returned by `fourps.course.facts.table`.
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
