"""One who guesses by words."""

import numpy as np
import pytest

from fourps.check.guess.items import chosen_from, gather
from fourps.check.guess.model import Learner


@pytest.fixture(scope="module")
def items(betrayed):
    """What betrays itself."""
    return chosen_from(gather(betrayed)).items


def test_what_it_has_seen(items):
    """Does it learn from all modules but one, and from nothing of that one?"""
    weights = Learner(items, content=True).without("ferry").weights
    assert weights["“,”"] > 0.2
    assert weights["“since”"] < -0.1
    assert weights["“ferry0”"] == 0
    assert Learner(items[:18], content=True).without("bridge").weights == {}


def test_without_content(items):
    """Does it see function words, marks, place and length, and no other word?"""
    seen = set(Learner(items, content=False).without("").weights)
    assert {"“since”", "“what”", "“,”", "place 1", "length"} <= seen
    assert not {"“stone”", "“rope”", "“lift”"} & seen


def test_another_memory(items):
    """Do two readers who drew differ, and one who draws the same not?"""
    learner = Learner(items, content=True)
    one, other, again = (
        learner.without("ferry", np.random.default_rng(seed)).weights for seed in (1, 2, 1)
    )
    assert one == again
    assert one != other
