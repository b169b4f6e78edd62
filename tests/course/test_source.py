from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from fourps.course.problem import BrokenSourceError
from fourps.course.source import Identifier, Remark, Source, Sources, Strict, Text, problems


class Round(Strict):
    kind: Literal["round"]
    radius: int


class Square(Strict):
    kind: Literal["square"]
    side: int
    corners: dict[Identifier, Text] = {}


class Plot(Strict):
    id: Identifier
    title: Text
    size: Annotated[int, Field(ge=1)] = 1
    source: Sources = ["nobody"]
    beds: dict[Identifier, Annotated[Round | Square, Field(discriminator="kind")]] = {}
    paths: list[dict[Identifier, int | bool]] = []


@pytest.fixture
def complaints(read):
    """Return a function that gives what is wrong with a text that should be a plot."""

    def complain(text):
        with pytest.raises(BrokenSourceError) as error:
            read(text).validate(Plot)
        return error.value.problems

    return complain


@pytest.fixture
def refused(read):
    """Return a function that gives the one reason why a text is no source."""

    def refuse(text):
        with pytest.raises(BrokenSourceError) as error:
            read(text)
        (problem,) = error.value.problems
        return problem

    return refuse


# Where things stand


def test_lines(read):
    """Does each key and each item know its line?"""
    source = read(
        "# a comment\none: 1\ntwo:\n  - a\n  - b: 2\n    c: >-\n      folded\n\n      text\nd: 3\n"
    )
    assert source.lines == {
        (): 1,
        ("one",): 2,
        ("two",): 3,
        ("two", 0): 4,
        ("two", 1): 5,
        ("two", 1, "b"): 5,
        ("two", 1, "c"): 6,
        ("d",): 10,
    }


def test_aliases(read):
    """Does a value that is named once and used twice arrive twice?"""
    source = read("a: &name {x: 1}\nb: *name\n")
    assert source.data == {"a": {"x": 1}, "b": {"x": 1}}
    assert source.line(("b",)) == 2


def test_empty_file(read):
    """Is an empty file nothing, until something is expected of it?"""
    source = read("# only a comment\n")
    assert source.data is None
    with pytest.raises(BrokenSourceError, match=r"source\.yaml:1: \[shape\]"):
        source.validate(Plot)


keys = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12) | st.integers()
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(data=st.dictionaries(keys, values, max_size=5), flow=st.sampled_from([True, False, None]))
def test_what_yaml_writes(tmp_path_factory, data, flow):
    """Is what YAML wrote read back, and does every key stand on the line that is given for it?"""
    text = yaml.safe_dump(data, default_flow_style=flow, width=10**6)
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    path.write_text(text, "utf-8")
    source = Source.read(path)
    assert source.data == data

    def written(key):
        return yaml.safe_dump(key, width=10**6).removesuffix("\n").removesuffix("\n...")

    lines = text.split("\n")
    for loc in every_loc(data):
        assert loc in source.lines
        if isinstance(loc[-1], str):
            assert written(loc[-1]) in lines[source.line(loc) - 1]


