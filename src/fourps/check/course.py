"""Go through the course: its modules, pages, sources and exercises."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fourps.check.lines
import fourps.check.readability
import fourps.check.rules
import fourps.course.outcomes
import fourps.course.world
from fourps.check.gathered import Gathered, loaded
from fourps.check.module import invented_texts, module_problems, quiz_problems, scenario_problems
from fourps.check.page_rules import exercise_problems, page_problems
from fourps.course.bibliography import fact_statuses, labels
from fourps.course.local import Lines, Local
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source, problems
from fourps.course.toc import address_problems, missing_pages, pages
from fourps.course.world import Rules
from fourps.quiz.files import of_the_book

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.files import CourseRoot

_MOST = 3  # documents
_SHARE = 20  # percent
_ENOUGH = 40  # citations: a small course has few documents


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
    warnings = sorted(problem for of_page in hard for problem in of_page)
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
        table = yield from loaded(fourps.course.outcomes.load, folder / "outcomes.yaml")
        outcomes[folder] = table
        if table:
            gathered.outcomes[folder.name] = set(table[0].outcomes)
            gathered.taught[folder.name] = table[0]
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
    yield from few_sources(gathered.citations, root / "book" / "references.bib")
    yield from _unused(gathered)


def _rules(gathered: Gathered) -> Iterator[Problem]:
    path = gathered.root / "book" / "rules.yaml"
    if path.is_file() and (table := (yield from loaded(Source.load, path, Rules))):
        rules, source = table
        yield from problems(source, fourps.check.rules.check(rules, gathered))
        paths = [*_pages(gathered.root), *_exercises(gathered.root)]
        yield from fourps.check.rules.contradictions(rules, gathered, paths)
        yield from fourps.check.rules.marks(rules, gathered, paths)
        yield from invented_texts(source)


def _lines(gathered: Gathered) -> Iterator[Problem]:
    book = gathered.root / "book"
    if not (book / "lines.yaml").is_file():
        return
    if table := (yield from loaded(Source.load, book / "lines.yaml", Lines)):
        lines, source = table
        yield from problems(source, fourps.check.lines.check(lines, gathered))
        yield from fourps.check.lines.unnamed(lines, gathered)
        if (book / "local.yaml").is_file() and (
            filled := (yield from loaded(Source.load, book / "local.yaml", Local))
        ):
            with contextlib.suppress(BrokenSourceError):
                # a broken table of rules has been named above
                rules, _ = Source.load(book / "rules.yaml", Rules)
                yield from problems(filled[1], fourps.check.lines.filled(filled[0], lines, rules))


def _shared_files(gathered: Gathered) -> Iterator[Problem]:
    """Read what the whole course refers to: sources, facts and the world."""
    book = gathered.root / "book"
    sources = yield from loaded(labels, book / "references.bib")
    gathered.sources = None if sources is None else set(sources)
    if (book / "facts.csv").is_file():
        statuses = yield from loaded(fact_statuses, book / "facts.csv")
        gathered.statuses = statuses or {}
    if (book / "world.yaml").is_file() and (
        table := (yield from loaded(fourps.course.world.load, book / "world.yaml"))
    ):
        gathered.world, source = table
        yield from invented_texts(source)


def _table_of_contents(gathered: Gathered) -> Iterator[Problem]:
    missing = list(missing_pages(gathered.root))
    yield from missing
    with contextlib.suppress(BrokenSourceError):
        gathered.listed = frozenset(pages(gathered.root))
    try:
        yield from address_problems(gathered.root)
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


def few_sources(citations: Counter[str], path: Path) -> Iterator[Problem]:
    """Yield ``few-sources`` if three documents have more than a fifth of all citations.

    Parameters
    ----------
    citations
        How often choices and questions cite each document.
    path
        The bibliography.

    Examples
    --------
    >>> from collections import Counter
    >>> from pathlib import Path
    >>> many = Counter("abcdefghijklmnopqrstuvwxyz" + 9 * "a" + 5 * "d")
    >>> [problem.name for problem in few_sources(many, Path("references.bib"))]
    ['few-sources']
    """
    every = citations.total()
    top = citations.most_common(_MOST)
    share = round(100 * sum(times for _, times in top) / max(every, 1))
    if every >= _ENOUGH and share > _SHARE:
        names = ", ".join(f"{name} {times}" for name, times in top)
        message = (
            f"{share} % of the {every} citations of choices and questions are {names}: let three "
            f"documents have {_SHARE} % at most, and leave `source` out where none decides"
        )
        yield Problem(path, 1, "few-sources", "", message)
