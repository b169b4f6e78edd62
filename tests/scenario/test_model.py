import copy
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.course.problem import BrokenSourceError
from fourps.scenario.model import END, load


@pytest.fixture
def complaints(small_scenario, write):
    """Return a function that changes the small scenario and gives line, field and message."""

    def complain(change):
        data = small_scenario()
        change(data)
        path = write(data, "scenario.yaml")
        with pytest.raises(BrokenSourceError) as error:
            load(path)
        assert {problem.path for problem in error.value.problems} == {path}
        lines = path.read_text("utf-8").splitlines()
        return [(lines[one.line - 1].strip(), one) for one in error.value.problems]

    return complain


@pytest.fixture
def complaint(complaints):
    """Return a function like `complaints` where there is one."""

    def complain(change):
        ((line, problem),) = complaints(change)
        return line, problem.field, problem.message

    return complain


def choice(data, name):
    """Return a choice of plain values."""
    return next(node["choices"][name] for node in data["nodes"].values() if name in node["choices"])


def test_whole(small):
    """Is a scenario read as it is written?"""
    assert small.start == "counter"
    assert list(small.nodes) == ["counter", "table", "shelf", "farewell"]
    assert small.choices["call-out"].critical == "confidentiality"
    assert small.choices["say-sorry"].repairs == ["call-out"]
    assert len(small.choices) == 10


# Names that refer to nothing


def test_start(complaint):
    """Must the start be a node?"""
    assert complaint(lambda data: data.update(start="cellar")) == (
        "start: cellar",
        "start",
        "there is no node 'cellar'",
    )


def test_target(complaint):
    """Does a choice that leads nowhere come with all the nodes?"""
    line, field, message = complaint(lambda data: choice(data, "sit-down").update(to="tabel"))
    assert line == "to: tabel"
    assert field == "nodes.counter.choices.sit-down.to"
    assert "'tabel'" in message
    assert "counter, table, shelf, farewell, or 'end'" in message


def test_node_called_end(complaints):
    """Is the name that ends a play refused for a node?"""
    found = complaints(lambda data: data["nodes"].update({END: data["nodes"].pop("shelf")}))
    line, problem = next(one for one in found if one[1].field == "nodes.end")
    assert line == "end:"
    assert "give the node another id" in problem.message


def test_node_without_choices(complaint):
    """Must a node have a choice?"""
    line, field, message = complaint(lambda data: data["nodes"]["shelf"].update(choices={}))
    assert line == "choices: {}"
    assert field == "nodes.shelf.choices"
    assert message == "a node needs at least one choice"


def test_choice_twice(complaint):
    """Are choice ids unique in the whole scenario, so that a path is a list of them?"""

    def change(data):
        data["nodes"]["shelf"]["choices"]["sit-down"] = copy.deepcopy(choice(data, "come-back"))

    line, field, message = complaint(change)
    assert line == "sit-down:"
    assert field == "nodes.shelf.choices.sit-down"
    assert "stands twice" in message


@pytest.mark.parametrize(
    ("where", "field"),
    [
        (lambda data: choice(data, "ask-need"), "nodes.table.choices.ask-need.when.mood"),
        (lambda data: data["nodes"]["table"]["asides"][0], "nodes.table.asides.0.when.mood"),
        (lambda data: data["endings"]["safe"], "endings.safe.when.mood"),
    ],
)
def test_condition(complaint, where, field):
    """Is a condition on a variable that does not exist answered with those that do?"""
    line, found, message = complaint(lambda data: where(data).update(when={"mood": 1}))
    assert line == "mood: 1"
    assert found == field
    assert message == "there is no variable 'mood'. Variables: trust, asked"


def test_condition_among_others(complaint):
    """Does a condition with several alternatives at least name the line where it begins?"""
    line, _, message = complaint(
        lambda data: choice(data, "ask-need").update(when=[{"trust": 1}, {"mood": 1}])
    )
    assert line == "when:"
    assert "'mood'" in message


def test_malformed_condition(complaint):
    """Does a condition that cannot be read come with an example?"""
    line, field, message = complaint(
        lambda data: choice(data, "ask-need").update(when={"trust": "about 2"})
    )
    assert line.startswith("when:")
    assert field == "nodes.table.choices.ask-need.when"
    assert message == (
        'expected true, false, a number or a comparison such as ">= 2" for '
        "'trust', found 'about 2'"
    )


def test_effect(complaint):
    """Is an effect on a variable that does not exist refused?"""
    line, field, message = complaint(
        lambda data: choice(data, "sit-down").update(effects={"mood": 1})
    )
    assert line == "mood: 1"
    assert field == "nodes.counter.choices.sit-down.effects.mood"
    assert message == "there is no variable 'mood'"


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        ({"asked": 1}, "expected true or false, found 1"),
        ({"trust": True}, "expected a number to add, found True"),
    ],
)
def test_effect_of_the_other_kind(complaint, effects, expected):
    """Is a flag set and a number added to, and never the other way round?"""
    _, _, message = complaint(lambda data: choice(data, "ask-need").update(effects=effects))
    assert message == expected


