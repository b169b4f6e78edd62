"""Where each learner is, and for whom a facilitator may want to make time.

A reason is a cue to ask and no judgement. Endings of scenarios and answers to quizzes are none:
they are where people learn, and may be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from fourps.grading.certificate.completion import ALL_POINTS, FIRST_POINTS
from fourps.lab.sentence import short
from fourps.report.analysis import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from nbseal.base.errors import Reason
    from nbseal.gradebook.snapshot import Exercise
    from nbseal.gradebook.verdicts import Verdict

State = Literal["none", "handed-in", "failed", "partly", "waits", "below", "reached"]
# what so many of all have handed in, the others may want to be asked about
_MOST = 0.75
_SOLVED = 0.7
_SEVERAL = 3


class Cue(NamedTuple):
    """What a word may help with, and why."""

    what: str
    why: tuple[Reason, ...] = ()

    def said(self, say: Callable[[Reason], str] = str) -> str:
        """Return it as one text."""
        return f"{self.what} ({' '.join(map(say, self.why))})" if self.why else self.what


@dataclass
class LearnerState:
    """One learner."""

    id: str
    """nbgrader's."""
    states: dict[str, State] = field(default_factory=dict)
    """By exercise."""
    records: int = 0
    """How many decision and quiz records were handed in."""
    reasons: dict[str, list[Cue]] = field(default_factory=dict)
    """Why a word may help, empty for most: the key of a sentence, and what the sentence lists."""

    def cue(self, key: str, what: str, why: Iterable[Reason] = ()) -> None:
        """Add to the reasons."""
        self.reasons.setdefault(key, []).append(Cue(what, tuple(why)))

    @property
    def started(self) -> bool:
        """Whether anything was handed in."""
        return bool(self.records) or any(state != "none" for state in self.states.values())

    @property
    def finished(self) -> bool:
        """Whether every exercise was handed in and reaches the criterion."""
        return bool(self.states) and all(state == "reached" for state in self.states.values())


def people(
    learners: Iterable[str],
    *,
    exercises: Iterable[Exercise],
    outcomes: Mapping[tuple[str, str], Verdict],
    handed_in: Collection[tuple[str, str]],
    records: Mapping[str, int],
    criterion: float,
    now: datetime,
    titles: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> list[LearnerState]:
    """Say where each learner is, and why a word may help, in the order of `learners`.

    Parameters
    ----------
    learners
        All ids.
    exercises
        With their marks.
    outcomes
        What became of hand-ins, by learner and exercise.
    handed_in
        Learner and exercise of whatever lies in the folder of hand-ins, graded or not.
    records
        How many records each learner handed in.
    criterion
        The share of the points that completes an exercise.
    now
        When the report is made.
    titles
        By exercise, what its tasks are called.
    """
    everybody = {name: LearnerState(name, records=records.get(name, 0)) for name in learners}
    for exercise in exercises:
        missed = _missed(exercise, titles.get(exercise.name, {}))
        place = {learner: row for row, learner in enumerate(exercise.learners)}
        for learner, person in everybody.items():
            outcome = outcomes.get((learner, exercise.name))
            if outcome and outcome.status in ("failed", "partly"):
                person.states[exercise.name] = "failed" if outcome.status == "failed" else "partly"
                # a report may hide who people are
                why = [reason.without(learner) for reason in outcome.reasons]
                person.cue(f"help-{outcome.status}", exercise.name, why)
            elif learner in place and not (outcome and outcome.status == "missing"):
                row = place[learner]
                person.states[exercise.name] = _marked(
                    exercise, row, person, missed[row], criterion
                )
            else:
                waiting = (learner, exercise.name) in handed_in
                person.states[exercise.name] = "handed-in" if waiting else "none"
        key = "help-due" if exercise.due else "help-others"
        for person in _missing(exercise, everybody, now):
            person.cue(key, exercise.name)
    for person in everybody.values():
        if person.reasons and not person.started:
            # which ones is no news to somebody who has not begun
            person.reasons = {"help-nothing": []}
    return list(everybody.values())


def reached(marks: NDArray[np.float64], exercise: Exercise, criterion: float) -> bool:
    """Say whether marks complete an exercise: by all its tasks, or by the first 70 of 100 points.

    Parameters
    ----------
    marks
        One for each task, and extra credit at the end.
    exercise
        To which they belong.
    criterion
        The share of the points that is asked for.
    """
    points = np.array([task.points for task in exercise.tasks])
    ends = np.cumsum(points)
    ways = [len(points)]
    if ends.size and ends[-1] == ALL_POINTS and FIRST_POINTS in ends:
        ways.append(int(np.flatnonzero(ends == FIRST_POINTS)[0]) + 1)
    return any(
        marks[:end].sum() + marks[-1] >= criterion * points[:end].sum() - 1e-9 for end in ways
    )


def _marked(
    exercise: Exercise, row: int, person: LearnerState, missed: list[str], criterion: float
) -> State:
    marks = np.append(exercise.marks[row], exercise.extra[row])
    if exercise.waits[row].any():
        return "waits"
    if reached(marks, exercise, criterion):
        return "reached"
    if not marks[:-1].any():
        person.cue("help-empty", exercise.name)
    else:
        of = sum(task.points for task in exercise.tasks)
        person.cue("help-below", f"{exercise.name} ({short(marks.sum())}/{short(of)})")
        if len(missed) >= _SEVERAL:
            person.cue("help-tasks", f"{exercise.name} ({'; '.join(missed)})")
    return "below"


def _missed(exercise: Exercise, titles: Mapping[str, str]) -> list[list[str]]:
    """Return for each learner the tasks without points that most others solved."""
    points = np.array([task.points for task in exercise.tasks])
    if len(exercise.learners) < ENOUGH:
        return [[] for _ in exercise.learners]
    marks = np.nan_to_num(exercise.marks)
    solved = (points > 0) & (marks.mean(axis=0) >= _SOLVED * points)
    return [
        [
            titles.get(task.name, task.name)
            for task, none in zip(exercise.tasks, solved & (row == 0), strict=True)
            if none
        ]
        for row in marks
    ]


def _missing(
    exercise: Exercise, everybody: Mapping[str, LearnerState], now: datetime
) -> list[LearnerState]:
    """Return who has not handed in what was due, or what most have."""
    without = [person for person in everybody.values() if person.states[exercise.name] == "none"]
    if exercise.due:
        due = exercise.due < now
    else:
        due = len(everybody) - len(without) >= max(1.0, _MOST * len(everybody))
    return without if due else []
