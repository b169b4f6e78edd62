"""Where each outcome is taught, practised and assessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fourps.course.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.check.page import Page
    from fourps.course.outcomes import Outcomes
    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario

# Verbs of remembering and understanding; all others ask for more than recall.
# Anderson, Krathwohl 2001, the two lower of six levels.
_RECALL = frozenset(
    {"state", "name", "list", "recall", "define", "describe", "explain", "identify", "recognise",
     "summarise", "tell"}
)  # fmt: skip
_DOING = frozenset({"scenario", "auto", "manual"})
_LINE = re.compile(
    r"\*(?P<core>Core route\.)?\s*(?:Outcomes?\s+(?P<numbers>[\d.,\sand]+?)\.)?\s*\*"
)
_NUMBER = re.compile(r"\d+\.\d+")
_TASK = re.compile(r"Task (\d+)")
_MANUAL = (10, 11)


@dataclass
class Coverage:
    """Where one outcome appears.

    Attributes
    ----------
    taught
        Page and heading of each section that says so.
    practised
        ``scenario``, or page and title of an activity.
    assessed
        By kind: ``quiz``, ``scenario``, ``auto`` and ``manual``, the places in the course.
    """

    taught: list[tuple[str, str]] = field(default_factory=list)
    practised: list[tuple[str, str]] = field(default_factory=list)
    assessed: dict[str, list[str]] = field(default_factory=dict)


def core(text: str) -> bool:
    """Return whether a line marks a section of the core route.

    Parameters
    ----------
    text
        A paragraph.

    Returns
    -------
    bool
        True for ``*Core route.*`` and ``*Core route. Outcomes 3.1, 3.2.*``.

    Examples
    --------
    >>> core("*Core route. Outcome 3.1.*"), core("*Outcome 3.1.*")
    (True, False)
    """
    found = _LINE.fullmatch(text.strip())
    return bool(found and found["core"])


def marked(text: str) -> list[str]:
    """Return the outcomes that a line of a page names.

    Parameters
    ----------
    text
        A paragraph.

    Returns
    -------
    list of str
        The numbers in ``*Core route. Outcomes 3.1, 3.2.*`` or ``*Outcome 3.6.*``; none for any
        other paragraph.

    Examples
    --------
    >>> marked("*Core route. Outcomes 3.1 and 3.2.*"), marked("Outcome 3.1 is hard.")
    (['3.1', '3.2'], [])
    """
    found = _LINE.fullmatch(text.strip())
    return _NUMBER.findall(found["numbers"] or "") if found else []


def gather(
    outcomes: Outcomes, pages: Mapping[str, Page], scenario: Scenario | None, quiz: Quiz | None
) -> dict[str, Coverage]:
    """Look through a module for its outcomes.

    Parameters
    ----------
    outcomes
        The module's outcomes.
    pages
        Those that the module has of ``lesson``, ``lab`` and ``exercise``, and the pieces of its
        lesson by names such as ``lesson/risk``.
    scenario, quiz
        What the module has of them.

    Returns
    -------
    dict
        A `Coverage` by number.

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


def check(outcomes: Outcomes, found: dict[str, Coverage]) -> Iterator[Remark]:
    """Yield each outcome that the module does not carry through.

    Parameters
    ----------
    outcomes
        The module's outcomes.
    found
        As returned by `gather`.

    Yields
    ------
    Remark
        ``untaught``, ``unpractised``, ``unassessed`` or ``only-recall``.
    """
    for number, outcome in outcomes.outcomes.items():
        loc = ("outcomes", number)
        here = found[number]
        if not here.taught:
            message = f"no section says that it teaches it: *Outcome {number}.* below its heading"
            yield Remark("untaught", loc, message)
        if not here.practised:
            message = f"neither the scenario nor an activity practises it: *Outcome {number}.*"
            yield Remark("unpractised", loc, message)
        for kind in outcome.assessed:
            if kind not in here.assessed:
                message = f"it is to be assessed by {kind}, which leaves it out"
                yield Remark("unassessed", loc, message)
        verb = outcome.text.split()[0].lower()
        if verb not in _RECALL and not _DOING & set(outcome.assessed):
            message = f"'{verb}' asks for more than recall: assess it by scenario, auto or manual"
            yield Remark("only-recall", loc, message)


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
            task = _TASK.match(block.headings[-1]) if block.headings else None
            if number in found and task:
                kind = "manual" if int(task[1]) in _MANUAL else "auto"
                found[number].assessed.setdefault(kind, []).append(block.headings[-1])
