"""How long one sitting is, in Python for authors and in JavaScript for players."""

from fourps.scenario.engine import replay, start, step
from fourps.scenario.model import END, load
from fourps.scenario.player import spec
from fourps.scenario.sittings import MOST, in_room, left, minutes


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
