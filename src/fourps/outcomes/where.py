"""Where each outcome is taught, practised and assessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fourps.course.outcomes import marked

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    >>> found = gather(load(folder / "outcomes.yaml")[0], {}, played, None)
    >>> found["3.1"].practised
    [('scenario', 'The card desk')]
    """
    found = {number: Coverage() for number in outcomes.outcomes}
    for name, page in pages.items():
        if name != "exercise":
            _page(page, name.partition("/")[0], found)
    for number in scenario.objectives if scenario else []:
        if scenario and number in found:
            found[number].practised.append(("scenario", scenario.title))
            found[number].assessed.setdefault("scenario", []).append(scenario.title)
    for name, question in quiz.questions.items() if quiz else []:
        if question.objective in found:
            found[question.objective].assessed.setdefault("quiz", []).append(name)
    if "exercise" in pages:
        _exercise(pages["exercise"], found)
    return found


def _page(page: Page, name: str, found: dict[str, Coverage]) -> None:
    for block in page.blocks:
        for number in marked(block.text):
            if number not in found:
                continue
            activities = [title for box, title in block.boxes if box == "activity"]
            if activities:
                found[number].practised.append((name, activities[-1]))
            else:
                found[number].taught.append((name, block.headings[-1] if block.headings else ""))


def _exercise(page: Page, found: dict[str, Coverage]) -> None:
    for block in page.blocks:
        for number in marked(block.text):
            task = TASK.match(block.headings[-1]) if block.headings else None
            if number in found and task:
                kind = "manual" if int(task[1]) in _MANUAL else "auto"
                found[number].assessed.setdefault(kind, []).append(block.headings[-1])
