"""The invented country: its places, its people and its rules."""

import gzip
import re
import shutil

import pytest

from fourps.course.problem import BrokenSourceError
from fourps.course.source import Source
from fourps.course.world import Rules, load


@pytest.fixture
def changed(root, tmp_path):
    """Return a function that changes a line of the world and reads it, with its drawings."""
    shutil.copytree(root / "book" / "drawings", tmp_path / "drawings")

    def read(old, new):
        text = (root / "book" / "world.yaml").read_text("utf-8")
        assert text.count(old) == 1
        path = tmp_path / "world.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return load(path), text[: text.index(old)].count("\n") + 1

    return read


@pytest.fixture(scope="module")
def world(root):
    return load(root / "book" / "world.yaml")[0]


def test_ten_colleagues(root, world):
    """Has each of the ten colleagues a portrait, in the row of all in the same order, and nobody else?"""
    assert len(world.people) == 10
    row = (root / "book" / "drawings" / "people.svg").read_text("utf-8")
    # the ids that a drawing uses begin with a name
    order = list(dict.fromkeys(re.findall(r'id="(\w+)-\w+"', row)))
    assert order == list(world.people)
    drawn = {path.stem for path in root.glob("book/drawings/*.svg")}
    assert drawn == {*world.people, "people", "map", "icons"}


def test_drawings_say_nothing_else(root):
    """Does no drawing name a font, a script or another host?"""
    for path in root.glob("book/drawings/*.svg"):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|<script|<style|font-family|href=\"[^#]", text), path.name


def test_places_are_drawn(root, world):
    """Has each place a drawing of at most 1 KB: shapes alone, in a tone of the theme, light and dark?"""
    tokens = (root / "src/fourps/front/tokens.css").read_text("utf-8")
    tones = re.findall(r"--river: (#\w+)", tokens)
    drawings = {one.stem: one.read_text("utf-8") for one in root.glob("book/drawings/places/*.svg")}
    assert drawings.keys() == world.places.keys()
    for name, text in drawings.items():
        assert len(gzip.compress(text.encode(), 9)) <= 1000, name
        assert {*re.findall(r"<(\w+)", text)} <= {"svg", "style", "g", "path", "circle"}, name
        assert re.findall(r"#\w+", text) == tones, name


def test_pins(world):
    """Has each place with a pin a number of its own, in order, and a region that the map draws?"""
    assert list(world.pins.values()) == list(range(1, 8))
    assert {place.region for place in world.places.values()} <= set(world.regions)


def test_marks(root, world):
    """Is each mark one of a numbered place or module, and has each of them one?"""
    drawn = re.findall(r'<symbol id="([\w-]+)"', (root / "book/drawings/icons.svg").read_text())
    modules = [path.parent.name for path in root.glob("modules/*/outcomes.yaml")]
    assert sorted(drawn) == sorted([*world.pins, *modules])


def test_map_has_all_regions(root, world):
    """Does the drawing hold each region?"""
    drawn = re.findall(r'class="m-(\w+)" d="M\d+', (root / "book/drawings/map.svg").read_text())
    assert set(world.regions) <= set(drawn)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("region: jelisse, pin: [286", "region: jelise, pin: [286", "places.ferry-road.region"),
        ("organisation: tarsane", "organisation: tarsan", "people.linde.organisation"),
        ("  bashel:", "  basheel:", "people.basheel"),
        ("short: inspector", "shirt: inspector", "people.oskel.short"),
    ],
)
def test_loose_ends(changed, old, new, field):
    """Is a name that refers to nothing, or a missing portrait, named with file, line and field?"""
    with pytest.raises(BrokenSourceError) as caught:
        changed(old, new)
    problem = caught.value.problems[0]
    assert (problem.path.name, problem.field) == ("world.yaml", field) or "shirt" in problem.field
    assert problem.line > 20


def test_read(write):
    """Is a rule read with where it is met?"""
    child = {"kind": "law", "rule": "Tell the office.", "taught": ["lesson.md"]}
    rules, source = Source.load(write({"rules": {"child": child}}), Rules)
    child = rules.rules["child"]
    assert (child.rule, child.taught, child.practised) == ("Tell the office.", ["lesson.md"], [])
    assert source.line(("rules", "child", "taught")) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"rules": {}}, "rules"),
        ({"rules": {"child": {"taught": []}}}, "rules.child.rule"),
        ({"rules": {"child": {"rule": ""}}}, "rules.child.rule"),
        ({"rules": {"child": {"rule": "Go.", "thought": []}}}, "did you mean 'taught'"),
        ({"rules": {"A child": {"rule": "Go."}}}, "A child"),
        ({"rules": {"child": {"rule": "Go.", "kind": "habit"}}}, "rules.child.kind"),
        (
            {"rules": {"child": {"rule": "Go.", "kind": "advice", "clause": 3}}},
            "a clause is law: drop `clause`",
        ),
    ],
)
def test_refused(write, content, said):
    """Is what is no table of rules refused, by its place?"""
    with pytest.raises(BrokenSourceError) as error:
        Source.load(write(content), Rules)
    assert said in str(error.value)
