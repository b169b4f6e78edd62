"""Go through the course: its modules, pages, sources and exercises."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fourps.check.facts
import fourps.check.figures
import fourps.check.lessons
import fourps.check.outcomes
import fourps.check.readability
import fourps.check.real_places
import fourps.check.vocabulary
import fourps.course.outcomes
import fourps.course.page
import fourps.course.world
import fourps.outcomes.where
import fourps.quiz.findings
import fourps.quiz.model
import fourps.scenario.findings
import fourps.scenario.model
from fourps.check.yaml_texts import texts
from fourps.course import addresses
from fourps.course.citations import labels
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.remark import Remark
from fourps.course.remark import problems as located
from fourps.course.toc import missing_pages, pages
from fourps.scenario.explore import searched

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from fourps.course.outcomes import Outcomes
    from fourps.course.page import Page
    from fourps.course.source import Source
    from fourps.course.world import World
    from fourps.quiz.model import Quiz
    from fourps.scenario.explore import Space
    from fourps.scenario.model import Scenario

# whoever meets hard matter here is told before
_NOTED = ("lesson.md", "lab.md")


@dataclass
class Report:
    """What was looked at, and what is wrong.

    Attributes
    ----------
    problems
        In the order of files and lines.
    warnings
        What an author should look at; they do not fail the check.
    facts
        One line about each scenario and quiz, for the author.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


