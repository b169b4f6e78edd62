"""Both engines, side by side: what Python says of a play, JavaScript must say too."""

import itertools
import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourps.play_record import DIGITS, Record, RecordError, checksum
from fourps.scenario.engine import decode, encode, ending, replay
from fourps.scenario.explore import explore
from fourps.scenario.model import END, load
from fourps.scenario.notation import OPERATORS, Comparison, holds
from fourps.scenario.player import spec, summary

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.parent.name for path in ROOT.glob("modules/*/scenario.yaml"))
SMALLEST = "protection"  # by its states, of which the others have up to twice as many
each = partial(pytest.mark.parametrize, "real_one", indirect=True, scope="session")


@pytest.fixture(scope="session")
def real_one(request):
    """Return every state of a module's scenario; tests go by module, so that each is searched once."""
    return explore(load(ROOT / "modules" / request.param / "scenario.yaml")[0])


@pytest.fixture(scope="module")
def compare(javascript):
    """Return a function that takes paths through both and asserts that they say the same."""

    def same(space, paths):
        scenario = space.scenario
        found = javascript("replay", spec=spec(scenario, {}, space.ranges), paths=paths)
        for path, theirs in zip(paths, found, strict=True):
            assert theirs == summary(replay(scenario, path), space.ranges)

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


@pytest.mark.once
@given(body=st.text(st.characters(exclude_categories=["Cs"])))
def test_checksum(javascript, body):
    """Are the check characters of any text the same in both?"""
    assert javascript("checksum", bodies=[body]) == [checksum(body)]


def test_small(compare, small, all_paths):
    """Does every path of the small scenario lead to the same in both?"""
    paths = list(all_paths(small, 8))
    assert len(paths) > 50
    compare(explore(small), paths)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=2 * settings.default.max_examples)
def test_any_scenario(compare, drawn, build, all_paths, data):
    """Do plays of scenarios that nobody wrote lead to the same in both?"""
    scenario = build(data.draw(drawn))
    compare(explore(scenario), list(itertools.islice(all_paths(scenario, 6), 200)))


def test_awkward_ids(compare, small_scenario, build, all_paths):
    """Do ids lead to the same in both that JavaScript has a meaning of its own for?"""
    data = small_scenario()
    text = json.dumps(data)
    for old, new in {"listening": "constructor", "say-sorry": "24-hours", "trust": "true"}.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    scenario = build(json.loads(text))
    assert "constructor" in scenario.competencies
    compare(explore(scenario), list(all_paths(scenario, 6)))


def test_repaired_error_holds(compare, small_scenario, build, all_paths):
    """Do both hold the best score at growing where an error was repaired on the way?"""
    data = small_scenario()
    data["nodes"]["counter"]["choices"]["sit-down"]["score"] = {}
    data["nodes"]["table"]["choices"]["say-sorry"]["score"] = {"discretion": 2}
    data["nodes"]["counter"]["choices"]["call-out"]["score"] = {"discretion": -1}
    scenario = build(data)
    path = ["call-out", "say-sorry", "say-goodbye"]
    space = explore(scenario)
    low, high = space.ranges["discretion"]
    assert replay(scenario, path).scores["discretion"] == high > low
    compare(space, list(all_paths(scenario, 6)))


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


def paths_to(space):
    """Return a shortest path to each state, in the order of the states."""
    paths = {0: []}
    for state, ways in enumerate(space.ways):  # in the order of the search: parents come first
        for choice, target in ways:
            paths.setdefault(target, [*paths[state], choice])
    assert list(paths) == list(range(len(space.states)))
    return list(paths.values())


def every_move(space):
    """Yield the path that has taken nothing, and for each state one that takes each choice there."""
    yield []
    for path, ways in zip(paths_to(space), space.ways, strict=True):
        for choice, _ in ways:
            yield [*path, choice]


def some_moves(space, step):
    """Yield one path of so many, and the first that takes each choice."""
    taken = set()
    for number, path in enumerate(every_move(space)):
        if number % step == 0 or path[-1] not in taken:
            taken.update(path[-1:])
            yield path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("real_one", "step"),
    [(SMALLEST, 5), *(pytest.param(one, 1, marks=pytest.mark.prove) for one in MODULES)],
    indirect=["real_one"],
    scope="session",
)
def test_every_state_and_choice(compare, real_one, step):
    """Does every choice, in every state or in one of five, lead to the same in both?"""
    moves = some_moves(real_one, step)
    count, taken = 0, set()
    while paths := list(itertools.islice(moves, 5_000)):
        compare(real_one, paths)
        count += len(paths)
        taken.update(path[-1] for path in paths if path)
    assert count >= 1 + sum(map(len, real_one.ways)) // step
    assert taken == set(real_one.scenario.choices)


@pytest.fixture
def walks(request, real_one, walk, seed):
    """Return so many plays at random."""
    return [walk(real_one.scenario, seed + number) for number in range(request.param)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "walks", [100, pytest.param(1_000, marks=pytest.mark.prove)], indirect=True
)
@each(MODULES)
def test_walks(javascript, compare, real_one, walks):
    """Do plays at random, and one to each ending, lead to the same in both, and back?"""
    scenario, ends = real_one.scenario, {}
    for path, state in zip(paths_to(real_one), real_one.states, strict=True):
        if state.node == END:
            ends.setdefault(ending(scenario, state), path)
    assert set(ends) == set(scenario.endings)
    paths = [*ends.values(), *walks]
    compare(real_one, paths)
    attempts = [replay(scenario, path) for path in paths]
    lines = [encode(attempt) for attempt in attempts]
    assert javascript("decode", spec=spec(scenario, {}, real_one.ranges), lines=lines) == paths
    assert [decode(scenario, line) for line in lines] == attempts
    assert {attempt.kind for attempt in attempts} == {"safe", "gaps", "repaired", "unsafe"}
