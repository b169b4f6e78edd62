"""One who guesses by words."""

import pytest

from fourps.check.guess.items import chosen_from, gather
from fourps.check.guess.model import learn


@pytest.fixture(scope="module")
def items(betrayed):
    """What betrays itself."""
    return chosen_from(gather(betrayed)).items


def test_what_it_has_seen(items):
    """Does it learn from all modules but one, and from nothing of that one?"""
    weights = learn(items, content=True)["ferry"].weights
    assert weights["“,”"] > 0.2
    assert weights["“since”"] < -0.1
    assert weights["“ferry0”"] == 0
    assert learn(items[:18], content=True)["bridge"].weights == {}


def test_without_content(items):
    """Does it see function words, marks, place and length, and no other word?"""
    seen = set(learn(items, content=False)["ferry"].weights)
    assert {"“since”", "“what”", "“,”", "place 1", "length"} <= seen
    assert not {"“stone”", "“rope”", "“lift”"} & seen
