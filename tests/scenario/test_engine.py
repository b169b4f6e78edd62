import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.play_record import DIGITS, Record, RecordError
from fourps.scenario.engine import (
    Attempt,
    PathError,
    State,
    admitted,
    bands,
    decode,
    encode,
    ending,
    offered,
    replay,
    start,
    step,
)
from fourps.scenario.explore import explore
from fourps.scenario.model import END, KINDS

SIT, STAND, CALL = "sit-down", "stay-standing", "call-out"
ASK, LEAFLET, LOOK, SORRY = "ask-need", "hand-leaflet", "look-up", "say-sorry"
BACK, GOODBYE, RETURN = "come-back", "say-goodbye", "offer-return"


@pytest.fixture
def again(small_scenario, build):
    """Return the small scenario with a repair that leads back to where the error is made."""
    data = small_scenario()
    data["nodes"]["table"]["choices"][SORRY]["to"] = "counter"
    return build(data)


# One step


def test_start(small):
    """Does a play begin at the start with every variable at its own start?"""
    assert start(small) == State("counter", (1, 0), (), ())
    attempt = replay(small, [])
    assert attempt.values == {"trust": 1, "asked": 0}
    assert attempt.scores == {"listening": 0, "discretion": 0}
    assert attempt.ending is None
    assert attempt.kind is None


@pytest.mark.parametrize(
    ("path", "trust"),
    [
        ([SIT], 2),
        ([STAND], 0),
        ([SIT, ASK, RETURN], 2),
        ([CALL, SORRY, RETURN], 1),
        ([STAND, LOOK, BACK], 0),
    ],
)
def test_numbers(small, path, trust):
    """Are effects added to a number, and does it stay within its bounds?"""
    assert replay(small, path).values["trust"] == trust


@given(data=st.data())
def test_clamping(data, build, small_scenario):
    """Does a number never leave its bounds, whatever is added to it?"""
    low, size, effect = (
        data.draw(st.integers(-5, 5)),
        data.draw(st.integers(0, 5)),
        data.draw(st.integers(-20, 20)),
    )
    begin = data.draw(st.integers(low, low + size))
    changed = small_scenario()
    changed["variables"]["trust"] |= {"min": low, "max": low + size, "start": begin}
    changed["nodes"]["counter"]["choices"][SIT]["effects"] = {"trust": effect}
    found = replay(build(changed), [SIT]).values["trust"]
    allowed = range(low, low + size + 1)
    assert found == min(allowed, key=lambda value: abs(value - (begin + effect)))


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False, None])
def test_flags(small_scenario, build, first, second):
    """Is a flag what it was last set to?"""
    data = small_scenario()
    data["nodes"]["table"]["choices"][ASK]["effects"] = {"asked": first}
    if second is not None:
        data["nodes"]["farewell"]["choices"][GOODBYE]["effects"] = {"asked": second}
    expected = first if second is None else second
    assert replay(build(data), [SIT, ASK, GOODBYE]).values["asked"] == int(expected)


def test_offered(small):
    """Is a choice offered where its condition holds, in the order of the file?"""
    assert replay(small, []).offered == [SIT, STAND, CALL]
    assert replay(small, [SIT]).offered == [ASK, LEAFLET, LOOK]
    assert replay(small, [STAND]).offered == [LEAFLET, LOOK]
    assert replay(small, [SIT, LEAFLET]).offered == []


def test_repair_is_offered(small):
    """Is a repair offered only while there is something to repair?"""
    assert replay(small, [CALL]).offered == [ASK, LEAFLET, LOOK, SORRY]
    assert SORRY not in replay(small, [SIT]).offered


def test_repair_that_is_over(again):
    """Is a repair no longer offered once it is done?"""
    assert SORRY not in replay(again, [CALL, SORRY, SIT]).offered


def test_scores(small):
    """Are points added up, for each competency by itself?"""
    assert replay(small, [SIT, ASK, GOODBYE]).scores == {"listening": 3, "discretion": 1}
    assert replay(small, [CALL, SORRY]).scores == {"listening": 0, "discretion": -1}


