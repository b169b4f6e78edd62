"""What a report says about a cohort, part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nbseal.base.errors import Reason

    from fourps.quiz.model import Quiz
    from fourps.report.analysis import Analysis, Answer
    from fourps.report.progress import LearnerState
    from fourps.report.ways import Ways
    from fourps.scenario.model import Scenario


@dataclass(frozen=True)
class Marked:
    """One exercise: its marks in per cent, and its tasks."""

    name: str
    """nbgrader's."""
    titles: dict[str, str]
    """What tasks are called in the exercise, by name."""
    analysis: Analysis
    """Of the tasks."""
    quarters: tuple[float, ...]
    """Marks that a quarter, half and three quarters of learners do not exceed; none where fewer
    than ten are fully marked."""
    waits: int
    """How many hand-ins wait for a person."""


@dataclass(frozen=True)
class QuizResult:
    """One quiz or test: its questions, and which answers were given."""

    quiz: Quiz
    analysis: Analysis
    answers: dict[str, list[Answer]]


@dataclass(frozen=True)
class Played:
    """One scenario, with the ways that were taken."""

    scenario: Scenario
    ways: Ways


class Changed(NamedTuple):
    """Results of two tests by the same people: means and gain.

    Where there are fewer than ten pairs, only their number is given.
    """

    first: str
    second: str
    people: int
    before: float | None = None
    after: float | None = None
    gain: float | None = None


@dataclass(frozen=True)
class Cohort:
    """All that a report says."""

    course: str
    """nbgrader's name of the course."""
    criterion: float
    """The share of the points that completes an exercise."""
    people: list[LearnerState]
    marked: list[Marked]
    asked: list[QuizResult]
    played: list[Played]
    changed: list[Changed]
    """The parts of the report, of which this is the last."""
    names: dict[str, str]
    """Of the learners, by id, as far as the gradebook has them."""
    refused: list[tuple[str, Reason]]
    """Learner, and why one of their records cannot be read."""
    troubles: list[str]
    """A line for each learner of whom a part could not be read."""

    @property
    def ungraded(self) -> dict[str, int]:
        """By exercise, how many hand-ins wait to be graded, where any do."""
        states = (pair for person in self.people for pair in person.states.items())
        return dict(Counter(name for name, state in states if state == "handed-in"))