@pytest.mark.parametrize(
    "time",
    ["week 0", "Week 16", "week 16, 6:40", "week 16, 24:00", "noon", "week 16, Someday, 06:40"],
)
def test_time(complaint, time):
    """Is a time that nobody could read answered with how one is written?"""
    line, field, message = complaint(lambda data: data["nodes"]["table"].update(time=time))
    assert line.startswith("time:")
    assert field == "nodes.table.time"
    assert message == (
        "expected a time such as 'week 16', 'week 16, 06:40' or 'week 16, Friday, 06:40', "
        f"found {time!r}"
    )


def test_score(complaint):
    """Is a score for a competency that does not exist refused?"""
    line, field, message = complaint(lambda data: choice(data, "sit-down").update(score={"wit": 1}))
    assert line == "wit: 1"
    assert field == "nodes.counter.choices.sit-down.score.wit"
    assert message == "there is no competency 'wit'"


@pytest.mark.parametrize("points", [-3, 3])
def test_score_out_of_bounds(complaint, points):
    """Do points stay between -2 and 2?"""
    line, field, _ = complaint(
        lambda data: choice(data, "sit-down").update(score={"listening": points})
    )
    assert line == f"listening: {points}"
    assert field == "nodes.counter.choices.sit-down.score.listening"


@pytest.mark.parametrize("name", ["call-in", "sit-down"])
def test_repair(complaint, name):
    """Can only a critical choice be repaired?"""
    line, field, message = complaint(lambda data: choice(data, "say-sorry").update(repairs=[name]))
    assert line == "repairs:"
    assert field == "nodes.table.choices.say-sorry.repairs"
    assert message == f"there is no critical choice '{name}' to repair"


@pytest.mark.parametrize(
    "variable",
    [
        {"kind": "integer", "title": "t", "min": 2, "max": 1, "start": 1},
        {"kind": "integer", "title": "t", "min": 0, "max": 2, "start": 3},
        {"kind": "integer", "title": "t", "min": 1, "max": 2, "start": 0},
    ],
)
def test_bounds(complaint, variable):
    """Must a number start within its bounds?"""
    line, field, message = complaint(lambda data: data["variables"].update(trust=variable))
    assert line == "trust:"
    assert field == "variables.trust"
    assert message.startswith("expected min <= start <= max, found ")


@pytest.mark.parametrize("more", [{"max": 2}, {"start": 1}, {"min": -1}])
def test_flag_with_bounds(complaint, more):
    """Does a flag start false and take no bounds?"""
    flag = {"kind": "flag", "title": "t"} | more
    _, field, message = complaint(lambda data: data["variables"].update(asked=flag))
    assert field == "variables.asked"
    assert "a flag starts false" in message


def test_flag_that_says_what_it_is(small_scenario, build):
    """May a flag say its own bounds?"""
    data = small_scenario()
    data["variables"]["asked"] |= {"min": 0, "max": 1, "start": 0}
    assert build(data).variables["asked"].max == 1


def test_all_at_once(complaints):
    """Are all loose ends named at once?"""

    def change(data):
        data["start"] = "x"
        choice(data, "sit-down")["to"] = "y"
        choice(data, "come-back")["score"] = {"z": 1}

    assert len(complaints(change)) == 3


# The version

TEXTS = ("title", "text", "consequence", "rationale", "practise", "role", "content_note")


def every_mapping(data):
    """Yield each mapping within nested data."""
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from every_mapping(value)


@given(data=st.data())
def test_version_is_not_of_texts(data, build, small_scenario, small):
    """Does a version outlive any change of texts, titles, sources and objectives?"""
    changed = small_scenario()
    words = st.text(min_size=1, max_size=10)
    for mapping in every_mapping(changed):
        for key, value in mapping.items():
            if key in TEXTS and isinstance(value, str) and data.draw(st.booleans()):
                mapping[key] = data.draw(words)
            elif key == "source":
                mapping[key] = data.draw(st.lists(words, min_size=1, max_size=2))
    changed["objectives"] = data.draw(st.lists(words, min_size=1))
    changed["silence"] = data.draw(st.lists(words))
    for node in changed["nodes"].values():
        node |= {"place": "stadium", "time": "week 16, 06:40", "speaker": "kessa"}
        node |= {"chapter": "Later", "so_far": {"title": "So far", "text": "She waits."}}
    assert build(changed).version == small.version


def reordered(value, turn, *still):
    """Return nested data with each mapping in another order, save those under some keys."""
    if isinstance(value, list):
        return [reordered(one, turn, *still) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: one if name in still else reordered(one, turn, *still)
        for name, one in turn(list(value.items()))
    }


@pytest.mark.once
@given(chance=st.randoms(use_true_random=False))
def test_version_is_not_of_order(chance, build, small_scenario, small):
    """Does a version outlive any order of nodes, choices, effects, scores and variables?"""

    def turn(pairs):
        return chance.sample(pairs, len(pairs))

    changed = reordered(small_scenario(), turn, "competencies", "endings", "when")
    assert build(changed).version == small.version


