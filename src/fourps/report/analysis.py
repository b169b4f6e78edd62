"""Statistics of tasks and ways, and how they are printed so that none is about a few people.

There is one floor: nothing is said of fewer than ten people, on any page, nor in
``book/after/release/group.py``. On the page to pass on, counts of people are rounded to the nearest
five, totals included, and one under ten is not printed. Hiding a small count alone would not do:
the total, or what flows on to the next step, would give it back. Rounded totals do not, unless
every count happens to lie at one end of what is rounded alike, and their total at the other.

Statistics are made of ten people or more, and have two digits on the facilitator's own page. A
table of marks is an array of learners by tasks. What cannot be computed is None, never NaN.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourps.quiz.model import Match, Order, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fourps.quiz.marking import QuizAttempt
    from fourps.quiz.model import Question, Quiz
    from fourps.scenario.engine import Attempt


# the fewest people that anything is said of
ENOUGH = 10
# of printed counts
STEP = 5
# of a statistic
DIGITS = 2


def about(count: int) -> int | None:
    """Return a count of people as it may be passed on: a multiple of five, or None under ten.

    Nobody is not told from a few: a 0 beside a whole would say what everybody did.

    Parameters
    ----------
    count
        How many people there are.

    Examples
    --------
    >>> [about(count) for count in (0, 9, 10, 12, 13, 57)]
    [None, None, 10, 10, 15, 55]
    """
    if count < ENOUGH:
        return None
    return STEP * ((count + STEP // 2) // STEP)


def figure(value: float | None) -> float | None:
    """Return a statistic as it may be printed.

    Examples
    --------
    >>> figure(27 / 38), figure(-0.001), figure(None)
    (0.71, 0.0, None)
    """
    return None if value is None else round(value, DIGITS) + 0.0


Marks = NDArray[np.float64]
"""Points, learners by tasks."""

# at this share of missing marks a task says more about the marking than about the task
_UNMARKED = 0.5


class TaskStatistics(NamedTuple):
    """What is printed of one task."""

    name: str
    difficulty: float | None


@dataclass(frozen=True)
class Analysis:
    """The tasks of one exercise or quiz."""

    people: int
    """How many learners it rests on."""
    items: list[TaskStatistics]
    """Empty where there are fewer than ten learners."""
    left_out: list[str]
    """Names of tasks that are not yet marked for most, or earn no points."""


class Answer(NamedTuple):
    """How many people gave one answer."""

    text: str
    right: bool
    people: int


def analyse(names: Sequence[str], marks: Marks, maxima: Marks) -> Analysis:
    """Analyse the tasks of an exercise or quiz; no items where fewer than ten learners are left.

    Tasks that half of the learners or more have no mark for are left out; so are, after that,
    learners without a mark in one of the others.

    Parameters
    ----------
    names
        Of the tasks.
    marks
        Points, learners by tasks; NaN where there is no mark yet.
    maxima
        The most that each task brings.

    Examples
    --------
    >>> marks = np.array([[1.0, 1.0]] * 6 + [[0.0, 1.0]] * 6)
    >>> analyse(["one", "two"], marks, np.ones(2)).items[0]
    TaskStatistics(name='one', difficulty=0.5)
    """
    missing = np.isnan(marks)
    counts = maxima > 0
    if len(marks):
        counts &= missing.mean(axis=0) < _UNMARKED
    left_out = [name for name, counted in zip(names, counts, strict=True) if not counted]
    whole = marks[np.all(~missing[:, counts], axis=1)][:, counts]
    if len(whole) < ENOUGH or not counts.any():
        return Analysis(len(whole), [], left_out)
    used = [name for name, known in zip(names, counts, strict=True) if known]
    shares = (whole / maxima[counts]).mean(axis=0)
    items = [
        TaskStatistics(name, figure(float(share))) for name, share in zip(used, shares, strict=True)
    ]
    return Analysis(len(whole), items, left_out)


def gain(before: Marks, after: Marks) -> float | None:
    """Return the normalised gain of means: the part of what could be won that was won.

    (after - before) / (1 - before), of the means of the whole group: Hake, R. R. (1998),
    Interactive-engagement versus traditional methods, American Journal of Physics 66, 64-74.

    It is below 0 where the mean fell, and None where nothing could be won.

    Parameters
    ----------
    before, after
        Shares from 0 to 1, one for each learner.

    Examples
    --------
    >>> gain(np.array([0.5, 0.3]), np.array([0.8, 0.6])), gain(np.ones(2), np.ones(2))
    (0.5, None)
    """
    first = before.mean()
    return None if first == 1 else figure(float((after.mean() - first) / (1 - first)))


def rights(quiz: Quiz, attempts: Iterable[QuizAttempt]) -> Marks:
    """Return 1 for each question right at the first try, 0 for the others: learners by questions.

    Parameters
    ----------
    quiz
        What was asked.
    attempts
        One for each learner.
    """
    firsts = [[state == "first" for state in attempt.outcomes.values()] for attempt in attempts]
    return np.array(firsts, float).reshape(len(firsts), len(quiz.questions))


def answers(quiz: Quiz, attempts: Sequence[QuizAttempt]) -> dict[str, list[Answer]]:
    """Count which answers were given at the first try.

    Steps to put in order have none, and no question has any with fewer than ten learners.

    Parameters
    ----------
    quiz
        What was asked.
    attempts
        One for each learner; all finished.
    """
    if len(attempts) < ENOUGH:
        return {}
    counted = {}
    for name, question in quiz.questions.items():
        if isinstance(question, Order):
            continue
        first = [attempt.tries[name][0][question.confidence :] for attempt in attempts]
        counts = Counter(key for answer in first for key in set(_named(question, answer)))
        counted[name] = [
            Answer(text, right, counts[key]) for key, text, right in _possible(question)
        ]
    return counted


def _possible(question: Question) -> list[tuple[str, str, bool]]:
    """Return key, text and whether it is right, for each answer that can be given."""
    if isinstance(question, Match):
        return [(key, f"{pair.text} → {pair.answer}", True) for key, pair in question.pairs.items()]
    if isinstance(question, Order):
        return []
    return [(key, option.text, option.correct) for key, option in question.options.items()]


def _named(question: Question, answer: tuple[str, ...]) -> Iterable[str]:
    """Return the keys that an answer names; of pairs, those that are right."""
    if isinstance(question, Match):
        return [key for key, chosen in zip(question.pairs, answer, strict=True) if key == chosen]
    return answer[1:] if isinstance(question, Reason) else answer


@dataclass
class Ways:
    """The ways through one scenario, each person counted once at each place."""

    people: int = 0
    """How many finished."""
    choices: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    """How many people came to each choice and ending."""


def ways(plays: Iterable[Attempt]) -> Ways:
    """Count the ways of finished plays, exactly.

    Parameters
    ----------
    plays
        One for each person.
    """
    counted = Ways()
    for play in plays:
        counted.people += 1
        counted.endings[str(play.ending)] += 1
        counted.choices.update(set(play.path))
    return counted