def every_loc(data, at=()):
    """Yield the place of every key and item in nested data."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from every_loc(value, (*at, key))


# What cannot be read


def test_missing_file(tmp_path):
    """Does a file that is missing come with its name?"""
    with pytest.raises(BrokenSourceError, match=r"absent\.yaml:1: \[unreadable\]"):
        Source.read(tmp_path / "absent.yaml")


def test_other_encoding(tmp_path):
    """Is a file in another encoding than UTF-8 refused?"""
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: é\n".encode("latin-1"))
    with pytest.raises(BrokenSourceError, match=r"latin\.yaml:1: \[unreadable\] .*UTF-8"):
        Source.read(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\nb: 'open\n", 3),
        ("a: 1\n b: 2\n", 2),
        ("a:\n  - 1\n  b: 2\n", 3),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: *nowhere\n", 2),
        ("a: 1\nb: @at\n", 2),
    ],
)
def test_syntax(refused, text, line):
    """Does what is not YAML come with its line and what to look at?"""
    problem = refused(text)
    assert (problem.name, problem.line) == ("syntax", line)
    assert "check the indentation, colons and quotes here" in problem.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: 1\nb: !secret c\n", 2, id="a tag"),
        pytest.param("a: &a {x: 1}\nb:\n  <<: *a\n", 3, id="a merged mapping"),
        pytest.param("a: 1\nb: 2026-13-45\n", 2, id="a day that is in no calendar"),
        pytest.param("a: 1\nb: !!int many\n", 2, id="a number that is none"),
        pytest.param("a: 1\n? [b, c]\n: 2\n", 2, id="a list as a key"),
        pytest.param("a: 1\n? {b: c}\n: 2\n", 2, id="a mapping as a key"),
        pytest.param("a: 1\nb: =\n", 2, id="a value sign"),
        pytest.param("a: 1\nb: &b [*b]\n", 2, id="a list that holds itself"),
        pytest.param("a: 1\nb: 'a \a bell'\n", 2, id="a control character"),
    ],
)
def test_what_only_yaml_allows(refused, text, line):
    """Is YAML that no file of the course needs refused with its line, and not with a crash?"""
    problem = refused(text)
    assert (problem.name, problem.line) == ("syntax", line)
    assert "\n" not in problem.message


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a"),
        ("n:\n  a: 1\n  b: 2\n  b: 3\n", 4, "n.b"),
        ("n:\n  - {a: 1, a: 2}\n", 2, "n.0.a"),
        ("a: 1\n'a': 2\n", 2, "a"),
    ],
)
def test_twice(refused, text, line, field):
    """Does a key that stands twice come with the line of the second?"""
    problem = refused(text)
    assert (problem.line, problem.field) == (line, field)
    assert "stands twice" in problem.message


# What does not fit


def test_typo(complaints):
    """Does a typo in a key name the line and the key that was meant?"""
    (problem,) = complaints("id: a\ntitle: b\nsiez: 3\n")
    assert (problem.line, problem.field, problem.name) == (3, "siez", "shape")
    assert "did you mean 'size'?" in problem.message
    assert "Expected one of: beds, id, paths, size, source, title" in problem.message


def test_unknown_key(complaints):
    """Does a key that is like no other at least say which there are, in a whole sentence?"""
    (problem,) = complaints("id: a\ntitle: b\nqqqq: 3\n")
    assert "did you mean" not in problem.message
    assert problem.message.startswith("unknown key. Expected one of: beds,")


def test_typo_in_a_kind(complaints):
    """Does a typo inside one of several kinds name its own line, and the keys of that kind only?"""
    problems = complaints(
        "id: a\ntitle: b\nbeds:\n  rose:\n    kind: square\n    sied: 3\n    side: 2\n"
    )
    (problem,) = problems
    assert problem.line == 6
    assert problem.field == "beds.rose.sied"
    assert "did you mean 'side'? Expected one of: corners, kind, side" in problem.message
    assert "radius" not in problem.message


def test_missing_key(complaints):
    """Does a missing key name what misses it?"""
    first, second = complaints("title: b\nbeds:\n\n  rose:\n    kind: round\n")
    assert (first.line, first.field) == (1, "id")
    assert (second.line, second.field) == (4, "beds.rose.radius")
    assert first.message == second.message == "this key is missing"


@pytest.mark.parametrize("found", ["yes", "3", "1.5", "[a]", "null", "2026-11-24"])
def test_no_text(complaints, found):
    """Is a name that YAML takes for something else pointed out, with what to do?"""
    (problem,) = complaints(f"id: a\ntitle: {found}\n")
    assert (problem.line, problem.field) == (2, "title")
    assert "expected text, found" in problem.message
    assert "put it in quotes" in problem.message


@pytest.mark.parametrize("found", ["'3'", "3.5", "true", "many"])
def test_no_number(complaints, found):
    """Is nothing turned into a number that is none?"""
    (problem,) = complaints(f"title: b\nid: a\nsize: {found}\n")
    assert (problem.line, problem.field) == (3, "size")
    assert "integer" in problem.message


def test_one_complaint_for_a_choice_of_types(complaints):
    """Does a value that may be a number or a flag get one complaint, where it stands?"""
    (problem,) = complaints("title: b\nid: a\npaths:\n  - gate: 1\n    pond: long\n")
    assert (problem.line, problem.field) == (5, "paths.0.pond")


def test_all_at_once(complaints):
    """Are all complaints made at once?"""
    problems = complaints("id: A\ntitle: ''\nbeds: {b: {kind: oval}}\npaths: 3\n")
    assert [problem.line for problem in problems] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "good", ["a", "card-desk", "a1", "24-hours", "week-16", "a-b-c", "constructor"]
)
def test_identifier(read, good):
    """Are lower-case words joined by hyphens an id?"""
    assert read({"id": good, "title": "b"}).validate(Plot).id == good


@pytest.mark.parametrize(
    "bad",
    [
        *("0", "1", "24", "4294967294"),
        "",
        "A",
        "a_b",
        "a b",
        "-a",
        "a-",
        "a--b",
        "é",
        "a.b",
        "a\n",
        "a/b",
        "naïve",
    ],
)
def test_no_identifier(complaints, bad):
    """Is anything else no id, neither as a value nor as a key?"""
    (value,) = complaints(yaml.safe_dump({"title": "b", "id": bad}))
    assert value.field == "id"
    assert "lower-case words joined by hyphens" in value.message
    data = {"title": "b", "id": "a", "beds": {bad: {"kind": "round", "radius": 1}}}
    (key,) = complaints(yaml.safe_dump(data, sort_keys=False))
    assert key.line == 4
    assert "lower-case words joined by hyphens" in key.message


TEXT = """\
{file}
nodes:
  gate:
    {node}
    title: Gate
    choices:
      wait:
        {choice}
        text: Wait.
      go:
        text: Go.
  desk:
    title: Desk
