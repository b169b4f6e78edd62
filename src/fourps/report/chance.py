"""Replace one answer in five by chance, so that no answer which is passed on proves anything.

This is randomised response: Warner, S. L. (1965), Randomized response: a survey technique for
eliminating evasive answer bias, Journal of the American Statistical Association 60, 63-69. All that
stands on the page to pass on is made of such answers alone, so whatever somebody works out from it,
from several such pages, or with the help of others, is again about answers that may be chance's.
What chance adds on average is known and taken off again.

Which answers are replaced follows from the course's secret and from all that a learner gave in the
same exercise, quiz or scenario. The same answers give the same numbers each time, so making a page
again and again averages nothing out; and when a learner changes one answer, chance decides about
all of theirs anew, so that a difference does not tell which one.
"""

from __future__ import annotations

import hmac
import json
import math
from random import Random
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from fourps.quiz.marking import QuizAttempt, options
from fourps.quiz.model import Match, Multiple, Order, Reason
from fourps.scenario.engine import offered, replay, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fourps.quiz.marking import Answer
    from fourps.quiz.model import Question, Quiz
    from fourps.scenario.engine import Attempt
    from fourps.scenario.model import Scenario

Shares = TypeVar("Shares", float, NDArray[np.float64])

REPLACED = 0.2
# marks become one of so many levels; chance takes each alike
LEVELS = 4
# of replaced answers with many parts, which hardly ever are right by chance, so many are right
_RIGHT = 1 / 3
# how many answers by chance say what chance adds on average
_DRAWN = 200
_SEED = 20261127
# how far one corrected answer spreads around the true one, at most; an answer is kept or not, so it
# is most where chance hardly ever gives it, as with ways through a scenario
MARKS, ANSWERS, PLAYS = 0.34, 0.45, 0.5
# nineteen times of twenty
_WITHIN = 1.96


def luck(secret: bytes, *about: object) -> Random:
    """Return chance that is always the same for the same secret and the same data.

    Examples
    --------
    >>> luck(b"a", "ada", 1).random() == luck(b"a", "ada", 1).random()
    True
    >>> luck(b"a", "ada", 1).random() == luck(b"b", "ada", 1).random()
    False
    """
    return Random(hmac.digest(secret, json.dumps(about).encode(), "sha256"))  # noqa: S311 - keyed


def marks(shares: Sequence[float | None], chance: Random) -> list[float | None]:
    """Replace marks, given as shares of what each task brings.

    A mark between two levels goes to one of them by chance, so that the mean stays.

    Examples
    --------
    >>> marks([1.0, None, 0.0], Random(2))
    [1.0, None, 0.0]
    """
    return [None if share is None else _level(share, chance) for share in shares]


def _level(share: float, chance: Random) -> float:
    if chance.random() < REPLACED:
        return chance.randrange(LEVELS) / (LEVELS - 1)
    exact = min(1.0, max(0.0, share)) * (LEVELS - 1)
    low = math.floor(exact)
    return (low + (chance.random() < exact - low)) / (LEVELS - 1)


def answers(attempt: QuizAttempt, chance: Random) -> QuizAttempt:
    """Replace first answers to a quiz; second ones are left out."""
    quiz = attempt.quiz
    return QuizAttempt(
        quiz,
        {
            name: (
                _drawn(question, chance) if chance.random() < REPLACED else attempt.tries[name][0],
            )
            for name, question in quiz.questions.items()
        },
    )


def play(attempt: Attempt, chance: Random) -> Attempt:
    """Replace a play as a whole by one that takes any way.

    Choice by choice, the first replaced one would lead to where the learner never was.
    """
    return _any_way(attempt.scenario, chance) if chance.random() < REPLACED else attempt


def answers_by_chance(quiz: Quiz) -> list[QuizAttempt]:
    """Return what a quiz looks like when every answer is replaced."""
    chance = Random(_SEED)  # noqa: S311 - no secret
    return [
        QuizAttempt(quiz, {name: (_drawn(one, chance),) for name, one in quiz.questions.items()})
        for _ in range(_DRAWN)
    ]


def plays_by_chance(scenario: Scenario) -> list[Attempt]:
    """Return what a scenario looks like when every play is replaced."""
    chance = Random(_SEED)  # noqa: S311 - no secret
    return [_any_way(scenario, chance) for _ in range(_DRAWN)]


def corrected(seen: Shares, by_chance: Shares | float) -> Shares:
    """Return what a share, or several, was before answers were replaced, on average.

    Parameters
    ----------
    seen
        A share among answers of which one in five was replaced.
    by_chance
        The share where every answer is replaced.

    Examples
    --------
    >>> round(corrected(0.8 * 0.9 + 0.2 * 0.25, 0.25), 9)
    0.9
    """
    return (seen - REPLACED * by_chance) / (1 - REPLACED)


def margin(spread: float, people: int) -> float:
    """Return how far a share may lie from the true one, nineteen times of twenty.

    Parameters
    ----------
    spread
        Of one corrected answer: `MARKS`, `ANSWERS` or `PLAYS`.
    people
        How many the share is made of; at least one.

    Examples
    --------
    >>> [round(margin(MARKS, people), 2) for people in (10, 50, 100)]
    [0.21, 0.09, 0.07]
    """
    return _WITHIN * spread / math.sqrt(people)


def _drawn(question: Question, chance: Random) -> Answer:
    """Return an answer by chance.

    Whatever is printed of an answer (right, or this option) is so drawn in one to three of four
    cases: were it rarer, whoever sees it would know that nobody drew it.
    """
    ids = options(question)
    level = ("1",) if question.confidence else ()
    if isinstance(question, (Multiple, Order, Match)) and chance.random() < _RIGHT:
        return level + _solution(question)
    match question:
        case Multiple():
            some = [name for name in ids if chance.random() < 1 / 2]
            return level + tuple(some or [chance.choice(ids)])
        case Order() | Match():
            return level + tuple(chance.sample(ids, len(ids)))
        case Reason():
            reason = chance.choice(ids)
            good = question.answer if question.options[reason].correct else chance.random() < 1 / 2
            return (*level, str(good).lower(), reason)
    return (*level, chance.choice(ids))


def _solution(question: Multiple | Order | Match) -> Answer:
    match question:
        case Order():
            return tuple(question.items)
        case Match():
            return tuple(question.pairs)
    return tuple(name for name, one in question.options.items() if one.correct)


def _any_way(scenario: Scenario, chance: Random) -> Attempt:
    state, path = start(scenario), list[str]()
    while state.node != END:
        path.append(chance.choice(list(offered(scenario, state))))
        state = step(scenario, state, path[-1])
    return replay(scenario, path)
