"""Times of a scenario go forward, whatever is chosen."""

from __future__ import annotations

import pytest

from fourps.scenario.backwards import backwards
from fourps.scenario.model import load
from fourps.scenario.story_time import read


@pytest.fixture
def back(build, small_scenario):
    """Return a function that gives nodes times and names those that come too early."""

    def find(**times):
        data = small_scenario()
        for name, time in times.items():
            data["nodes"][name]["time"] = time
        return list(backwards(build(data)))

    return find


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("week 3", (3, 0, 0)),
        ("week 3, Sunday", (3, 7, 0)),
        ("week 3, 00:05", (3, 0, 5)),
        # the same week: what it does not say is as it was
        ("week 2", (2, 2, 540)),
        ("week 2, Tuesday", (2, 2, 540)),
        ("week 2, 09:30", (2, 2, 570)),
        ("week 2, Wednesday", (2, 3, 0)),
    ],
)
def test_read(text, moment):
    """Is what a time leaves out taken from what was reached, in the same week and day only?"""
    assert read(text, before=(2, 2, 540)) == moment


def test_through_others(back):
    """Is an hour compared with the latest before it, also through nodes that name none?"""
    assert back(counter="week 2, 09:00", farewell="week 2, 08:59") == [("farewell", "table")]
    assert back(counter="week 2, 09:00", table="week 2", farewell="week 2, 09:00") == []


def test_loops_end(back):
    """Does a loop come to an end, and is one that goes back in time named once?"""
    assert back(table="week 2", shelf="week 2, 09:10") == []
    assert back(table="week 2, 09:00", shelf="week 2, 09:10") == [("table", "shelf")]


@pytest.mark.once
def test_the_real_ones(root):
    """Has every scene of the course a place and a time, each a time that can be reached?"""
    for path in root.glob("modules/*/scenario.yaml"):
        scenario, _ = load(path)
        bare = [name for name, one in scenario.nodes.items() if not (one.place and one.time)]
        assert (bare, list(backwards(scenario))) == ([], []), path
