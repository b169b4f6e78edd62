from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.report.flow import WIDTH, draw, layers
from fourps.report.ways import ENDING, OTHER, Edge, Ways, edges, ways
from fourps.scenario.engine import replay
from fourps.scenario.model import load


def parsed(svg):
    """Return a drawing that was made here, as elements."""
    return ET.fromstring(svg)  # noqa: S314


@pytest.fixture(scope="module")
def scenario(root):
    return load(root / "modules" / "protection" / "scenario.yaml")[0]


@pytest.fixture(scope="module")
def plays(maker, scenario):
    chance = maker.random.Random(11)
    return [replay(scenario, maker._play(scenario, number / 50, chance)) for number in range(50)]


def test_counts(scenario, plays):
    """Is each person counted once at each place, and does who comes in go out?"""
    found = ways(scenario, plays)
    assert found.people == found.endings.total() == 50
    assert found.nodes[scenario.start] == 50
    for name, node in scenario.nodes.items():
        assert found.nodes[name] <= sum(found.choices[key] for key in node.choices)
    ends = sum(n for (_, target), n in found.steps.items() if target.startswith(ENDING))
    assert ends == 50
    assert found.choices == Counter(key for play in plays for key in set(play.path))


STEPS = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["b", "c", "d", "e", f"{ENDING}x"])),
    st.integers(1, 40),
)


@given(STEPS)
def test_no_small_step(steps):
    """Is nothing drawn of fewer than five people, and is each number rounded?"""
    drawn = edges(Ways(steps=Counter(steps)))
    for edge in drawn:
        assert edge.people % 5 == 0
        assert edge.people >= 5
        if edge.target != OTHER:
            assert steps[edge.source, edge.target] >= 5
        else:
            small = [n for (source, _), n in steps.items() if source == edge.source and n < 5]
            assert sum(small) >= 5


@given(STEPS)
def test_same_each_time(steps):
    """Are the same steps drawn alike, in whichever order they were counted?"""
    other_way_round = Counter(dict(reversed(steps.items())))
    assert edges(Ways(steps=Counter(steps))) == edges(Ways(steps=other_way_round))


@given(STEPS)
def test_layers(steps):
    """Does every node that can be reached stand once, and no step stay in its row?"""
    found = edges(Ways(steps=Counter(steps)))
    rows = layers("a", found)
    places = {name: number for number, row in enumerate(rows) for name in row}
    assert sum(map(len, rows)) == len(places)
    reached, more = {"a"}, True
    while more:
        new = {edge.target for edge in found if edge.source in reached and edge.target != OTHER}
        more = not new <= reached
        reached |= new
    assert reached <= set(places)
    for edge in found:
        if edge.source in reached and edge.target not in (OTHER, edge.source):
            assert places[edge.source] != places[edge.target]


@given(STEPS)
def test_drawing(steps):
    """Does a drawing of any steps stay within its edges, loops included?"""
    names = dict.fromkeys("abcde", "a title that is much longer than fits <b>beside</b> others")
    svg = draw("a", edges(Ways(steps=Counter(steps))), names, other="others", label='"<x>&')
    if svg:
        root = parsed(svg)
        assert root.get("aria-label") == '"<x>&'
        height = float(root.get("viewBox").split()[3])
        for box in root.iter("rect"):
            assert float(box.get("x")) >= -1
            assert float(box.get("x")) + float(box.get("width")) <= WIDTH + 1
            assert float(box.get("y")) + float(box.get("height")) <= height
        assert all("<b>" not in (text.text or "") or "…" in text.text for text in root.iter("text"))


def test_drawing_of_a_scenario(scenario, plays):
    """Is every situation and ending with five people or more drawn, and named?"""
    found = ways(scenario, plays)
    names = {name: node.title for name, node in scenario.nodes.items()}
    names |= {f"{ENDING}{name}": one.title for name, one in scenario.endings.items()}
    svg = draw(scenario.start, edges(found), names, other="others", label="ways")
    texts = {text.text for text in parsed(svg).iter("text")}
    assert scenario.nodes[scenario.start].title in texts
    for name, people in found.steps.items():
        if people >= 8 and len(names[name[1]]) <= 30:
            assert names[name[1]] in texts


def test_nothing_to_draw():
    """Is nothing drawn where there is no step?"""
    assert draw("a", [], {}, other="others", label="ways") == ""
    assert draw("a", [Edge("b", "c", 5)], {}, other="others", label="ways") == ""
