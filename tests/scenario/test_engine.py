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
    by_name,
    decode,
    encode,
    ending,
    offered,
    replay,
    start,
    step,
)
from fourps.scenario.model import END, KINDS
from fourps.scenario.notation import holds

SIT, STAND, CALL = "sit-down", "stay-standing", "call-out"
ASK, LEAFLET, LOOK, SORRY = "ask-need", "hand-leaflet", "look-up", "say-sorry"
BACK, GOODBYE, RETURN = "come-back", "say-goodbye", "offer-return"


# One step


def test_start(small):
    """Does a play begin at the start with every variable at its own start?"""
    assert start(small) == State("counter", (1, 0), (), ())
    attempt = replay(small, [])
    assert attempt.values == {"trust": 1, "asked": 0}
    assert attempt.scores == {"listening": 0, "discretion": 0}
    assert (attempt.ending, attempt.kind) == (None, None)


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
    assert replay(small, [CALL]).offered == [ASK, LEAFLET, LOOK, SORRY]


# Critical errors


def test_error_made_again(small_scenario, build):
    """Is an error that is made again after its repair open again, and no longer repaired?"""
    data = small_scenario()
    data["nodes"]["table"]["choices"][SORRY]["to"] = "counter"
    again = build(data)
    assert replay(again, [CALL, SORRY, CALL]).state[2:] == ((CALL,), ())
    assert replay(again, [CALL, SORRY, CALL, SORRY]).state[2:] == ((), (CALL,))
    assert replay(again, [CALL, SORRY, CALL, LEAFLET]).kind == "unsafe"


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
    errors, repaired = set(), set()
    for name in path:
        on_offer = []
        for key, one in scenario.nodes[state.node].choices.items():
            mends = not one.repairs or errors & set(one.repairs)
            if mends and holds(one.when, by_name(scenario, state)):
                on_offer.append(key)
        assert list(offered(scenario, state)) == on_offer
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
        repaired |= errors & set(choice.repairs)
        errors = errors - set(choice.repairs) | ({name} if choice.critical else set())
        repaired -= errors
        assert state[2:] == (tuple(sorted(errors)), tuple(sorted(repaired)))
        for competency, points in choice.score.items():
            scores[competency] += points
    assert replay(scenario, path) == Attempt(scenario, tuple(path), state, scores)
    if state.node == END:
        kinds = {"unsafe"}
        if not errors:
            kinds |= {"repaired"} if repaired else {"safe", "gaps"}
        values = by_name(scenario, state)
        fit = (
            n
            for n, one in scenario.endings.items()
            if one.kind in kinds and holds(one.when, values)
        )
        assert ending(scenario, state) == next(fit, None)


# Bands


def band(small, score, low, high, *errors):
    """Return the bands of a score in both competencies, with these errors, open and repaired."""
    state = State(END, (1, 0), *errors)
    attempt = Attempt(small, (), state, dict.fromkeys(small.competencies, score))
    return bands(attempt, dict.fromkeys(small.competencies, (low, high)))


def test_bands(small):
    """Is four fifths of a range strong, half of it growing, and less to practise?"""
    for low, high in itertools.combinations_with_replacement(range(-6, 7), 2):
        for score in range(low, high + 1):
            share = (score - low) / (high - low) if high > low else 1
            expected = "strong" if share >= 0.8 else "growing" if share >= 0.5 else "practise"
            found = band(small, score, low, high)
            assert found == dict.fromkeys(small.competencies, expected), (score, low, high)


@pytest.mark.parametrize(
    ("score", "errors", "held"),
    [
        *((score, ((), (CALL,)), "growing") for score in (10, 5)),
        (4, ((), (CALL,)), "practise"),
        *((score, ((CALL,),), "practise") for score in (0, 5, 10)),
        *((score, ((CALL,), (CALL,)), "practise") for score in (0, 5, 10)),
    ],
)
def test_errors_hold(small, score, errors, held):
    """Does an open error hold what it scored at practise, a repaired one at growing, and nothing else?"""
    found = band(small, score, 0, 10, *errors)
    assert found == band(small, score, 0, 10) | {"discretion": held}


# Decision records


def test_record_of_a_play(small):
    """Is a move the place of its choice among the sorted ids of its siblings?"""
    line = encode(replay(small, [CALL, SORRY, RETURN]))
    assert line.startswith(f"fourps1:help-point:{small.version}:030:")


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
