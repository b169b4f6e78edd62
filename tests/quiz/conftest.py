"""Quizzes to answer: the small one and the real ones."""

from __future__ import annotations

import itertools
import random

import pytest

from fourps.quiz.marking import CONFIDENCE
from fourps.quiz.model import Match, Multiple, Order, Quiz, Reason, load


@pytest.fixture(scope="session")
def build():
    """Return a function that makes a quiz of plain values."""
    return Quiz.model_validate


@pytest.fixture
def loaded(write):
    """Return a function that writes plain values into a file and loads it as a quiz."""
    return lambda data: load(write(data, "quiz.yaml"))


@pytest.fixture(scope="session")
def small(build, small_quiz):
    """Return the small quiz, which has a question of each kind."""
    return build(small_quiz())


@pytest.fixture(scope="session", params=["practice", "test"])
def sample(request, build, small_quiz):
    """Return the small quiz, as it is and as a test that asks how sure one is."""
    data = small_quiz()
    if request.param == "test":
        data["test"] = True
        for question in data["questions"].values():
            question["confidence"] = True
    return build(data)


@pytest.fixture(scope="session")
def real(root):
    """Return the quiz of the protection module."""
    return load(root / "modules" / "protection" / "quiz.yaml")[0]


def _ids(question):
    return list(
        getattr(question, {"order": "items", "match": "pairs"}.get(question.kind, "options"))
    )


@pytest.fixture(scope="session")
def whole_answers():
    """Return a function that gives every whole answer to a question."""

    def every(question):
        ids = _ids(question)
        match question:
            case Order() | Match():
                answers = list(itertools.permutations(ids))
            case Multiple():
                sizes = range(1, len(ids) + 1)
                answers = [one for size in sizes for one in itertools.combinations(ids, size)]
            case Reason():
                answers = list(itertools.product(("true", "false"), ids))
            case _:
                answers = [(one,) for one in ids]
        levels = [(level,) for level in CONFIDENCE] if question.confidence else [()]
        return [(*level, *answer) for level in levels for answer in answers]

    return every


@pytest.fixture(scope="session")
def any_answers():
    """Return a function that gives every list of a question's ids and some strangers."""

    def every(question):
        words = [*_ids(question), "true", "false", "stranger"]
        words += [CONFIDENCE[0], CONFIDENCE[-1]] if question.confidence else []
        sizes = range(len(_ids(question)) + 2)
        return [one for size in sizes for one in itertools.product(words, repeat=size)]

    return every


@pytest.fixture(scope="session")
def some_tries(whole_answers):
    """Return a function that answers a quiz at random, the same way for the same seed."""

    def answer(quiz, seed, right):
        chance = random.Random(seed)  # noqa: S311 - an answer, no secret
        tries = {}
        for name, question in quiz.questions.items():
            if question.kind in ("order", "match"):
                pool = [tuple(chance.sample(_ids(question), len(_ids(question)))) for _ in "123"]
                pool.append(tuple(_ids(question)))
                if question.confidence:
                    pool = [(chance.choice(CONFIDENCE), *one) for one in pool]
            else:
                pool = whole_answers(question)
            first, second = chance.choice(pool), chance.choice(pool)
            given = [first] if right(question, first) else [first, second]
            given = given[: min(quiz.tries, chance.randint(0, 2))]
            if given:
                tries[name] = [list(one) for one in given]
        return tries

    return answer
