"""Which rules there are for which page, and the short ones themselves."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import fourps.check.dates
import fourps.check.facts
import fourps.check.figures
import fourps.check.lessons
from fourps.check import real_places, vocabulary
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.check.gathered import Gathered
    from fourps.course.page import Page

# whoever meets hard matter here is told before
_NOTED = ("lesson.md", "lab.md")


def page_problems(page: Page, gathered: Gathered) -> Iterator[Problem]:
    """Yield what is wrong with a page of the book or of a module."""
    module = page.path.parent.parent.name == "modules"
    yield from _beginning(page, module)
    yield from _citations(page, gathered)
    if page.path.name != "exercise.md":
        yield from fourps.check.facts.check(page, gathered.statuses)
    if module and page.path.name in ("lab.md", "exercise.md"):
        yield from _invented(page)
    yield from fourps.check.dates.check(page, datetime.now(UTC).date())
    yield from fourps.check.figures.check(page)
    yield from fourps.check.lessons.check(page, gathered.listed)
    yield from _wording(page)


def exercise_problems(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with a page in the folder of an exercise."""
    yield from _wording(page)
    if page.path.name == "exercise.md":
        yield from _invented(page)


def _beginning(page: Page, module: bool) -> Iterator[Problem]:  # noqa: FBT001
    if not re.search(r"^description:[ \t]*\S", page.front, re.MULTILINE):
        message = "start the page with front matter that has a description"
        yield Problem(page.path, 1, "no-description", "", message)
    noted = fourps.check.lessons.is_piece(page.path) or (module and page.path.name in _NOTED)
    if noted and all(found.name != "content-note" for found in page.directives):
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
        for word in vocabulary.find(block.prose):
            if word.name not in block.silenced:
                yield page.problem(block, word.name, word.message)


def _invented(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if block.kind == "code" or "real-place" in block.silenced:
            continue
        for name in real_places.find(block.prose):
            yield page.problem(block, "real-place", real_places.message(name))