def check(root: Path) -> Report:
    """Check every module, page, exercise and citation of a course.

    Parameters
    ----------
    root
        The folder that holds ``_toc.yml``, ``book/`` and ``modules/``.

    Raises
    ------
    FileNotFoundError
        If `root` holds no course.
    ModuleNotFoundError
        If a library that the check reads with is not installed.

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
    course = _Course(root)
    course.look()
    course.report.problems.sort()
    course.report.warnings.sort()
    return course.report


class _Course:
    """What the rules share while one course is looked through."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.report = Report()
        self.sources: set[str] | None = None
        self.facts: dict[str, str] = {}
        self.cited: set[str] = set()
        self.outcomes: dict[str, set[str]] = {}
        self.world: World | None = None
        self.pages: dict[Path, Page] = {}
        self.listed: frozenset[str] = frozenset()

    def look(self) -> None:
        """Look at everything."""
        report = self.report
        try:
            self.sources = set(labels(self.root / "book" / "references.bib"))
        except BrokenSourceError as error:
            report.problems += error.problems
        with contextlib.suppress(FileNotFoundError):
            try:
                self.facts = fourps.check.facts.table(self.root / "book" / "facts.csv")
            except BrokenSourceError as error:
                report.problems += error.problems
        report.problems += self._world(self.root / "book" / "world.yaml")
        report.problems += missing_pages(self.root)
        with contextlib.suppress(BrokenSourceError):
            self.listed = frozenset(pages(self.root))
        try:
            report.problems += addresses.problems(self.root)
        except BrokenSourceError as error:
            # a broken table of contents has been named above
            report.problems += set(error.problems) - set(report.problems)
        folders = sorted(path for path in (self.root / "modules").iterdir() if path.is_dir())
        loaded = [(folder, *self._outcomes(folder)) for folder in folders]
        for folder, outcomes, source in loaded:
            report.problems += self._module(folder, outcomes, source)
        quizzes = [*self.root.glob("book/*.yaml"), *self.root.glob("book/forms/*.yaml")]
        for path in sorted(path for path in quizzes if path.name != "world.yaml"):
            report.problems += self._quiz(path, Known(self.sources, self._every()))
        found = (*self.root.glob("book/*.md"), *self.root.glob("modules/*/*.md"))
        for path in sorted((*found, *self.root.glob("modules/*/lesson/*.md"))):
            self._page(self._read(path))
        for path in sorted(self.root.glob("exercises/*/*.md")):
            page = self._read(path)
            report.problems += self._wording(page)
            if path.name == "exercise.md":
                report.problems += _invented(page)
        report.problems += self._unused()

    def _world(self, path: Path) -> Iterator[Problem]:
        if not path.is_file():
            return
        try:
            self.world, source = fourps.course.world.load(path)
        except BrokenSourceError as error:
            yield from error.problems
            return
        yield from located(source, (*_words(source), *_places(source)))

    def _read(self, path: Path) -> Page:
        if path not in self.pages:
            self.pages[path] = fourps.course.page.read(path)
        return self.pages[path]

    def _outcomes(self, folder: Path) -> tuple[Outcomes | None, Source | None]:
        try:
            outcomes, source = fourps.course.outcomes.load(folder / "outcomes.yaml")
        except BrokenSourceError as error:
            self.report.problems += error.problems
            return None, None
        self.outcomes[folder.name] = set(outcomes.outcomes)
        return outcomes, source

    def _page(self, page: Page) -> None:
        report = self.report
        if not re.search(r"^description:[ \t]*\S", page.front, re.MULTILINE):
            message = "start the page with front matter that has a description"
            report.problems.append(Problem(page.path, 1, "no-description", "", message))
        for block in page.blocks:
            for key in block.cited:
                self.cited.add(key)
                if self.sources is not None and key not in self.sources:
                    message = f"'{key}' is not a key of references.bib"
                    report.problems.append(page.problem(block, "unknown-source", message))
        names = {found.name for found in page.directives}
        module = page.path.parent.parent.name == "modules"
        noted = fourps.check.lessons.is_piece(page.path) or (module and page.path.name in _NOTED)
        if noted and "content-note" not in names:
            message = "say in a {content-note} what hard matter comes, and that one may stop"
            report.problems.append(Problem(page.path, 1, "no-content-note", "", message))
        if page.path.name != "exercise.md":
            report.problems += fourps.check.facts.check(page, self.facts)
        if module and page.path.name in ("lab.md", "exercise.md"):
            report.problems += _invented(page)
        report.problems += fourps.check.figures.check(page)
        report.problems += fourps.check.lessons.check(page, self.listed)
        report.problems += self._wording(page)
        report.warnings += fourps.check.readability.check(page)

    def _wording(self, page: Page) -> Iterator[Problem]:
        for block in page.blocks:
            if block.kind == "code":
                continue
            for word in fourps.check.vocabulary.find(block.prose):
                if word.name not in block.silenced:
                    yield page.problem(block, word.name, word.message)

    def _module(
        self, folder: Path, outcomes: Outcomes | None, outcomes_source: Source | None
    ) -> Iterator[Problem]:
        known = Known.of(folder.name, self.outcomes, self.sources, self.world)
        scenario = yield from self._scenario(folder / "scenario.yaml", known)
        quiz: Quiz | None = None
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in ("outcomes.yaml", "scenario.yaml"):
                found = yield from self._quiz(path, known)
                quiz = found if path.name == "quiz.yaml" else quiz
        broken = (scenario is None and (folder / "scenario.yaml").is_file()) or (
            quiz is None and (folder / "quiz.yaml").is_file()
        )
        # what of an outcome is missing cannot be said while a file cannot be read
        if outcomes and outcomes_source and not broken:
            files = {name: folder / f"{name}.md" for name in ("lesson", "lab")}
            files |= {f"lesson/{one.stem}": one for one in sorted(folder.glob("lesson/*.md"))}
            files["exercise"] = self.root / "exercises" / folder.name / "exercise.md"
            read = {name: self._read(path) for name, path in files.items() if path.is_file()}
            covered = fourps.outcomes.where.gather(outcomes, read, scenario, quiz)
            yield from located(outcomes_source, fourps.check.outcomes.check(outcomes, covered))

    def _scenario(self, path: Path, known: Known) -> Generator[Problem, None, Scenario | None]:
        if not path.is_file():
            return None
        try:
            scenario, source = fourps.scenario.model.load(path)
        except BrokenSourceError as error:
            yield from error.problems
            return None
        space = searched(scenario)
        yield from fourps.scenario.findings.check(scenario, source, known, space)
        yield from located(source, (*_words(source), *_places(source)))
        self.cited |= {key for one in scenario.choices.values() for key in one.source}
        if space:
            self.report.facts.append(_describe(scenario, space))
        return scenario

    def _every(self) -> set[str]:
        return {number for own in self.outcomes.values() for number in own}

    def _quiz(self, path: Path, known: Known) -> Generator[Problem, None, Quiz | None]:
        try:
            quiz, source = fourps.quiz.model.load(path)
        except BrokenSourceError as error:
            yield from error.problems
            return None
        yield from fourps.quiz.findings.check(quiz, source, known)
        yield from located(source, _words(source))
        self.cited |= {key for one in quiz.questions.values() for key in one.source}
        kinds: Counter[str] = Counter(question.kind for question in quiz.questions.values())
        self.report.facts.append(f"{quiz.id}: {len(quiz.questions)} questions ({_list(kinds)})")
        return quiz

    def _unused(self) -> Iterator[Problem]:
        path = self.root / "book" / "references.bib"
        if self.sources is None:
            return
        text = path.read_text("utf-8")
        for key in sorted(self.sources - self.cited):
            line = text.split(f"{{{key},", 1)[0].count("\n") + 1
            yield Problem(path, line, "unused-source", key, "nothing cites it: cite it or drop it")


def _words(source: Source) -> Iterator[Remark]:
    for loc, text in texts(source):
        for word in fourps.check.vocabulary.find(text):
            yield Remark(word.name, loc, word.message)
        if "`" in text:
            yield Remark("markup", loc, "take the backticks out: this text is plain, so they show")


def _places(source: Source) -> Iterator[Remark]:
    for loc, text in texts(source):
        for name in fourps.check.real_places.find(text):
            yield Remark("real-place", loc, _real(name))


def _invented(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if block.kind == "code" or "real-place" in block.silenced:
            continue
        for name in fourps.check.real_places.find(block.prose):
            yield page.problem(block, "real-place", _real(name))


def _real(name: str) -> str:
    return f"'{name}' is a real country or city: invented cases need invented places"


def _describe(scenario: Scenario, space: Space) -> str:
    ranges = "; ".join(f"{name} {low} to {high}" for name, (low, high) in space.ranges.items())
    sources = {key for choice in scenario.choices.values() for key in choice.source}
    return (
        f"{scenario.id}: {len(scenario.nodes)} nodes, {len(scenario.choices)} choices, "
        f"{len(scenario.endings)} endings, {len(sources)} sources, {len(space.states)} states; "
        f"worst to best: {ranges}; version {scenario.version}"
    )


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
