"""Look through the whole course for what its readers should not have to find."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fourps.course.outcomes
import fourps.quiz.findings
import fourps.quiz.model
import fourps.scenario.findings
import fourps.scenario.model
from fourps.course.citations import labels
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.remark import Remark
from fourps.course.remark import problems as located
from fourps.course.toc import missing_pages
from fourps.scenario.explore import TooManyStatesError, explore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fourps.course.outcomes import Outcomes
    from fourps.scenario.model import Scenario

_CITATION = re.compile(r"\{cite:[a-z]+\}`([^`]+)`")


@dataclass
class Report:
    """What was looked at, and what is wrong.

    Attributes
    ----------
    problems
        In the order of files and lines.
    facts
        One line about each scenario and quiz, for the author.
    """

    problems: list[Problem] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


def check(root: Path) -> Report:
    """Check every module, page and citation of a course.

    Parameters
    ----------
    root
        The folder that holds ``_toc.yml``, ``book/`` and ``modules/``.

    Returns
    -------
    Report
        All that was found.

    Raises
    ------
    FileNotFoundError
        If `root` holds no course.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> check(content_root()).problems
    []
    """
    if not (root / "_toc.yml").is_file():
        raise FileNotFoundError(
            f"{root / '_toc.yml'} is missing: is this the folder of the course?"
        )
    report = Report()
    sources: set[str] | None = None
    try:
        sources = set(labels(root / "book" / "references.bib"))
    except BrokenSourceError as error:
        report.problems += error.problems
    report.problems += missing_pages(root)
    for folder in sorted(path for path in (root / "modules").iterdir() if path.is_dir()):
        report.problems += _module(folder, sources, report.facts)
    for page in sorted((*root.glob("book/*.md"), *root.glob("modules/*/*.md"))):
        report.problems += _page(page, sources)
    report.problems.sort()
    return report


def _page(path: Path, sources: set[str] | None) -> Iterator[Problem]:
    text = path.read_text("utf-8")
    front = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    if not front or not re.search(r"^description:[ \t]*\S", front[1], re.MULTILINE):
        message = "start the page with front matter that has a description"
        yield Problem(path, 1, "no-description", "", message)
    for number, line in enumerate(text.splitlines(), 1):
        for found in _CITATION.finditer(line):
            for key in found[1].split(","):
                if sources is not None and key.strip() not in sources:
                    message = f"'{key.strip()}' is not a key of references.bib"
                    yield Problem(path, number, "unknown-source", "", message)


def _module(folder: Path, sources: set[str] | None, facts: list[str]) -> Iterator[Problem]:
    known = Known(sources)
    # what each kind of assessment covers; a broken file is not asked
    covered: dict[str, list[str] | None] = {"scenario": [], "quiz": []}
    outcomes: Outcomes | None = None
    try:
        outcomes, outcomes_source = fourps.course.outcomes.load(folder / "outcomes.yaml")
        known = Known(sources, set(outcomes.outcomes))
    except BrokenSourceError as error:
        yield from error.problems
    if (folder / "scenario.yaml").is_file():
        covered["scenario"] = None
        try:
            scenario, source = fourps.scenario.model.load(folder / "scenario.yaml")
            covered["scenario"] = scenario.objectives
            yield from fourps.scenario.findings.check(scenario, source, known)
            with contextlib.suppress(TooManyStatesError):
                facts.append(_describe(scenario))
        except BrokenSourceError as error:
            yield from error.problems
    if (folder / "quiz.yaml").is_file():
        covered["quiz"] = None
        try:
            quiz, source = fourps.quiz.model.load(folder / "quiz.yaml")
            covered["quiz"] = quiz.objectives
            yield from fourps.quiz.findings.check(quiz, source, known)
            kinds: Counter[str] = Counter(question.kind for question in quiz.questions.values())
            facts.append(f"{quiz.id}: {len(quiz.questions)} questions ({_list(kinds)})")
        except BrokenSourceError as error:
            yield from error.problems
    if outcomes:
        yield from located(outcomes_source, _unassessed(outcomes, covered))


def _unassessed(outcomes: Outcomes, covered: Mapping[str, list[str] | None]) -> Iterator[Remark]:
    """Yield each outcome that says it is assessed where it is not."""
    for number, outcome in outcomes.outcomes.items():
        for what, objectives in covered.items():
            if what in outcome.assessed and objectives is not None and number not in objectives:
                message = f"it is to be assessed by the {what}, which leaves it out"
                yield Remark("unassessed", ("outcomes", number), message)


def _describe(scenario: Scenario) -> str:
    space = explore(scenario)
    ranges = "; ".join(f"{name} {low} to {high}" for name, (low, high) in space.ranges.items())
    sources = {key for choice in scenario.choices.values() for key in choice.source}
    return (
        f"{scenario.id}: {len(scenario.nodes)} nodes, {len(scenario.choices)} choices, "
        f"{len(scenario.endings)} endings, {len(sources)} sources, {len(space.moves)} states; "
        f"worst to best: {ranges}; version {scenario.version}"
    )


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
