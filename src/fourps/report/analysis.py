"""Item analysis of one exercise, quiz or test, withheld where it would rest on too few people.

Counts of people are exact; whoever prints them for others rounds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fourps.quiz.model import Match, Order, Reason
from fourps.report.disclosure import DIGITS, ENOUGH, figure
from fourps.report.items import alpha, difficulty, discrimination, groups, item_total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from fourps.quiz.marking import QuizAttempt
    from fourps.quiz.model import Question, Quiz
    from fourps.report.items import Groups

# at this share of missing marks a task says more about the marking than about the task
_UNMARKED = 0.5


class TaskStatistics(NamedTuple):
    """What may be printed of one task; None where it cannot be computed."""

    name: str
    difficulty: float
    correlation: float | None
    discrimination: float | None


@dataclass(frozen=True)
class Analysis:
    """The tasks of one exercise or quiz."""

    people: int
    """How many learners it rests on."""
    items: list[TaskStatistics]
    """Empty where there are fewer than ten learners."""
    reliability: float | None
    """Cronbach's alpha, which for rights and wrongs is KR-20; two digits."""
    left_out: list[str]
    """Names of tasks that are not yet marked for most, or earn no points."""


class OptionShares(NamedTuple):
    """How many people gave one answer: in all, and in the upper and lower group if there are."""

    text: str
    right: bool
    people: int
    groups: tuple[int, int] | None


def analyse(
    names: Sequence[str], marks: NDArray[np.float64], maxima: NDArray[np.float64]
) -> Analysis:
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
    TaskStatistics(name='one', difficulty=0.5, correlation=None, discrimination=None)
    """
    counts, rows = usable(marks, maxima)
    left_out = [name for name, kept in zip(names, counts, strict=True) if not kept]
    whole = marks[rows][:, counts]
    if len(whole) < ENOUGH or not counts.any():
        return Analysis(len(whole), [], None, left_out)
    columns = zip(
        [name for name, kept in zip(names, counts, strict=True) if kept],
        difficulty(whole, maxima[counts]),
        item_total(whole),
        discrimination(whole, maxima[counts], groups(whole.sum(axis=1))),
        strict=True,
    )
    items = [
        TaskStatistics(name, round(mean, DIGITS), figure(correlation), figure(between))
        for name, mean, correlation, between in columns
    ]
    return Analysis(len(whole), items, figure(alpha(whole)), left_out)


def usable(
    marks: NDArray[np.float64], maxima: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which tasks can be analysed, and which learners have a mark in each of them.

    Parameters
    ----------
    marks
        Points, learners by tasks; NaN where there is no mark yet.
    maxima
        The most that each task brings.
    """
    missing = np.isnan(marks)
    tasks = maxima > 0
    if len(marks):
        tasks &= missing.mean(axis=0) < _UNMARKED
    return tasks, np.all(~missing[:, tasks], axis=1)


def rights(quiz: Quiz, attempts: Iterable[QuizAttempt]) -> NDArray[np.float64]:
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


def options(quiz: Quiz, attempts: Sequence[QuizAttempt]) -> dict[str, list[OptionShares]]:
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
    tails = groups(rights(quiz, attempts).sum(axis=1))
    return {
        name: [
            OptionShares(text, right, int(given.sum()), _tails(given, tails))
            for text, right, given in answers
        ]
        for name, answers in chosen(quiz, attempts).items()
    }


def _tails(given: NDArray[np.bool_], tails: Groups | None) -> tuple[int, int] | None:
    return tails and (int((given & tails.upper).sum()), int((given & tails.lower).sum()))


def chosen(
    quiz: Quiz, attempts: Sequence[QuizAttempt]
) -> dict[str, list[tuple[str, bool, NDArray[np.bool_]]]]:
    """Say for each answer of each question who gave it at the first try.

    An answer is its text, whether it is right, and for each learner whether it was given. Steps to
    put in order have none.

    Parameters
    ----------
    quiz
        What was asked.
    attempts
        One for each learner.
    """
    answers = {}
    for name, question in quiz.questions.items():
        if isinstance(question, Order):
            continue
        first = [attempt.tries[name][0][question.confidence :] for attempt in attempts]
        given = [set(_named(question, answer)) for answer in first]
        answers[name] = [
            (text, right, np.array([key in letters for letters in given], bool))
            for key, text, right in _possible(question)
        ]
    return answers


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
