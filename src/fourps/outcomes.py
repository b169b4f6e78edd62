"""The map of outcomes: where each is taught, practised and assessed, gathered from the course."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import fourps.course.outcomes
import fourps.course.page
import fourps.quiz.model
import fourps.scenario.model
from fourps.course import toc
from fourps.course.catalogue import load
from fourps.course.outcomes import marked
from fourps.course.saying import Saying
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fourps.course.files import CourseRoot
    from fourps.course.outcomes import Outcomes
    from fourps.course.page import Page
    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario


TASK = re.compile(r"Task (\d+)")
_MANUAL = (10, 11)


@dataclass
class Coverage:
    """Where one outcome appears."""

    taught: list[tuple[str, str]] = field(default_factory=list)
    """Page and heading of each section that says so."""
    practised: list[tuple[str, str]] = field(default_factory=list)
    """``scenario``, or page and title of an activity."""
    assessed: dict[str, list[str]] = field(default_factory=dict)
    """By kind: ``quiz``, ``scenario``, ``auto`` and ``manual``, the places in the course."""


def gather(
    outcomes: Outcomes, pages: Mapping[str, Page], scenario: Scenario | None, quiz: Quiz | None
) -> dict[str, Coverage]:
    """Look through a module for its outcomes, and return where each is met, by number.

    Parameters
    ----------
    outcomes
        The module's outcomes.
    pages
        Those that the module has of ``lesson``, ``lab`` and ``exercise``, and the pieces of its
        lesson by names such as ``lesson/risk``.
    scenario, quiz
        What the module has of them.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> from fourps.course.outcomes import load
    >>> from fourps.scenario.model import load as scenario
    >>> folder = content_root() / "modules" / "protection"
    >>> played, _ = scenario(folder / "scenario.yaml")
    >>> places = gather(load(folder / "outcomes.yaml")[0], {}, played, None)
    >>> places["3.1"].practised
    [('scenario', 'The card desk')]
    """
    places = {number: Coverage() for number in outcomes.outcomes}
    for name, page in pages.items():
        if name != "exercise":
            _page(page, name.partition("/")[0], places)
    for number in scenario.objectives if scenario else []:
        if scenario and number in places:
            places[number].practised.append(("scenario", scenario.title))
            places[number].assessed.setdefault("scenario", []).append(scenario.title)
    for name, question in quiz.questions.items() if quiz else []:
        if question.objective in places:
            places[question.objective].assessed.setdefault("quiz", []).append(name)
    if "exercise" in pages:
        _exercise(pages["exercise"], places)
    return places


def _page(page: Page, name: str, places: dict[str, Coverage]) -> None:
    for block in page.blocks:
        for number in marked(block.text):
            if number not in places:
                continue
            activities = [title for box, title in block.boxes if box == "activity"]
            if activities:
                places[number].practised.append((name, activities[-1]))
            else:
                places[number].taught.append((name, block.headings[-1] if block.headings else ""))


def _exercise(page: Page, places: dict[str, Coverage]) -> None:
    for block in page.blocks:
        for number in marked(block.text):
            task = TASK.match(block.headings[-1]) if block.headings else None
            if number in places and task:
                kind = "manual" if int(task[1]) in _MANUAL else "auto"
                places[number].assessed.setdefault(kind, []).append(block.headings[-1])


_PLACES = {"lesson": "in-lesson", "lab": "in-lab", "scenario": "in-scenario"}
_TASKS = (("auto", "by-task", "by-tasks"), ("manual", "by-written-task", "by-written-tasks"))


class OutcomeRow(NamedTuple):
    """One outcome."""

    number: str
    text: str
    """The outcome."""
    taught: str
    practised: str
    assessed: str
    """Where, in words."""


class ModuleOutcomes(NamedTuple):
    """The outcomes of one module."""

    title: str
    folder: Path
    rows: list[OutcomeRow]
    missed: bool
    """Whether a title or an outcome had to stay in English."""


def outcomes_map(root: CourseRoot, language: str = "en") -> Iterator[ModuleOutcomes]:
    """Yield the map of each module.

    Parameters
    ----------
    root
        The folder of the course.
    language
        In which the map speaks. Titles stand in it as the pages that they are of say them.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> maps = {module.title: module.rows for module in outcomes_map(content_root())}
    >>> maps["Protection"][0].number
    '3.1'
    """
    listed = toc.pages(root)
    for folder in toc.modules(root):
        outcomes, _ = fourps.course.outcomes.load(folder / "outcomes.yaml")
        own = f"modules/{folder.name}/"
        named = [name.removeprefix(own) for name in listed if name.startswith(f"{own}lesson")]
        files = {name: folder / f"{name}.md" for name in (*named, "lab", "exercise")}
        pages = {n: fourps.course.page.read(path) for n, path in files.items() if path.is_file()}
        played, asked = folder / "scenario.yaml", folder / "quiz.yaml"
        scenario = fourps.scenario.model.load(played)[0] if played.is_file() else None
        quiz = fourps.quiz.model.load(asked)[0] if asked.is_file() else None
        places = gather(outcomes, pages, scenario, quiz)
        catalogues = [f"{own}{name}" for name in (*pages, "practice")] if language != "en" else []
        say = Saying(*(load(root, page, language) for page in catalogues))
        rows = [
            _row(number, say(outcome.text), places[number], say, words(language))
            for number, outcome in outcomes.outcomes.items()
        ]
        yield ModuleOutcomes(say(outcomes.title), folder, rows, say.missed)


def _row(
    number: str, text: str, here: Coverage, say: Saying, texts: Mapping[str, str]
) -> OutcomeRow:
    def placed(places: list[tuple[str, str]]) -> list[str]:
        return [texts[_PLACES[page]].format(title=say(title)) for page, title in places]

    assessed = []
    if questions := here.assessed.get("quiz"):
        key = "by-question" if len(questions) == 1 else "by-questions"
        assessed.append(texts[key].format(count=len(questions)))
    if "scenario" in here.assessed:
        assessed.append(texts["by-scenario"])
    for kind, single, several in _TASKS:
        if headings := here.assessed.get(kind):
            numbers = [match[1] for head in headings if (match := TASK.match(head))]
            key = several if len(numbers) > 1 else single
            assessed.append(texts[key].format(numbers=", ".join(numbers)))
    lines = (placed(here.taught), placed(here.practised), assessed)
    return OutcomeRow(number, text, *(_listed(line, texts) for line in lines))


def _listed(places: list[str], texts: Mapping[str, str]) -> str:
    """Return places as a list that reads on in one line."""
    if not places:
        return ""
    more = texts["one-more"]
    return reduce(lambda before, place: more.format(before=before, next=place), places)


def headed(row: OutcomeRow, language: str = "en") -> list[tuple[str, str]]:
    """Return where an outcome is, each place with what it is there, as a line begins.

    Examples
    --------
    >>> headed(OutcomeRow("1.1", "Wait.", "Lesson: A", "Lab: B", "Scenario"))[0]
    ('Taught:', 'Lesson: A')
    """
    texts = words(language)
    heads = [texts["label"].format(what=texts[key]) for key in ("taught", "practised", "assessed")]
    return list(zip(heads, (row.taught, row.practised, row.assessed), strict=True))
