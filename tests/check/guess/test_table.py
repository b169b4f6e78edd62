"""How often each of those who guess is right."""

import pytest

from fourps.check.guess.items import Item
from fourps.check.guess.table import Row, rows


@pytest.mark.parametrize(("above", "over"), [(8.4, False), (8.6, True), (-40, False)])
def test_bound(above, over):
    """Is a bound missed by a whole point, above chance only?"""
    assert (Row("questions", "longest", {}, 40, above, 8).over > 0) is over
    assert Row("questions", "chance", {}, 40, 0, None).over < 0


def test_each_its_bound(tmp_path):
    """Does each guesser have its bound, and each module its own figure?"""
    options = {"go": "Go.", "stay": "Stay.", "wait": "Wait."}
    at = (tmp_path, 1, "questions.q")
    items = [
        Item("questions", "bridge", *at, options, frozenset({"go"})),
        Item("questions", "ferry", *at, options, frozenset({"stay", "wait"})),
    ]
    first = {"go": 1, "stay": 0, "wait": 0}
    names = ("place 1", "function words, length, place", "all words")
    chance, *found = rows(items, dict.fromkeys(names, lambda *_: first))
    assert (chance.all, chance.modules["ferry"]) == (50, pytest.approx(200 / 3))
    assert [row.bound for row in found] == [8, 12, 25]
    assert [row.modules for row in found] == [{"bridge": 100, "ferry": 0}] * 3
    assert [row.above for row in found] == [0] * 3
