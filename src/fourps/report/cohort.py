"""All that a report says about a cohort, part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fourps.course.toc import modules
from fourps.handin.records import FORMS, Players, players
from fourps.handin.released_exercise import marks, under_headings, without_points
from fourps.report import progress, records
from fourps.report.analysis import ENOUGH, analyse, answers, figure, gain, rights, ways
from nbseal.base.notebook_file import load
from nbseal.collect import practice
from nbseal.collect.submissions import find
from nbseal.gradebook import snapshot
from nbseal.gradebook.settings import CourseFolder, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from nbgrader.coursedir import CourseDirectory
    from numpy.typing import NDArray

    from fourps.course.files import CourseRoot
    from fourps.quiz.marking import QuizAttempt
    from fourps.quiz.model import Quiz
    from fourps.report.analysis import Analysis, Answer, Ways
    from fourps.report.progress import LearnerState
    from fourps.report.records import HandedIn
    from fourps.scenario.model import Scenario
    from nbseal.base.errors import Reason
    from nbseal.gradebook.snapshot import Exercise


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


QUARTERS = (0.25, 0.5, 0.75)


def cohort(
    course: CourseFolder, root: CourseRoot, more: Iterable[Path], criterion: float, now: datetime
) -> Cohort:
    """Read a course and put together what is to be said, under nbgrader's ids.

    Parameters
    ----------
    more
        Folders with records that did not come with hand-ins.
    criterion
        The share of the points that completes an exercise.
    now
        When the report is made.
    """
    place = settings(course)
    book = snapshot.read(place.db_url, course)
    # as its configuration has the folders
    submitted = [*chain.from_iterable(find(place, exercise.name) for exercise in book.exercises)]
    files = [*records.in_hand_ins(submitted)]
    for folder in more:
        files += records.in_folder(folder)
    exported = practice.read(course)
    # another nbgrader course has no records, and need not be one of ours
    known = players(root) if files or exported else Players({}, {})
    handed = records.read(files, known, exported)
    handed_in = {(submission.student, submission.assignment) for submission in submitted}
    order = {folder.name: number for number, folder in enumerate(modules(root))}
    exercises = sorted(book.exercises, key=lambda exercise: order.get(exercise.name, len(order)))
    learners = {*book.learners, *(learner for learner, _ in handed_in), *handed.learners}
    titles = {exercise.name: _titles(place, exercise.name) for exercise in exercises}
    return Cohort(
        course=str(place.course_id) or course.resolve().name,
        criterion=criterion,
        people=progress.people(
            sorted(learners),
            exercises=exercises,
            outcomes=book.outcomes,
            handed_in=handed_in,
            records=handed.learners,
            criterion=criterion,
            now=now,
            titles=titles,
        ),
        marked=[_marked(exercise, titles[exercise.name]) for exercise in exercises],
        asked=[
            _asked(quiz, [*handed.answers[name].values()])
            for name, quiz in known.quizzes.items()
            if handed.answers[name]
        ],
        played=[
            Played(scenario, ways(handed.plays[name].values()))
            for name, scenario in known.scenarios.items()
            if handed.plays[name]
        ],
        changed=[*filter(None, (_changed(handed, known, FORMS[0], form) for form in FORMS[1:]))],
        names=book.learners,
        refused=handed.refused,
        troubles=[*handed.troubles, *chain.from_iterable(map(_broken, exercises))],
    )


def _broken(exercise: Exercise) -> Iterator[str]:
    for learner in exercise.broken:
        message = "has points that are no number; they count as not marked."
        yield f"{learner}: {exercise.name} {message}"


def _marked(exercise: Exercise, titles: dict[str, str]) -> Marked:
    names = [task.name for task in exercise.tasks]
    points = np.array([task.points for task in exercise.tasks])
    whole = ~np.isnan(exercise.marks).any(axis=1)
    totals: NDArray[np.float64] = np.array([])
    if whole.sum() >= ENOUGH and points.sum() > 0:
        totals = 100 * (exercise.marks.sum(axis=1) + exercise.extra)[whole] / points.sum()
    return Marked(
        name=exercise.name,
        titles=titles,
        analysis=analyse(names, exercise.marks, points),
        quarters=tuple(map(float, np.quantile(totals, QUARTERS))) if totals.size else (),
        waits=int(exercise.waits.any(axis=1).sum()),
    )


def _titles(place: CourseDirectory, name: str) -> dict[str, str]:
    """Return the heading above each task of a released exercise, as far as it can be read."""
    folder = Path(place.format_path(place.release_directory, ".", name))
    titles: dict[str, str] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell, title in under_headings(load(path)):
            if task := marks(cell).get("grade_id"):
                titles[task] = without_points(title)
    return titles


def _asked(quiz: Quiz, attempts: Sequence[QuizAttempt]) -> QuizResult:
    questions = [question.text for question in quiz.questions.values()]
    shares = rights(quiz, attempts)
    analysis = analyse(questions, shares, np.ones(len(questions)))
    return QuizResult(quiz, analysis, answers(quiz, attempts))


def _changed(handed: HandedIn, known: Players, first: str, second: str) -> Changed | None:
    """Compare two tests of those who took both."""
    before, after = handed.answers[first], handed.answers[second]
    both = sorted(before.keys() & after.keys())
    if not both:
        return None
    titles = known.quizzes[first].title, known.quizzes[second].title
    if len(both) < ENOUGH:
        return Changed(*titles, len(both))
    # of the same learners in the same order
    pair = [_shares(attempts[who] for who in both) for attempts in (before, after)]
    means = [figure(float(shares.mean())) for shares in pair]
    return Changed(*titles, len(both), means[0], means[1], gain(*pair))


def _shares(attempts: Iterable[QuizAttempt]) -> NDArray[np.float64]:
    """Return the share of right answers of each attempt."""
    summaries = [attempt.summary for attempt in attempts]
    return np.array([summary["right"] / summary["count"] for summary in summaries])
