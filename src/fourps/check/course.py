"""Go through the course: its modules, pages, sources and exercises."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fourps.check.citation_share
import fourps.check.lines
import fourps.check.readability
import fourps.check.rules
import fourps.course.facts
import fourps.course.lines
import fourps.course.local
import fourps.course.outcomes
import fourps.course.rules
import fourps.course.world
from fourps.check.gathered import Gathered, loaded
from fourps.check.module import (
    invented_texts,
    module_problems,
    quiz_problems,
    scenario_problems,
)
from fourps.check.page_rules import exercise_problems, page_problems
from fourps.course import addresses
from fourps.course.citations import labels
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.remark import problems
from fourps.course.toc import missing_pages, pages
from fourps.quiz.files import of_the_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.files import CourseRoot


@dataclass
class Report:
    """What was looked at, and what is wrong."""

    gathered: Gathered
    """All that was read."""
    problems: list[Problem] = field(default_factory=list)
    """In the order of files and lines."""
    warnings: list[Problem] = field(default_factory=list)
    """What an author should look at; they do not fail the check."""
    facts: list[str] = field(default_factory=list)
    """One line about each scenario and quiz, for the author."""


def check(root: CourseRoot) -> Report:
    """Check every module, page, exercise and citation of a course.

    Raises
    ------
    FileNotFoundError
        If `root` holds no course.

    Examples
    --------
    >>> from pathlib import Path
    >>> check(Path("nowhere"))
    Traceback (most recent call last):
    FileNotFoundError: nowhere/_toc.yml is missing: is this the folder of the course?
    """
    if not (root / "_toc.yml").is_file():
        raise FileNotFoundError(
            f"{root / '_toc.yml'} is missing: is this the folder of the course?"
        )
    gathered = Gathered(root)
    problems = sorted(_problems(gathered))
    hard = [fourps.check.readability.check(gathered.read(path)) for path in _pages(root)]
    warnings = sorted(one for of_page in hard for one in of_page)
    return Report(gathered, problems, warnings, gathered.facts)


def _pages(root: Path) -> list[Path]:
    places = ("book/**/*.md", "modules/*/*.md", "modules/*/lesson/*.md")
    return sorted(path for place in places for path in root.glob(place))


def _exercises(root: Path) -> list[Path]:
    return sorted(root.glob("exercises/*/*.md"))


def _problems(gathered: Gathered) -> Iterator[Problem]:
    """Yield what is wrong, each rule with what those before it gathered."""
    root = gathered.root
    yield from _shared_files(gathered)
    yield from _table_of_contents(gathered)
    folders = sorted(path for path in (root / "modules").iterdir() if path.is_dir())
    outcomes = {}
    for folder in folders:
        found = yield from loaded(fourps.course.outcomes.load, folder / "outcomes.yaml")
        outcomes[folder] = found
        if found:
            gathered.outcomes[folder.name] = set(found[0].outcomes)
            gathered.taught[folder.name] = found[0]
    for folder in folders:
        yield from module_problems(folder, outcomes[folder], gathered)
    every = {number for own in gathered.outcomes.values() for number in own}
    for path in sorted(root.glob("book/*/scenario.yaml")):
        known = Known(gathered.sources, every, world=gathered.world)
        yield from scenario_problems(path, known, gathered)
    for path in of_the_book(root):
        yield from quiz_problems(path, Known(gathered.sources, every), gathered)
    for path in _pages(root):
        yield from page_problems(gathered.read(path), gathered)
    for path in _exercises(root):
        yield from exercise_problems(gathered.read(path))
    yield from _rules(gathered)
    yield from _lines(gathered)
    yield from fourps.check.citation_share.check(
        gathered.citations, root / "book" / "references.bib"
    )
    yield from _unused(gathered)


def _rules(gathered: Gathered) -> Iterator[Problem]:
    path = gathered.root / "book" / "rules.yaml"
    if path.is_file() and (found := (yield from loaded(fourps.course.rules.load, path))):
        rules, source = found
        yield from problems(source, fourps.check.rules.check(rules, gathered))
        paths = [*_pages(gathered.root), *_exercises(gathered.root)]
        yield from fourps.check.rules.contradictions(rules, gathered, paths)
        yield from fourps.check.rules.marks(rules, gathered, paths)
        yield from invented_texts(source)


def _lines(gathered: Gathered) -> Iterator[Problem]:
    book = gathered.root / "book"
    if not (book / "lines.yaml").is_file():
        return
    if found := (yield from loaded(fourps.course.lines.load, book / "lines.yaml")):
        lines, source = found
        yield from problems(source, fourps.check.lines.check(lines, gathered))
        yield from fourps.check.lines.unnamed(lines, gathered)
        if (book / "local.yaml").is_file() and (
            filled := (yield from loaded(fourps.course.local.load, book / "local.yaml"))
        ):
            with contextlib.suppress(BrokenSourceError):
                # a broken table of rules has been named above
                rules, _ = fourps.course.rules.load(book / "rules.yaml")
                yield from problems(filled[1], fourps.check.lines.filled(filled[0], lines, rules))


def _shared_files(gathered: Gathered) -> Iterator[Problem]:
    """Read what the whole course refers to: sources, facts and the world."""
    book = gathered.root / "book"
    sources = yield from loaded(labels, book / "references.bib")
    gathered.sources = None if sources is None else set(sources)
    if (book / "facts.csv").is_file():
        statuses = yield from loaded(fourps.course.facts.table, book / "facts.csv")
        gathered.statuses = statuses or {}
    if (book / "world.yaml").is_file() and (
        found := (yield from loaded(fourps.course.world.load, book / "world.yaml"))
    ):
        gathered.world, source = found
        yield from invented_texts(source)


def _table_of_contents(gathered: Gathered) -> Iterator[Problem]:
    missing = list(missing_pages(gathered.root))
    yield from missing
    with contextlib.suppress(BrokenSourceError):
        gathered.listed = frozenset(pages(gathered.root))
    try:
        yield from addresses.problems(gathered.root)
    except BrokenSourceError as error:
        # a broken table of contents has been named above
        yield from set(error.problems) - set(missing)


def _unused(gathered: Gathered) -> Iterator[Problem]:
    path = gathered.root / "book" / "references.bib"
    if gathered.sources is None:
        return
    text = path.read_text("utf-8")
    for key in sorted(gathered.sources - gathered.cited - gathered.citations.keys()):
        line = text.split(f"{{{key},", 1)[0].count("\n") + 1
        yield Problem(path, line, "unused-source", key, "nothing cites it: cite it or drop it")
