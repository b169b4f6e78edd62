"""How long one sitting is, in Python for authors and in JavaScript for players; and time goes forward."""

import pytest
from group_minutes import in_room

from fourps.scenario.engine import replay, start, step
from fourps.scenario.model import END, load
from fourps.scenario.player import spec
from fourps.scenario.sittings import MOST, backwards, left, minutes


def test_chapters(build, small_scenario):
    """Does a chapter end the sitting before it?"""
    data = small_scenario()
    assert left(build(data)) == {"counter": 3, "table": 2, "shelf": 1, "farewell": 1}
    data["nodes"]["table"]["chapter"] = "Later"
    assert left(build(data))["counter"] == 1


def test_minutes(build, small_scenario):
    """Are the minutes of a play those of its words, and those of a sitting only of one chapter?"""
    data = small_scenario()
    for node in data["nodes"].values():
        node["text"] = "word " * 1600
    whole, sitting = minutes(build(data))
    assert whole == sitting
    assert whole >= 10 * min(2, len(data["nodes"]))
    data["nodes"]["table"]["chapter"] = "Later"
    assert minutes(build(data))[1] < whole


def test_in_a_room(build, small_scenario):
    """Does a pause lengthen the slot alone, and neither the play nor the version of a scenario?"""
    data = small_scenario()
    before, version = in_room(build(data)), build(data).version
    for node in ("counter", "table", "shelf", "farewell"):
        data["nodes"][node]["pause"] = True
    after = in_room(build(data))
    assert after == (before.pairs, before.slot + 25, before.aloud + 25)
    assert build(data).version == version


def test_rooms(root):
    """Does a group need longer with pauses and talk, and longest where one person reads aloud?"""
    for path in sorted(root.glob("modules/*/scenario.yaml")):
        room = in_room(load(path)[0])
        assert room.pairs < room.slot < room.aloud


def test_no_sitting_is_long(root, walk, javascript):
    """Is no sitting of the course over twelve decisions, and does what a player counts never grow?"""
    for path in sorted(root.glob("modules/*/scenario.yaml")):
        scenario, _ = load(path)
        ways = [walk(scenario, seed) for seed in range(20)]
        nodes = [nodes_of(scenario, way) for way in ways]
        counted = javascript(
            "sittings",
            spec=spec(scenario, {}, dict.fromkeys(scenario.competencies, (0, 1))),
            ways=nodes,
        )
        for way, steps in zip(nodes, counted, strict=True):
            assert len(steps) == len(way)
            for number, (node, count) in enumerate(zip(way, steps, strict=True)):
                assert count["number"] <= count["most"] <= MOST
                before = steps[number - 1] if number else None
                if before and not scenario.nodes[node].chapter:
                    assert count["number"] == before["number"] + 1
                    assert count["most"] <= before["most"]
                else:
                    assert count["number"] == 1


def nodes_of(scenario, way):
    """Return the nodes that a way passes."""
    state, nodes = start(scenario), []
    for choice in way:
        nodes.append(state.node)
        state = step(scenario, state, choice)
    assert state.node == END
    assert replay(scenario, way).ending
    return nodes


@pytest.fixture
def back(build, small_scenario):
    """Return a function that gives nodes times and names those that come too early."""

    def find(**times):
        data = small_scenario()
        for name, time in times.items():
            data["nodes"][name]["time"] = time
        return list(backwards(build(data)))

    return find


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
