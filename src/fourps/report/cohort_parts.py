"""What a report says about a cohort, part by part, and what it was made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fourps.course.reason import Reason
    from fourps.grading.gradebook.snapshot import Exercise
    from fourps.handin.players import Players
    from fourps.quiz.model import Quiz
    from fourps.report.analysis import Analysis, OptionShares
    from fourps.report.change import GainInterval
    from fourps.report.disclosure import Bar
    from fourps.report.progress import LearnerState
    from fourps.report.records import HandedIn
    from fourps.report.ways import Ways
    from fourps.scenario.model import Scenario


@dataclass(frozen=True)
class Marked:
    """One exercise: its marks in per cent, and its tasks.

    Attributes
    ----------
    name
        nbgrader's.
    titles
        What tasks are called in the exercise, by name.
    analysis
        Of the tasks.
    bars
        Of the marks; none where fewer than ten are fully marked.
    quarters
        Marks that a quarter, half and three quarters of learners do not exceed.
    waits
        How many hand-ins wait for a person.
    """

    name: str
    titles: dict[str, str]
    analysis: Analysis
    bars: list[Bar]
    quarters: tuple[float, ...]
    waits: int


@dataclass(frozen=True)
class QuizResult:
    """One quiz or test: its questions, and which answers were given."""

    quiz: Quiz
    analysis: Analysis
    options: dict[str, list[OptionShares]]


@dataclass(frozen=True)
class Played:
    """One scenario, with the ways that were taken."""

    scenario: Scenario
    ways: Ways


class Changed(NamedTuple):
    """Results of two tests by the same people: means, gain and its interval.

    Where there are fewer than ten pairs, only their number is given.
    """

    first: str
    second: str
    people: int
    before: float | None = None
    after: float | None = None
    gain: float | None = None
    interval: GainInterval | None = None


@dataclass(frozen=True)
class Sources:
    """What a report is made of.

    Attributes
    ----------
    exercises
        With their marks, in the order of the course.
    titles
        By exercise, what its tasks are called.
    known
        The scenarios and quizzes of the course.
    found
        The records that were handed in.
    """

    exercises: list[Exercise]
    titles: dict[str, dict[str, str]]
    known: Players
    found: HandedIn


@dataclass(frozen=True)
class Cohort:
    """All that a report says.

    Attributes
    ----------
    course
        nbgrader's name of the course.
    criterion
        The share of the points that completes an exercise.
    people, marked, asked, played, changed
        Its parts.
    names
        Of the learners, by id, as far as the gradebook has them.
    refused
        Learner, and why one of their records cannot be read.
    sources
        What it was made of.
    """

    course: str
    criterion: float
    people: list[LearnerState]
    marked: list[Marked]
    asked: list[QuizResult]
    played: list[Played]
    changed: list[Changed]
    names: dict[str, str]
    refused: list[tuple[str, Reason]]
    sources: Sources

    @property
    def ungraded(self) -> dict[str, int]:
        """By exercise, how many hand-ins wait to be graded, where any do."""
        states = (pair for person in self.people for pair in person.states.items())
        return dict(Counter(name for name, state in states if state == "handed-in"))

    @property
    def troubles(self) -> list[str]:
        """A line for each learner of whom a part could not be read."""
        return [
            *self.sources.found.troubles,
            *(
                f"{learner}: {one.name} has points that are no number; they count as not marked."
                for one in self.sources.exercises
                for learner in one.broken
            ),
        ]
