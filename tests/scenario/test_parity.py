"""Both engines, side by side: what Python says of a play, JavaScript must say too."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourps.record import DIGITS, Record, RecordError, checksum
from fourps.scenario.condition import OPERATORS, Comparison, holds
from fourps.scenario.engine import decode, encode, ending, replay, start
from fourps.scenario.explore import explore
from fourps.scenario.front import spec
from fourps.scenario.model import Scenario, load

WALKS = 1_000


def real_scenarios(root):
    """Return every scenario of the course."""
    return [load(path)[0] for path in sorted(root.glob("modules/*/scenario.yaml"))]


@pytest.fixture(scope="module")
def compare(javascript, summarise):
    """Return a function that takes paths through both and asserts that they say the same."""

    def same(scenario, paths):
        ranges = explore(scenario).ranges
        found = javascript("replay", spec=spec(scenario, {}), paths=paths)
        for path, theirs in zip(paths, found, strict=True):
            assert theirs == summarise(replay(scenario, path), ranges)

    return same


def test_conditions(javascript):
    """Does each comparison mean the same in both?"""
    numbers = range(-3, 4)
    tests = [
        ((Comparison("a", operator, number),),)
        for operator, number in itertools.product(OPERATORS, numbers)
    ]
    both = [(one[0] + two[0],) for one, two in itertools.combinations(tests[::3], 2)]
    either = [one + two for one, two in itertools.combinations(tests[::3], 2)]
    cases = [
        (condition, {"a": value}) for condition in [(), *tests, *both, *either] for value in numbers
    ]
    expected = [holds(condition, values) for condition, values in cases]
    assert True in expected
    assert False in expected
    assert javascript("holds", cases=cases) == expected


@given(body=st.text(st.characters(exclude_categories=["Cs"])))
def test_checksum(javascript, body):
    """Are the check characters of any text the same in both?"""
    assert javascript("checksum", bodies=[body]) == [checksum(body)]


def test_small(compare, small, all_paths):
    """Does every path of the small scenario lead to the same in both?"""
    paths = list(all_paths(small, 8))
    assert len(paths) > 50
    compare(small, paths)


@given(data=st.data())
@settings(max_examples=200)
def test_any_scenario(compare, drawn, build, all_paths, data):
    """Do plays of scenarios that nobody wrote lead to the same in both?"""
    scenario = build(data.draw(drawn))
    compare(scenario, list(itertools.islice(all_paths(scenario, 6), 200)))


def test_awkward_ids(compare, small_scenario, build, all_paths):
    """Do ids lead to the same in both that JavaScript has a meaning of its own for?"""
    data = small_scenario()
    text = json.dumps(data)
    for old, new in {"listening": "constructor", "say-sorry": "24-hours", "trust": "true"}.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    scenario = build(json.loads(text))
    assert "constructor" in scenario.competencies
    compare(scenario, list(all_paths(scenario, 6)))


def test_repaired_error_holds(compare, small_scenario, build, all_paths):
    """Do both hold the best score at growing where an error was repaired on the way?"""
    data = small_scenario()
    data["nodes"]["counter"]["choices"]["sit-down"]["score"] = {}
    data["nodes"]["table"]["choices"]["say-sorry"]["score"] = {"discretion": 2}
    data["nodes"]["counter"]["choices"]["call-out"]["score"] = {"discretion": -1}
    scenario = build(data)
    path = ["call-out", "say-sorry", "say-goodbye"]
    low, high = explore(scenario).ranges["discretion"]
    assert replay(scenario, path).scores["discretion"] == high > low
    compare(scenario, list(all_paths(scenario, 6)))


@pytest.mark.parametrize(
    "path", [["fly"], ["sit-down", "say-sorry"], ["sit-down", "hand-leaflet", "come-back"]]
)
def test_impossible_path(javascript, small, path):
    """Is a path that is not possible refused by both at the same step?"""
    found = javascript("replay", spec=spec(small, {}), paths=[path])
    assert found == [{"refused": "record-step", "step": len(path)}]
    with pytest.raises(ValueError, match=f"^step {len(path)}:"):
        replay(small, path)


@given(moves=st.lists(st.text(DIGITS[:5] + "zA~:", max_size=8), min_size=1, max_size=20))
def test_any_record(javascript, small, moves):
    """Is any line read or refused by both alike?"""
    lines = [str(Record(small.id, small.version, one)) for one in moves]
    for line, theirs in zip(
        lines, javascript("decode", spec=spec(small, {}), lines=lines), strict=True
    ):
        try:
            ours = list(decode(small, line).path)
        except RecordError as error:
            step = int(str(error).split()[1]) if str(error).startswith("Step ") else 0
            ours = {"refused": theirs["refused"], "step": step}
        assert theirs == ours


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (lambda _: "", "record-foreign"),
        (lambda _: "hello", "record-foreign"),
        (lambda line: line.replace("fourps1", "fourps2"), "record-foreign"),
        (lambda line: line.replace(":1", ":0", 1), "record-damaged"),
        (lambda line: line[:-1], "record-damaged"),
        (lambda line: str(Record("other", *line.split(":")[2:4])), "record-foreign"),
        (lambda _: str(Record("help-point", "0" * 8, "1")), "record-version"),
    ],
)
def test_refused_record(javascript, small, change, refused):
    """Is a line that is no record of this scenario refused by both, with a reason?"""
    line = change(encode(replay(small, ["sit-down"])))
    found = javascript("decode", spec=spec(small, {}), lines=[line])
    assert found == [{"refused": refused, "step": 0}]
    with pytest.raises(RecordError):
        decode(small, line)


def test_pasted_record(javascript, small):
    """Do spaces and line breaks around a record matter to neither?"""
    line = f" \n{encode(replay(small, ['sit-down', 'look-up']))}\r\n\t"
    path = ["sit-down", "look-up"]
    assert javascript("decode", spec=spec(small, {}), lines=[line]) == [path]
    assert list(decode(small, line).path) == path


def every_move(scenario):
    """Return a tree with a way to each state, and each of the state's choices hanging from it.

    An entry is the place of its parent and a choice; the first is the start.
    """
    space = explore(scenario)
    tree, place = [(0, "")], {start(scenario): 0}
    for state, moves in space.moves.items():  # in the order of the search: parents come first
        for move in moves:
            place.setdefault(move.target, len(tree))
            tree.append((place[state], move.choice))
    assert set(place) == set(space.moves)
    assert len(tree) == 1 + sum(map(len, space.moves.values()))
    return tree, space.ranges


@pytest.mark.slow
def test_every_state_and_choice(javascript, summarise, root):
    """Does every choice in every state of the scenario with the fewest lead to the same in both?"""
    smallest = min(real_scenarios(root), key=lambda scenario: len(explore(scenario).moves))
    tree, ranges = every_move(smallest)
    found = javascript("branches", spec=spec(smallest, {}), tree=tree)
    assert len(found) == len(tree)
    paths = {0: ()}
    for place, (parent, choice) in enumerate(tree):
        if place:
            paths[place] = (*paths[parent], choice)
        assert found[place] == summarise(replay(smallest, paths[place]), ranges)


def ways_to_the_end(scenario, space):
    """Return a way to each ending."""
    ways = {next(iter(space.moves)): ()}
    found = {}
    for state, moves in space.moves.items():
        for move in moves:
            ways.setdefault(move.target, (*ways[state], move.choice))
        if not moves:
            found.setdefault(ending(scenario, state), list(ways[state]))
            if len(found) == len(scenario.endings):
                break
    return list(found.values())


@pytest.mark.slow
def test_walks(javascript, summarise, root, walk):
    """Do a thousand plays at random, and one to each ending, lead to the same in both, and back?"""
    for scenario in real_scenarios(root):
        space = explore(scenario)
        ends = ways_to_the_end(scenario, space)
        assert len(ends) == len(scenario.endings)
        paths = [*ends, *(walk(scenario, seed) for seed in range(WALKS))]
        data = spec(scenario, {})
        found = javascript("replay", spec=data, paths=paths)
        attempts = [replay(scenario, path) for path in paths]
        for attempt, theirs in zip(attempts, found, strict=True):
            assert theirs == summarise(attempt, space.ranges)
        lines = [encode(attempt) for attempt in attempts]
        assert javascript("decode", spec=data, lines=lines) == paths
        for theirs, attempt in zip(found, attempts, strict=True):
            assert decode(scenario, theirs["record"]) == attempt
        kinds = {attempt.kind for attempt in attempts}
        assert kinds >= {"safe", "gaps", "repaired", "unsafe"}


def test_there_are_scenarios(root):
    """Is there a scenario to compare?"""
    assert all(isinstance(one, Scenario) for one in real_scenarios(root))
    assert real_scenarios(root)
