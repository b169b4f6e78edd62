"""A group of people who took the tests at random, and the files that they give."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from fourps.quiz.marking import encode, mark, options, right
from fourps.quiz.model import Multiple, Reason

if TYPE_CHECKING:
    from fourps.quiz.model import Quiz

# how many people took each test, the first ones of all
TOOK = {"before": 23, "after": 17, "later": 8}


def answered(quiz: Quiz, chance: random.Random, skill: float = 0.6) -> str:
    """Return the record of somebody who knows so much of what a test asks."""
    tries = {}
    for name, question in quiz.questions.items():
        ids, knows = options(question), chance.random() < skill
        while True:
            count = chance.randint(1, len(ids)) if isinstance(question, Multiple) else 1
            named = chance.sample(ids, count if hasattr(question, "options") else len(ids))
            level = [chance.choice("123")] if question.confidence else []
            told = [chance.choice(["true", "false"])] if isinstance(question, Reason) else []
            answer = (*level, *told, *named)
            if right(question, answer) or not knows:
                break
        tries[name] = [answer]
    return encode(mark(quiz, tries))


def took(quizzes: dict[str, Quiz]) -> list[list[str]]:
    """Return the records of a group, a list for each person, in the order of the tests."""
    chance = random.Random(31)  # noqa: S311 - no secret
    return [
        [answered(quizzes[name], chance) for name, many in TOOK.items() if number < many]
        for number in range(TOOK["before"])
    ]


def files(people: list[list[str]]) -> list[dict[str, str]]:
    """Return the files that these people give."""
    return [
        {"name": f"{number}.json", "text": json.dumps({"format": 1, "tests": lines})}
        for number, lines in enumerate(people)
    ]