lists:
  - name: first
  - name: second
    {item}
"""
NOTHING = "# nothing"
HERE = Remark("dull", ("nodes", "gate", "choices", "wait", "text"), "say more")


@pytest.fixture
def remaining(read):
    """Return a function that gives the places of the remarks that are not silenced."""

    def remain(*remarks, file=NOTHING, node=NOTHING, choice=NOTHING, item=NOTHING):
        source = read(TEXT.format(file=file, node=node, choice=choice, item=item))
        return [(problem.line, problem.field) for problem in problems(source, remarks)]

    return remain


def test_nothing_silenced(remaining):
    """Is a remark made where it stands?"""
    assert remaining(HERE) == [(9, "nodes.gate.choices.wait.text")]


@pytest.mark.parametrize("where", ["file", "node", "choice"])
def test_silenced(remaining, where):
    """Is a remark silenced by what encloses it, near and far, and only by its own name?"""
    assert remaining(HERE, **{where: "silence: [dull]"}) == []
    assert remaining(HERE, **{where: "silence: [dul, dull-too, DULL]"}) == remaining(HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("nodes", "gate", "choices", "go"),
        ("nodes", "gate", "choices"),
        ("nodes", "gate", "title"),
        ("nodes", "desk"),
        ("nodes",),
        (),
    ],
)
def test_not_elsewhere(remaining, elsewhere):
    """Does a choice that silences leave its siblings, and all around it, alone?"""
    assert len(remaining(Remark("dull", elsewhere, ""), choice="silence: [dull]")) == 1


def test_on_the_mapping_itself(remaining):
    """Does a mapping silence remarks about itself?"""
    assert remaining(Remark("dull", ("nodes", "gate"), ""), node="silence: [dull]") == []


def test_in_a_list(remaining):
    """Does an item of a list silence its own remarks and not those of its neighbour?"""
    first, second = (Remark("dull", ("lists", index, "name"), "") for index in (0, 1))
    assert remaining(first, second, item="silence: [dull]") == [(15, "lists.0.name")]


def test_place_that_is_missing(remaining):
    """Does a remark about something that is not there stand at what encloses it?"""
    absent = Remark("dull", ("nodes", "gate", "choices", "wait", "source"), "")
    assert remaining(absent) == [(7, "nodes.gate.choices.wait.source")]
    assert remaining(absent, choice="silence: [dull]") == []


def test_order(remaining):
    """Do remarks come in the order of the file?"""
    later = Remark("a", ("nodes", "desk"), "")
    assert [line for line, _ in remaining(later, HERE)] == [9, 12]
