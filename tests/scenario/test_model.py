import re

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


# Names that refer to nothing


SIT, ASK = "nodes.counter.choices.sit-down", "nodes.table.choices.ask-need"
SORRY = "nodes.table.choices.say-sorry"
CHOICE = {"text": "t", "to": "end", "consequence": "c", "rationale": "r"}
NUMBER, FLAG = {"kind": "integer", "title": "t"}, {"kind": "flag", "title": "t"}
MOOD = "there is no variable 'mood'"
MOODS = f"{MOOD}. Variables: trust, asked"
NODES = "there is no node 'tabel'. Nodes: counter, table, shelf, farewell, or 'end'"
TWICE = "choice ids are unique in the whole scenario; this one stands twice"
COMPARED = 'expected true, false, a number or a comparison such as ">= 2" for '
BOUNDS = "expected min <= start <= max, found"
SET, ADDED = "expected true or false, found 1", "expected a number to add, found True"
LEAST = "Input should be greater than or equal to -2"
MOST = "Input should be less than or equal to 2"
UNBROKEN = "there is no critical choice '{}' to repair"
EMPTY = "Value should have at least 1 item after validation, not 0"
STARTS_FALSE = "a flag starts false and takes no min, max or start"


@pytest.mark.parametrize(
    ("where", "change", "expected"),
    [
        ("", {"start": "cellar"}, ("start: cellar", "start", "there is no node 'cellar'")),
        (SIT, {"to": "tabel"}, ("to: tabel", "to", NODES)),
        (
            "nodes.shelf",
            {"choices": {}},
            ("choices: {}", "choices", "a node needs at least one choice"),
        ),
        ("nodes.shelf.choices", {"sit-down": CHOICE}, ("sit-down:", "sit-down", TWICE)),
        *(
            (where, {"when": {"mood": 1}}, ("mood: 1", "when.mood", MOODS))
            for where in (ASK, "nodes.table.asides.0", "endings.safe")
        ),
        # of several alternatives at least the line where they begin
        (ASK, {"when": [{"trust": 1}, {"mood": 1}]}, ("when:", "when.mood", MOODS)),
        (ASK, {"when": {"trust": "so"}}, ("when:", "when", f"{COMPARED}'trust', found 'so'")),
        (SIT, {"effects": {"mood": 1}}, ("mood: 1", "effects.mood", MOOD)),
        (ASK, {"effects": {"asked": 1}}, ("asked: 1", "effects.asked", SET)),
        (ASK, {"effects": {"trust": True}}, ("trust: true", "effects.trust", ADDED)),
        (SIT, {"score": {"wit": 1}}, ("wit: 1", "score.wit", "there is no competency 'wit'")),
        (SIT, {"score": {"listening": -3}}, ("listening: -3", "score.listening", LEAST)),
        (SIT, {"score": {"listening": 3}}, ("listening: 3", "score.listening", MOST)),
        *(
            (SORRY, {"repairs": [name]}, ("repairs:", "repairs", UNBROKEN.format(name)))
            for name in ("call-in", "sit-down")
        ),
        *(
            (
                *("variables", {"trust": NUMBER | {"min": low, "start": start, "max": high}}),
                ("trust:", "trust", f"{BOUNDS} {low}, {start}, {high}"),
            )
            for low, start, high in ((2, 1, 1), (0, 3, 2), (1, 0, 2))
        ),
        *(
            ("variables", {"asked": FLAG | more}, ("asked:", "asked", STARTS_FALSE))
            for more in ({"max": 2}, {"start": 1}, {"min": -1})
        ),
        (SIT, {"source": []}, ("source: []", "source", EMPTY)),
    ],
)
def test_what_does_not_fit(complaint, place, where, change, expected):
    """Is what fits nowhere named with its line and field, and with what would fit?"""
    line, field, message = complaint(lambda data: place(data, where).update(change))
    assert (line, field.removeprefix(f"{where}."), message) == expected


def test_node_called_end(complaints):
    """Is the name that ends a play refused for a node?"""
    found = complaints(lambda data: data["nodes"].update({END: data["nodes"].pop("shelf")}))
    line, problem = next(one for one in found if one[1].field == "nodes.end")
    assert line == "end:"
    assert "give the node another id" in problem.message


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

    changed = reordered(small_scenario(), turn, "endings", "when")
    assert build(changed).version == small.version


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


def test_version_is_of_what_is_played(build, small_scenario, small):
    """Does anything that changes a play change the version, each to another one?"""
    versions = {small.version: "none"}
    for name, change in CHANGES.items():
        data = small_scenario()
        change(data)
        version = build(data).version
        assert versions.setdefault(version, name) == name


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


def test_version_is_short_and_lasts(small, root, python):
    """Is a version eight digits that a record can carry, and the same in another process?"""
    assert re.fullmatch("[0-9a-f]{8}", small.version)
    path = root / "tests" / "fixtures" / "course" / "modules" / "welcome" / "scenario.yaml"
    code = (
        "import pathlib, sys; from fourps.scenario.model import load; "
        "print(load(pathlib.Path(sys.argv[1]))[0].version)"
    )
    done = python(code, path, PYTHONHASHSEED="1")
    assert (done.stdout.strip(), done.stderr) == (small.version, "")


def test_advice(small_scenario, write):
    """May a choice have no source, one or several?"""

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
