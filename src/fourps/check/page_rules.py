"""Which rules there are for which page, and the rules about dates, facts and figures."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import fourps.check.lessons
from fourps.check import words_and_places
from fourps.course.notebook_only import BEGIN, END, stray_mark
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.check.gathered import Gathered
    from fourps.course.page import Block, Page

# whoever meets hard matter here is told before
_NOTED = ("lesson.md", "lab.md")
_DAYS = 365
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
_NEEDED = ("caption", "data")
_EMPTY_IMAGE = re.compile(r"!\[\s*\]\(")


def page_problems(page: Page, gathered: Gathered) -> Iterator[Problem]:
    """Yield what is wrong with a page of the book or of a module."""
    module = page.path.parent.parent.name == "modules"
    yield from _beginning(page, module)
    yield from _citations(page, gathered)
    if page.path.name != "exercise.md":
        yield from unsupported(page, gathered.statuses)
    if module and page.path.name in ("lab.md", "exercise.md"):
        yield from _invented(page)
    yield from stale_dates(page, datetime.now(UTC).date())
    yield from bare_figures(page)
    yield from fourps.check.lessons.check(page, gathered.listed)
    yield from _wording(page)


def exercise_problems(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with a page in the folder of an exercise."""
    yield from _wording(page)
    if page.path.name == "exercise.md":
        yield from _invented(page)
        if line := stray_mark(page.text):
            message = f"put {BEGIN} before what only a notebook needs, and {END} after it"
            yield Problem(page.path, line, "notebook-mark", "", message)


def _beginning(page: Page, module: bool) -> Iterator[Problem]:  # noqa: FBT001
    if not re.search(r"^description:[ \t]*\S", page.front, re.MULTILINE):
        message = "start the page with front matter that has a description"
        yield Problem(page.path, 1, "no-description", "", message)
    noted = fourps.check.lessons.is_piece(page.path) or (module and page.path.name in _NOTED)
    if noted and all(directive.name != "content-note" for directive in page.directives):
        message = "say in a {content-note} what hard matter comes, and that one may stop"
        yield Problem(page.path, 1, "no-content-note", "", message)


def _citations(page: Page, gathered: Gathered) -> Iterator[Problem]:
    for block in page.blocks:
        for key in block.cited:
            gathered.cited.add(key)
            if gathered.sources is not None and key not in gathered.sources:
                message = f"'{key}' is not a key of references.bib"
                yield page.problem(block, "unknown-source", message)


def _wording(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if block.kind == "code":
            continue
        for word in words_and_places.unwanted(block.prose):
            if word.name not in block.silenced:
                yield page.problem(block, word.name, word.message)


def _invented(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if block.kind == "code" or "real-place" in block.silenced:
            continue
        for name in words_and_places.real_places(block.prose):
            yield page.problem(block, "real-place", words_and_places.place_message(name))


def stale_dates(page: Page, today: date) -> Iterator[Problem]:
    """Yield each day in ``{checked}`` that is over a year ago, is yet to come, or is no day.

    Parameters
    ----------
    page
        Any page.
    today
        The day of the check.
    """
    for block in page.blocks:
        for day in block.roles("checked"):
            try:
                days = (today - date.fromisoformat(day)).days
            except ValueError:
                message = f"'{day}' is no day: write it as in 2026-11-30"
                yield page.problem(block, "no-day", message)
                continue
            if not 0 <= days <= _DAYS:
                when = "is yet to come" if days < 0 else "is over a year ago"
                message = f"{day} {when}: look again at what it dates, then write the day"
                yield page.problem(block, "stale-date", message)


def unsupported(page: Page, facts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what a page says without support: unknown and unchecked facts, uncited claims.

    Parameters
    ----------
    page
        A page whose claims are about the real world.
    facts
        As returned by `fourps.course.bibliography.fact_statuses`.
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


def bare_figures(page: Page) -> Iterator[Problem]:
    """Yield what a figure lacks: ``bare-figure`` or ``syntax``.

    The text of each frame is asked for where it is drawn: `fourps.lab.explore` refuses a frame
    without one.
    """
    for block in page.blocks:
        if _EMPTY_IMAGE.search(block.text):
            yield page.problem(block, "bare-figure", "this image needs a text: ![text](file)")
        if block.kind != "code":
            continue
        try:
            tree = ast.parse(block.text)
        except SyntaxError as error:
            yield page.problem(block, "syntax", f"this cell is not valid Python: {error}")
            continue
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "explore":
                given = {keyword.arg for keyword in call.keywords}
                for name in _NEEDED:
                    if name not in given:
                        message = f"this figure needs {name}=..., for whoever does not see it"
                        yield page.problem(block, "bare-figure", message)