def test_loop(small):
    """May a play go round as often as it likes?"""
    path = [SIT, *[LOOK, BACK] * 20, LEAFLET]
    assert replay(small, path).state == replay(small, [SIT, LEAFLET]).state


# Critical errors


def test_error(small):
    """Is a critical error open until it is repaired?"""
    assert replay(small, [CALL]).state[2:] == ((CALL,), ())
    assert replay(small, [CALL, LOOK, BACK]).state[2:] == ((CALL,), ())
    assert replay(small, [CALL, SORRY]).state[2:] == ((), (CALL,))


def test_error_made_again(again):
    """Is an error that is made again after its repair open again, and no longer repaired?"""
    assert replay(again, [CALL, SORRY, CALL]).state[2:] == ((CALL,), ())
    assert replay(again, [CALL, SORRY, CALL, SORRY]).state[2:] == ((), (CALL,))
    assert replay(again, [CALL, SORRY, CALL, LEAFLET]).kind == "unsafe"


def test_some_errors_repaired(small_scenario, build):
    """Does a repair repair what it names and nothing else?"""
    data = small_scenario()
    table = data["nodes"]["table"]["choices"]
    table[LOOK]["critical"] = "interview"
    small = build(data)
    assert replay(small, [CALL, LOOK, BACK]).state.open == (CALL, LOOK)
    state = replay(small, [CALL, LOOK, BACK, SORRY]).state
    assert (state.open, state.repaired) == ((LOOK,), (CALL,))
    assert replay(small, [CALL, LOOK, BACK, SORRY, GOODBYE]).kind == "unsafe"


def test_repair_that_is_an_error(small_scenario, build):
    """Does a repair that is a critical error itself leave its own error open?"""
    data = small_scenario()
    data["nodes"]["table"]["choices"][SORRY]["critical"] = "promise"
    state = replay(build(data), [CALL, SORRY]).state
    assert (state.open, state.repaired) == ((SORRY,), (CALL,))


# Endings


def test_each_kind(small):
    """Does each kind of ending come about in its own way?"""
    plays = {
        "safe": [SIT, ASK, GOODBYE],
        "gaps": [SIT, LEAFLET],
        "contained": [CALL, SORRY, GOODBYE],
        "exposed": [CALL, LEAFLET],
    }
    assert {name: replay(small, path).ending for name, path in plays.items()} == dict(
        zip(plays, plays, strict=True)
    )
    assert replay(small, plays["contained"]).kind == "repaired"


@pytest.mark.parametrize(
    ("open_", "repaired", "kinds"),
    [
        ((), (), {"safe", "gaps", "unsafe"}),
        ((), ("x",), {"repaired", "unsafe"}),
        (("x",), (), {"unsafe"}),
        (("x",), ("y",), {"unsafe"}),
    ],
)
def test_cap(open_, repaired, kinds):
    """Do open and repaired errors cap the kind of the ending?"""
    state = State(END, (), open_, repaired)
    assert {kind for kind in KINDS if admitted(kind, state)} == kinds


def test_points_never_offset_harm(small_scenario, build):
    """Does an open error end unsafe, however many points there are?"""
    data = small_scenario()
    data["nodes"]["counter"]["choices"][CALL] |= {
        "score": {"listening": 2, "discretion": 2},
        "effects": {"trust": 1},
    }
    attempt = replay(build(data), [CALL, ASK, RETURN])
    assert attempt.scores == {"listening": 3, "discretion": 2}
    assert attempt.values == {"trust": 2, "asked": 1}
    assert attempt.kind == "unsafe"


def test_first_ending(small_scenario, build):
    """Is the first ending taken whose condition holds?"""
    data = small_scenario()
    data["endings"] = {"other": data["endings"]["safe"] | {"when": {"trust": 2}}} | data["endings"]
    assert replay(build(data), [SIT, ASK, GOODBYE]).ending == "other"
    data["endings"] = dict(reversed(data["endings"].items()))
    assert replay(build(data), [SIT, ASK, GOODBYE]).ending == "exposed"


