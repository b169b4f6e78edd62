"""All that is gathered while one course is looked through, and the texts of its YAML files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import fourps.course.page
from fourps.course.problem import BrokenSourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from fourps.course.outcomes import Outcomes
    from fourps.course.page import Page
    from fourps.course.problem import Problem
    from fourps.course.source import Loc, Source
    from fourps.course.world import World
    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario

Loaded = TypeVar("Loaded")
P = ParamSpec("P")
_READ = frozenset(
    {"text", "title", "consequence", "rationale", "feedback", "why", "role", "content_note",
     "practise", "answer", "short", "note", "map", "rule"}
)  # fmt: skip


@dataclass
class Gathered:
    """What the rules tell each other."""

    root: Path
    # the keys of the bibliography; None if it cannot be read
    sources: set[str] | None = None
    cited: set[str] = field(default_factory=set)
    # how often choices and questions cite each of them
    citations: Counter[str] = field(default_factory=Counter)
    # how each fact of the sheet was checked
    statuses: dict[str, str] = field(default_factory=dict)
    # the numbers of each module's outcomes
    outcomes: dict[str, set[str]] = field(default_factory=dict)
    world: World | None = None
    # the nodes of all scenarios, each after its module, and the questions, each after its quiz
    situations: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    # the pages of the table of contents
    listed: frozenset[str] = frozenset()
    # for the author, one line about each scenario and quiz
    facts: list[str] = field(default_factory=list)
    # where each thing of a scenario or quiz stands in its file
    sources_of: dict[Path, Source] = field(default_factory=dict)
    # what could be read: outcomes and scenarios by the folder of their module, quizzes by file
    taught: dict[str, Outcomes] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    quizzes: dict[Path, Quiz] = field(default_factory=dict)
    read: Callable[[Path], Page] = field(default_factory=lambda: cache(fourps.course.page.read))

    @property
    def owners(self) -> dict[str, str]:
        """The module of each outcome."""
        return {number: name for name, own in self.taught.items() for number in own.outcomes}


def loaded(
    load: Callable[P, Loaded], *args: P.args, **kwargs: P.kwargs
) -> Generator[Problem, None, Loaded | None]:
    """Yield what is wrong with a file; return what it holds if nothing is."""
    try:
        return load(*args, **kwargs)
    except BrokenSourceError as error:
        yield from error.problems
        return None


def texts(source: Source) -> Iterator[tuple[Loc, str]]:
    """Yield each text that a reader sees, and where it stands, in the order of the file.

    Parameters
    ----------
    source
        A scenario, a quiz, a table of rules, or the world.
    """
    yield from _texts(source.data, ())


def _texts(data: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _READ and isinstance(value, str):
                yield (*loc, key), value
            else:
                yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*loc, index))
