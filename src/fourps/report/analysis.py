"""Statistics of the tasks of one exercise, quiz or test, withheld where people are too few.

A table of marks is an array of learners by tasks. What cannot be computed is None, never NaN.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourps.quiz.model import Match, Order, Reason
from fourps.report.disclosure import ENOUGH, figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fourps.quiz.marking import QuizAttempt
    from fourps.quiz.model import Question, Quiz

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
    left_out = [name for name, kept in zip(names, counts, strict=True) if not kept]
    whole = marks[np.all(~missing[:, counts], axis=1)][:, counts]
    if len(whole) < ENOUGH or not counts.any():
        return Analysis(len(whole), [], left_out)
    kept = [name for name, known in zip(names, counts, strict=True) if known]
    shares = (whole / maxima[counts]).mean(axis=0)
    items = [
        TaskStatistics(name, figure(float(share))) for name, share in zip(kept, shares, strict=True)
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
    firsts = [[one == "first" for one in attempt.outcomes.values()] for attempt in attempts]
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
    found = {}
    for name, question in quiz.questions.items():
        if isinstance(question, Order):
            continue
        first = [attempt.tries[name][0][question.confidence :] for attempt in attempts]
        given = Counter(key for answer in first for key in set(_named(question, answer)))
        found[name] = [Answer(text, right, given[key]) for key, text, right in _possible(question)]
    return found


def _possible(question: Question) -> list[tuple[str, str, bool]]:
    """Return key, text and whether it is right, for each answer that can be given."""
    if isinstance(question, Match):
        return [(key, f"{pair.text} → {pair.answer}", True) for key, pair in question.pairs.items()]
    if isinstance(question, Order):
        return []
    return [(key, one.text, one.correct) for key, one in question.options.items()]


def _named(question: Question, answer: tuple[str, ...]) -> Iterable[str]:
    """Return the keys that an answer names; of pairs, those that are right."""
    if isinstance(question, Match):
        return [key for key, one in zip(question.pairs, answer, strict=True) if key == one]
    return answer[1:] if isinstance(question, Reason) else answer