def test_no_ending(small_scenario, build):
    """Is a play over without an ending where none fits?"""
    data = small_scenario()
    for name in ("gaps", "exposed"):
        data["endings"][name]["when"] = {"trust": "> 2"}
    attempt = replay(build(data), [SIT, LEAFLET])
    assert attempt.state.node == END
    assert attempt.ending is None
    assert attempt.kind is None


# Whole plays


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            ["fly"],
            "step 1: 'fly' is not on offer here. On offer: sit-down, stay-standing, call-out",
        ),
        ([SIT, SORRY], "step 2: 'say-sorry' is not on offer here. On offer: ask-need, hand-l"),
        ([SIT, SIT], "step 2: 'sit-down' is not on offer here."),
        ([SIT, LOOK, ASK], "step 3: 'ask-need' is not on offer here. On offer: come-back"),
        ([SIT, LEAFLET, BACK], "step 3: .* On offer: none: the play is over"),
    ],
)
def test_path_error(small, path, message):
    """Does a path that is not possible name its step and what was on offer?"""
    with pytest.raises(PathError, match=message):
        replay(small, path)


@given(data=st.data())
def test_rules_hold(data, drawn, build, walk):
    """Do the rules hold in any play of any scenario?"""
    scenario = build(data.draw(drawn))
    path = walk(scenario, data.draw(st.integers(0, 2**32)), 12)
    state, scores = start(scenario), dict.fromkeys(scenario.competencies, 0)
    errors = set()
    for name in path:
        assert name in scenario.nodes[state.node].choices
        choice = scenario.choices[name]
        before, state = state, step(scenario, state, name)
        assert state.node == choice.to
        for variable, old, new in zip(
            scenario.variables.items(), before.values, state.values, strict=True
        ):
            effect = choice.effects.get(variable[0], 0)
            if variable[1].kind == "flag":
                assert new == (int(effect) if variable[0] in choice.effects else old)
            else:
                assert new == sorted([variable[1].min, old + effect, variable[1].max])[1]
        errors = errors - set(choice.repairs) | ({name} if choice.critical else set())
        assert state.open == tuple(sorted(errors))
        assert list(state.repaired) == sorted(set(state.repaired) - errors)
        assert set(state.repaired) - set(before.repaired) <= set(choice.repairs)
        assert set(before.repaired) <= set(state.repaired) | errors
        for competency, points in choice.score.items():
            scores[competency] += points
    assert replay(scenario, path) == Attempt(scenario, tuple(path), state, scores)
    if state.node != END:
        for choice in offered(scenario, state).values():
            assert not choice.repairs or set(choice.repairs) & errors
    elif name := ending(scenario, state):
        kind = scenario.endings[name].kind
        assert not errors or kind == "unsafe"
        assert not state.repaired or kind in ("repaired", "unsafe")


# Bands


@pytest.fixture
def band(small):
    """Return a function that gives the band of a score, with these errors."""

    def of(score, low, high, open_=(), repaired=()):
        state = State(END, (1, 0), open_, repaired)
        attempt = Attempt(small, (), state, {"discretion": score, "listening": score})
        return bands(attempt, {"discretion": (low, high)})["discretion"]

    return of


def test_bands(band):
    """Is four fifths of a range strong, half of it growing, and less to practise?"""
    for low, high in itertools.combinations_with_replacement(range(-6, 7), 2):
        for score in range(low, high + 1):
            share = (score - low) / (high - low) if high > low else 1
            expected = "strong" if share >= 0.8 else "growing" if share >= 0.5 else "practise"
            assert band(score, low, high) == expected, (score, low, high)


def test_repaired_error_holds(band):
    """Does a repaired error hold the competency that it scored at growing?"""
    assert band(10, 0, 10, repaired=(CALL,)) == "growing"
    assert band(5, 0, 10, repaired=(CALL,)) == "growing"
    assert band(4, 0, 10, repaired=(CALL,)) == "practise"


