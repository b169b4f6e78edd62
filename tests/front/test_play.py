"""The order of options in an attempt: what a reader, a reload and another attempt make of it."""

import itertools
from collections import Counter

import pytest

from fourps.scenario.engine import replay
from fourps.scenario.model import load
from fourps.scenario.player import spec

pytestmark = pytest.mark.once

SEEDS = range(60)
FIRST, SECOND = ["choose", "sit-down"], ["choose", "ask-need"]


@pytest.fixture
def scenario(write, small_scenario):
    """Return the small scenario; three options are offered first, three later, then two."""
    return load(write(small_scenario(), "scenario.yaml"))[0]


@pytest.fixture
def play(javascript, scenario):
    """Return a function that plays, and gives after each act the path and the order of options."""
    return lambda seed, *acts: javascript("play", spec=spec(scenario, {}), seed=seed, acts=acts)


def test_options_are_those_on_offer(play, scenario):
    """Do those options stand on the screen that Python offers, whatever their order?"""
    for seed in SEEDS:
        for path, shown in play(seed, ["show", "situation"], FIRST, SECOND):
            assert sorted(shown) == sorted(replay(scenario, path).offered)


def test_orders_differ(play):
    """Does each order of the first options come about?"""
    found = Counter(tuple(play(seed, ["show", "situation"])[0][1]) for seed in SEEDS)
    assert set(found) == set(itertools.permutations(["sit-down", "stay-standing", "call-out"]))


def test_one_attempt(play):
    """Does the same order come back after Back, Forward, playing again from there, and a reload?"""
    for seed in SEEDS:
        # each load of a page draws a seed, which what the tab remembers replaces
        again = [["reload", seed + 1], ["stand", 1], ["reload", seed + 2], ["stand", 2]]
        start, later, *seen = play(
            seed, ["show", "situation"], FIRST, ["stand", 0], *again, ["choose", "ask-need"]
        )
        assert [path for path, _ in seen] == [[], [], [], [], FIRST[1:], ["sit-down", "ask-need"]]
        assert [shown for _, shown in seen[:4]] == [start[1]] * 4
        assert seen[4] == later


def test_a_record_goes_on(play):
    """Does a record lead to the same place in whatever order the options stood?"""
    ways = [play(seed, FIRST, SECOND, ["take", [FIRST[1], SECOND[1]]]) for seed in SEEDS]
    assert len({tuple(way[0][1]) for way in ways}) > 1
    assert {tuple(path) for way in ways for path, _ in way[1:]} == {(FIRST[1], SECOND[1])}


def test_another_attempt(play):
    """Do options stand in another order after "Start again", as often as chance has it, also after a reload?"""
    other = 0
    for seed in SEEDS:
        before, after, kept = play(seed, ["show", "situation"], ["again", None], ["reload", seed])
        assert after[0] == []
        assert kept == after
        other += before[1] != after[1]
    # five of six orders are others
    assert 40 <= other <= 58