def test_version_is_not_of_the_order_of_the_debrief(build, small_scenario, small):
    """Does a version outlive another order of the competencies, which only the debrief shows?"""
    data = small_scenario()
    data["competencies"] = dict(reversed(data["competencies"].items()))
    assert build(data).version == small.version


CHANGES = {
    "id": lambda data: data.update(id="other"),
    "start": lambda data: data.update(start="table"),
    "node id": lambda data: data["nodes"].update(attic=data["nodes"].pop("shelf")),
    "choice id": lambda data: data["nodes"]["shelf"].update(
        choices={"come-again": choice(data, "come-back")}
    ),
    "choice added": lambda data: data["nodes"]["shelf"]["choices"].update(
        {"come-twice": choice(data, "come-back")}
    ),
    "choice taken away": lambda data: data["nodes"]["table"]["choices"].pop("hand-leaflet"),
    "choice moved": lambda data: data["nodes"]["farewell"]["choices"].update(
        {"hand-leaflet": data["nodes"]["table"]["choices"].pop("hand-leaflet")}
    ),
    "target": lambda data: choice(data, "sit-down").update(to="shelf"),
    "condition": lambda data: choice(data, "ask-need").update(when={"trust": ">= 2"}),
    "operator": lambda data: choice(data, "ask-need").update(when={"trust": "> 1"}),
    "condition taken away": lambda data: choice(data, "ask-need").pop("when"),
    "effect": lambda data: choice(data, "sit-down").update(effects={"trust": 2}),
    "effect taken away": lambda data: choice(data, "sit-down").pop("effects"),
    "flag": lambda data: choice(data, "ask-need").update(effects={"asked": False}),
    "score": lambda data: choice(data, "sit-down").update(score={"listening": 1, "discretion": 1}),
    "score moved": lambda data: choice(data, "sit-down").update(
        score={"listening": 1, "discretion": 2}
    ),
    "critical": lambda data: choice(data, "stay-standing").update(critical="consent"),
    "kind of critical": lambda data: choice(data, "call-out").update(critical="promise"),
    "repair": lambda data: choice(data, "say-sorry").pop("repairs"),
    "min": lambda data: data["variables"]["trust"].update(min=-1),
    "max": lambda data: data["variables"]["trust"].update(max=3),
    "start of a variable": lambda data: data["variables"]["trust"].update(start=2),
    "variable added": lambda data: data["variables"].update(x={"kind": "flag", "title": "x"}),
    "competency added": lambda data: data["competencies"].update(x={"title": "x", "practise": "x"}),
    "ending id": lambda data: data["endings"].update(worst=data["endings"].pop("exposed")),
    "ending kind": lambda data: data["endings"]["gaps"].update(kind="safe"),
    "ending condition": lambda data: data["endings"]["safe"].update(when={"trust": ">= 2"}),
    "order of endings": lambda data: data["endings"].update(safe=data["endings"].pop("safe")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_version_is_of_what_is_played(change, build, small_scenario, small):
    """Does anything that changes a play change the version?"""
    data = small_scenario()
    change(data)
    assert build(data).version != small.version


def test_versions_differ(build, small_scenario):
    """Have no two of these changes the same version?"""
    versions = set()
    for change in CHANGES.values():
        data = small_scenario()
        change(data)
        versions.add(build(data).version)
    assert len(versions) == len(CHANGES)


def test_version_of_a_flag_that_became_a_number(build, small_scenario, loaded):
    """Does a version tell setting a flag to false from adding nothing to a number?"""
    flag, number = small_scenario(), small_scenario()
    number["variables"]["asked"] |= {"kind": "integer", "min": 0, "max": 1, "start": 0}
    choice(flag, "say-goodbye")["effects"] = {"asked": False}
    choice(number, "say-goodbye")["effects"] = {"asked": 0}
    choice(number, "ask-need")["effects"] = {"asked": 1}
    loaded(flag)
    loaded(number)
    assert build(flag).version != build(number).version


def test_version_is_short_and_lasts(small, root):
    """Is a version eight digits that a record can carry, and the same in another process?"""
    assert re.fullmatch("[0-9a-f]{8}", small.version)
    path = root / "tests" / "fixtures" / "course" / "modules" / "welcome" / "scenario.yaml"
    code = (
        "import pathlib, sys; from fourps.scenario.model import load; "
        "print(load(pathlib.Path(sys.argv[1]))[0].version)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == small.version


def test_advice(small_scenario, write, complaint):
    """May a choice have no source, one or several, and no empty list of them?"""

    def read(**source):
        data = small_scenario()
        choice = data["nodes"]["counter"]["choices"]["sit-down"]
        choice.pop("source", None)
        choice.update(source)
        return load(write(data))[0].choices["sit-down"].source

    assert [read(), read(source="who2003"), read(source=["a", "b"])] == [
        [],
        ["who2003"],
        ["a", "b"],
    ]
    _, field, _ = complaint(
        lambda data: data["nodes"]["counter"]["choices"]["sit-down"].update(source=[])
    )
    assert field == "nodes.counter.choices.sit-down.source"
