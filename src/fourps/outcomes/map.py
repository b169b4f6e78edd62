"""The map of outcomes: where each is taught, practised and assessed, gathered from the course."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import fourps.course.outcomes
import fourps.course.page
import fourps.quiz.model
import fourps.scenario.model
from fourps.course import toc
from fourps.outcomes.where import TASK, Coverage, gather

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.files import CourseRoot

_PAGES = {"lesson": "Lesson", "lab": "Lab"}


class OutcomeRow(NamedTuple):
    """One outcome."""

    number: str
    text: str
    """The outcome."""
    taught: str
    practised: str
    assessed: str
    """Where, in words."""

    @property
    def places(self) -> tuple[str, str, str]:
        """Where, in the order of `HEADINGS`."""
        return self.taught, self.practised, self.assessed


HEADINGS = ("Taught", "Practised", "Assessed")


def outcomes_map(root: CourseRoot) -> Iterator[tuple[str, Path, list[OutcomeRow]]]:
    """Yield the map of each module: its title, its folder and its outcomes.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> maps = {title: rows for title, _, rows in outcomes_map(content_root())}
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
        found = gather(outcomes, pages, scenario, quiz)
        rows = [_row(n, one.text, found[n]) for n, one in outcomes.outcomes.items()]
        yield outcomes.title, folder, rows


def _row(number: str, text: str, here: Coverage) -> OutcomeRow:
    taught = [f"{_PAGES[page]}: {heading}" for page, heading in here.taught]
    practised = [
        f"Scenario: {title}" if page == "scenario" else f"{_PAGES[page]}: {title}"
        for page, title in here.practised
    ]
    assessed = []
    if questions := here.assessed.get("quiz"):
        count = len(questions)
        assessed.append("Quiz: 1 question" if count == 1 else f"Quiz: {count} questions")
    if "scenario" in here.assessed:
        assessed.append("Scenario")
    for kind, lead in (("auto", "Exercise"), ("manual", "Exercise, written")):
        if headings := here.assessed.get(kind):
            numbers = [found[1] for one in headings if (found := TASK.match(one))]
            assessed.append(f"{lead}: task{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}")
    return OutcomeRow(number, text, "; ".join(taught), "; ".join(practised), "; ".join(assessed))