@pytest.mark.parametrize("score", [0, 5, 10])
def test_open_error_holds(band, score):
    """Does an open error hold the competency that it scored at practise?"""
    assert band(score, 0, 10, open_=(CALL,)) == "practise"
    assert band(score, 0, 10, open_=(CALL,), repaired=(CALL,)) == "practise"


def test_other_competencies_are_not_held(small):
    """Does an error leave alone the competencies that it did not score?"""
    attempt = Attempt(small, (), State(END, (1, 0), (CALL,)), {"discretion": 9, "listening": 9})
    found = bands(attempt, {"discretion": (0, 9), "listening": (0, 9)})
    assert found == {"discretion": "practise", "listening": "strong"}


# Decision records


def test_record_of_a_play(small):
    """Is a move the place of its choice among the sorted ids of its siblings?"""
    line = encode(replay(small, [CALL, SORRY, RETURN]))
    assert line.startswith(f"fourps1:help-point:{small.version}:030:")


@pytest.mark.parametrize("seed", range(20))
def test_round_trip(real, walk, seed):
    """Does every prefix of a play of the real scenario come back from its record?"""
    path = walk(real, seed)
    for length in range(len(path) + 1):
        attempt = replay(real, path[:length])
        assert decode(real, encode(attempt)) == attempt


@pytest.mark.once
@given(data=st.data())
def test_round_trip_of_any_play(data, drawn, build, walk):
    """Does every play of any scenario come back from its record?"""
    scenario = build(data.draw(drawn))
    attempt = replay(scenario, walk(scenario, data.draw(st.integers(0, 2**32)), 12))
    assert decode(scenario, encode(attempt)) == attempt


def test_record_outlives_another_order(small_scenario, build, small):
    """Does a record lead the same way after the choices were put into another order?"""
    data = small_scenario()
    for node in data["nodes"].values():
        node["choices"] = dict(reversed(node["choices"].items()))
    line = encode(replay(small, [CALL, SORRY, RETURN]))
    assert decode(build(data), line).path == (CALL, SORRY, RETURN)


@given(moves=st.text(DIGITS + "AZ:~. é", max_size=12))
def test_any_moves(small, moves):
    """Is a record with any moves either a legal play or refused, never a crash?"""
    line = str(Record(small.id, small.version, moves))
    with contextlib.suppress(RecordError):
        assert encode(decode(small, line)) == line


@pytest.mark.parametrize(
    ("moves", "step_"), [("9", 1), ("13", 2), ("z", 1), ("010", 3), ("0A", 2), ("-", 1)]
)
def test_step_that_is_not_possible(small, moves, step_):
    """Does a record that cannot be played name its step?"""
    with pytest.raises(RecordError, match=f"Step {step_} of this record is not a choice"):
        decode(small, str(Record(small.id, small.version, moves)))


def test_other_version(small_scenario, build, small):
    """Is a record of another version refused, with both versions and the reason?"""
    data = small_scenario()
    data["nodes"]["counter"]["choices"][SIT]["score"] = {"listening": 1}
    other = build(data)
    with pytest.raises(RecordError, match=f"{small.version}.*{other.version}.*cannot be replayed"):
        decode(other, encode(replay(small, [SIT])))


def test_other_scenario(real, small):
    """Is a record of another scenario refused, with both names?"""
    with pytest.raises(RecordError, match="belongs to 'help-point', not to 'card-desk'"):
        decode(real, encode(replay(small, [SIT])))


def test_every_state_has_a_record(small):
    """Do different plays have different records?"""
    space = explore(small)
    paths = {start(small): ()}
    for state, moves in space.moves.items():
        for move in moves:
            paths.setdefault(move.target, (*paths[state], move.choice))
    lines = {encode(replay(small, path)) for path in paths.values()}
    assert len(lines) == len(space.moves)
