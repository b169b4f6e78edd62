"""Who has the last word: whom a play met, and nobody else."""

import random
from statistics import median

import pytest

from fourps.scenario.engine import offered, replay, start, step
from fourps.scenario.explore import explore
from fourps.scenario.last_words import met, named
from fourps.scenario.model import load
from fourps.scenario.notation import holds
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


def told(scenario, path, story):
    """Return what a story tells a play of the people whom it met."""
    nodes = [node for node in scenario.nodes.values() if {*path} & {*node.choices}]
    seen = {one for come in [*nodes, *map(scenario.choices.get, path)] for one in come.meets}
    values = replay(scenario, path).values
    parts = [one for one in story.parts if {*one.about} <= seen and holds(one.when, values)]
    return seen, [" ".join(one.text.split()) for one in parts]


def test_met(build, peopled, javascript):
    """Is whom a play met between those whom every way met, and those whom some way met; in both languages?"""
    scenario = build(peopled)
    space = explore(scenario)
    always, ever = met(space)
    people = [*scenario.people]
    ended = plays(space, 60)
    mine = []
    for path, state in ended:
        seen, texts = told(scenario, path, scenario.endings[replay(scenario, path).ending])
        mine.append(texts)
        for place, person in enumerate(people):
            assert always[state] >> place & 1 <= (person in seen) <= ever[state] >> place & 1
    data = spec(scenario, {}, space.ranges)
    assert javascript("last", spec=data, paths=[path for path, _ in ended]) == mine
    assert {len(one) for one in mine} == {0, 1, 3}


HEARD = ["set-screen", "desk-like-all", "limits-first", "thank-ask", "card-now"]
BOY = [*HEARD, "show-both", "duty-open"]
LATE = ["set-screen", "desk-like-all", "card-first", "thank-ask", "card-now", "show-both"]
WORD = ["brief-volunteers", "draw-aside", "say-it-aloud", "give-word", "ask-ilden-first"]
WAITS, BOTH, ONE = "The man is waiting", "S. has a card", "A card that works today"
TRUTH, LAST = "You told S. what", "To think about"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([*HEARD, "same-card", "way-back"], [BOTH, TRUTH, WAITS]),
        ([*HEARD, "same-card", "paper"], [ONE, TRUTH, WAITS]),
        ([*BOY, "tap-first", "way-back"], [BOTH, TRUTH, "S. looks for the boy", WAITS]),
        ([*BOY, "report-today", "way-back"], [BOTH, TRUTH, "At noon you report", WAITS]),
        ([*BOY, "early-tomorrow", "way-back"], [BOTH, TRUTH, "You report what", WAITS]),
        (
            [*LATE, "duty-open", "report-today", "paper"],
            [ONE, "S. learned only", "At noon you report", WAITS],
        ),
        ([*LATE, "keep-silent", "way-back"], [BOTH, "S. asked who", "You agreed to say", WAITS]),
        (
            [*WORD, "card-waits", "paper"],
            ["S. leaves without", "You gave S. your word", "The man came"],
        ),
    ],
)
def test_the_first_chapter_ends(real, javascript, path, expected):
    """Does the first chapter end with what this play did, of the people whom it met, in both languages?"""
    story = real.nodes["man"].so_far
    _, texts = told(real, path, story)
    assert len(texts) == len(expected) + 1
    for text, begins in zip(texts, [*expected, LAST], strict=True):
        assert text.startswith(begins)
    data = spec(real, {}, dict.fromkeys(real.competencies, (0, 1)))
    assert javascript("last", spec=data, paths=[path]) == [texts]


def test_the_first_chapter_takes_ten_minutes(real, walk):
    """Do most plays of the first chapter, with all reasons, take 8 to 12 minutes at 160 words a minute?"""
    minutes = []
    for way in (walk(real, seed) for seed in range(200)):
        state, path, texts = start(real), [], [real.content_note]
        while not (node := real.nodes[state.node]).chapter:
            name, on_offer = way[len(path)], offered(real, state).values()
            values = dict(zip(real.variables, state.values, strict=True))
            asides = [one.text for one in node.asides if holds(one.when, values)]
            texts += [node.title, node.text, *asides, *(one.text for one in on_offer)]
            texts += [real.choices[name].consequence, real.choices[name].rationale]
            path.append(name)
            state = step(real, state, name)
        story = node.so_far
        ending = [story.title, story.text, *told(real, path, story)[1]]
        assert 60 <= sum(len(one.split()) for one in ending) <= 160
        minutes.append(sum(len(one.split()) for one in [*texts, *ending]) / 160)
    assert 9.5 <= median(minutes) <= 11
    assert sum(8 <= one <= 12 for one in minutes) >= 170


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
