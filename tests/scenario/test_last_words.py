"""Who has the last word: whom a play met, and nobody else."""

import random

import pytest

from fourps.scenario.condition import holds
from fourps.scenario.engine import replay
from fourps.scenario.explore import explore
from fourps.scenario.last_words import met, named
from fourps.scenario.model import load
from fourps.scenario.player import spec


@pytest.fixture
def peopled(small_scenario):
    """Return the small scenario with two people: one at the shelf, one who comes with a choice."""
    data = small_scenario()
    data["people"] = {"reader": "the reader, who waits", "a": "A., the tailor"}
    data["nodes"]["shelf"]["meets"] = ["reader"]
    data["nodes"]["table"]["choices"]["ask-need"]["meets"] = ["a"]
    for ending in data["endings"].values():
        ending["parts"] = [
            {"about": ["reader"], "text": "The reader came back."},
            {"about": ["a"], "when": {"asked": True}, "text": "A. knows where to go."},
            {"about": ["reader", "a"], "text": "The reader and A. talk."},
        ]
    return data


def test_named(build, peopled):
    """Is a person named by the whole of what stands before the comma, and by no part of a word?"""
    scenario = build(peopled)
    assert named(scenario, "The reader saw A. there.") == ["reader", "a"]
    assert named(scenario, "Readers saw USA.") == []


def plays(space, count):
    """Return random plays that came to an end."""
    chance = random.Random(7)  # noqa: S311 - plays, no secret
    found = []
    while len(found) < count:
        state, path = 0, []
        while space.ways[state]:
            choice, state = chance.choice(space.ways[state])
            path.append(choice)
        found.append((path, state))
    return found


def test_met(build, peopled, javascript):
    """Is whom a play met between those whom every way met, and those whom some way met; in both languages?"""
    scenario = build(peopled)
    space = explore(scenario)
    always, ever = met(space)
    people = [*scenario.people]
    ended = plays(space, 60)
    mine = []
    for path, state in ended:
        nodes = {name for name, node in scenario.nodes.items() if {*path} & {*node.choices}}
        seen = {one for name in nodes for one in scenario.nodes[name].meets}
        seen |= {one for choice in path for one in scenario.choices[choice].meets}
        for place, person in enumerate(people):
            assert always[state] >> place & 1 <= (person in seen) <= ever[state] >> place & 1
        attempt = replay(scenario, path)
        told = scenario.endings[attempt.ending].parts
        mine.append(
            [
                part.text
                for part in told
                if {*part.about} <= seen and holds(part.when, attempt.values)
            ]
        )
    data = spec(scenario, {}, space.ranges)
    assert javascript("last", spec=data, paths=[path for path, _ in ended]) == mine
    assert {len(one) for one in mine} == {0, 1, 3}


def test_turns(build, small_scenario, javascript):
    """Are the turning points critical errors first, then what cost most, each beside the best that was on offer?"""
    scenario = build(small_scenario())
    data = spec(scenario, {}, explore(scenario).ranges)
    paths = [
        ["call-out", "hand-leaflet"],
        ["stay-standing", "hand-leaflet"],
        ["sit-down", "ask-need", "offer-return"],
        ["call-out", "say-sorry", "say-goodbye"],
    ]
    assert javascript("turns", spec=data, paths=paths) == [
        [["call-out", "sit-down"], ["hand-leaflet", "ask-need"]],
        [["stay-standing", "sit-down"], ["hand-leaflet", "look-up"]],
        [],
        [["call-out", "sit-down"]],
    ]


def test_every_story_has_last_words(root):
    """Do all stories of the course name their people, and does each of them come in somewhere?"""
    for path in sorted(root.glob("modules/*/scenario.yaml")):
        scenario, _ = load(path)
        assert scenario.people, path
        met_somewhere = {one for node in scenario.nodes.values() for one in node.meets}
        met_somewhere |= {one for choice in scenario.choices.values() for one in choice.meets}
        assert met_somewhere == {*scenario.people}, path
        asking = {
            name
            for name, node in scenario.nodes.items()
            if any(one.tempts for one in node.choices.values())
        }
        assert 3 <= len(asking) <= 5, path
