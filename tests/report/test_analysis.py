from collections import Counter

import numpy as np
import pytest

from fourps.course.files import content_root, find
from fourps.quiz.marking import mark
from fourps.quiz.model import load
from fourps.report.analysis import analyse, answers, gain, rights, ways
from fourps.scenario.engine import replay
from fourps.scenario.model import load as scenario_of


@pytest.fixture(scope="module")
def quiz():
    return load(find("before", "quiz.yaml", content_root()))[0]


@pytest.fixture(scope="module")
def attempts(maker, quiz):
    """Return 40 attempts at the test, of people who know more and less."""
    chance = maker.random.Random(5)
    return [
        mark(
            quiz,
            {
                name: [maker._answer(question, chance, good=chance.random() < number / 40)]
                for name, question in quiz.questions.items()
            },
        )
        for number in range(40)
    ]


def test_withheld():
    """Are statistics of fewer than ten learners withheld?"""
    marks = np.random.default_rng(1).integers(0, 2, (9, 3)).astype(float)
    found = analyse("abc", marks, np.ones(3))
    assert (found.items, found.people) == ([], 9)
    assert len(analyse("abc", np.vstack([marks, marks[:1]]), np.ones(3)).items) == 3
    assert analyse("abc", marks[:3], np.ones(3)).people == 3


def test_nobody():
    """Is an exercise that nobody handed in, or that has no task, no trouble?"""
    assert analyse("ab", np.zeros((0, 2)), np.ones(2)).items == []
    assert analyse("", np.zeros((30, 0)), np.ones(0)).items == []


def test_not_yet_marked():
    """Are tasks left out that most wait for, and learners who wait for one of the others?"""
    marks = np.random.default_rng(2).integers(0, 3, (30, 4)).astype(float)
    marks[:, 2] = np.nan
    marks[:5, 0] = np.nan
    found = analyse("abcd", marks, np.array([2.0, 2.0, 2.0, 0.0]))
    assert found.left_out == ["c", "d"]
    assert [item.name for item in found.items] == ["a", "b"]
    assert found.people == 25
    shares = marks[5:, :2].mean(axis=0) / 2
    assert [item.difficulty for item in found.items] == pytest.approx(shares, abs=0.0051)


def test_gain():
    """Is it 40 % from 9 to 17 of 29 answers, as was published, and of means, not the mean of gains?

    Savinainen, A. and Scott, P. (2002), The Force Concept Inventory, Physics Education 37, 45-52.
    """
    assert gain(np.array([9 / 29]), np.array([17 / 29])) == 0.4
    assert gain(np.array([0.0, 1.0]), np.array([1.0, 1.0])) == 1.0
    assert gain(np.ones(3), np.zeros(3)) is None


def test_rights(quiz, attempts):
    """Do the questions count that are right at the first try?"""
    found = rights(quiz, attempts)
    assert found.shape == (40, len(quiz.questions))
    assert found.sum(axis=1).tolist() == [one.summary["right"] for one in attempts]
    assert rights(quiz, []).shape == (0, len(quiz.questions))


def test_answers(quiz, attempts):
    """Is each answer of each kind of question counted, and none of order questions?"""
    found = answers(quiz, attempts)
    orders = {name for name, one in quiz.questions.items() if one.kind == "order"}
    assert set(found) == set(quiz.questions) - orders
    for name, counted in found.items():
        assert any(answer.right for answer in counted)
        assert all(0 <= answer.people <= 40 for answer in counted)
        if quiz.questions[name].kind == "single":
            assert sum(one.people for one in counted) == 40
    assert answers(quiz, attempts[:9]) == {}


def test_ways(root, maker):
    """Is each person counted once at each place, and does everybody come to one ending?"""
    scenario = scenario_of(root / "modules" / "protection" / "scenario.yaml")[0]
    chance = maker.random.Random(11)
    plays = [replay(scenario, maker._play(scenario, number / 50, chance)) for number in range(50)]
    found = ways(plays)
    assert found.people == found.endings.total() == 50
    assert found.choices == Counter(key for play in plays for key in set(play.path))
