"""A figure for every choice, with its words, within its limits."""

from __future__ import annotations

import gzip
import json
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.lab import PALETTE, Guess, explore
from fourps.lab.draw import bars, grid
from fourps.lab.figure import MOST_BYTES
from fourps.lab.frames import MOST_FRAMES

DATA = pd.DataFrame({"region": ["North", "South"], "people": [12, 7]})


def plot(region, year=2030):
    figure, axes = plt.subplots()
    height = (12 if region == "North" else 7) + year - 2030
    axes.bar([region], [height], color=PALETTE["blue"])
    return figure, f"{region} in {year}: {height} <b>people</b>."


@pytest.fixture
def static(monkeypatch):
    """Draw as while the book is built."""
    monkeypatch.setenv(STATIC, "1")

    def draw(plot=plot, caption="People", **choices):
        return explore(plot, data=DATA, caption=caption, **choices)

    return draw


def test_every_frame(static):
    """Has every combination its own drawing and words, in the order of the controls?"""
    figure = static(region=["North", "South"], year=[2030, 2031, 2032])
    frames = figure.spec["frames"]
    assert [frame["alt"] for frame in frames] == [
        f"{region} in {year}: {count + year - 2030} <b>people</b>."
        for region, count in (("North", 12), ("South", 7))
        for year in (2030, 2031, 2032)
    ]
    assert len({frame["svg"] for frame in frames}) == 6
    assert all(frame["svg"].startswith("<svg ") for frame in frames)
    assert figure.spec["size"] == [324, 216]
    assert plt.get_fignums() == []


def test_bundle(static):
    """Does a cell's output hold all that a page needs, as plain JSON, the same each time?"""
    choices = {"region": ["North", "South"], "year": np.arange(2030, 2032)}
    bundle = static(**choices)._repr_mimebundle_()
    content = bundle[COURSE_MIME]
    assert json.loads(json.dumps(content)) == content
    assert content["kind"] == "figure"
    assert content["spec"]["controls"] == [
        {"name": "region", "kind": "select", "label": "Region", "options": ["North", "South"]},
        {"name": "year", "kind": "range", "label": "Year", "options": ["2030", "2031"]},
    ]
    assert content["spec"]["table"] == {
        "caption": "People",
        "columns": ["region", "people"],
        "rows": [["North", "12"], ["South", "7"]],
    }
    assert bundle["text/plain"] == "<figure: People>"
    assert static(**choices)._repr_mimebundle_() == bundle


def test_different_figures_have_different_ids(static):
    """Do two figures on a page share no id?"""
    first = static(region=["North", "South"]).spec["frames"]
    second = static(caption="Others", region=["North", "South"]).spec["frames"]
    ids = [
        {one for frame in frames for one in re.findall(r' id="([^"]+)"', frame["svg"])}
        for frames in (first, second)
    ]
    assert ids[0]
    assert ids[1]
    assert ids[0].isdisjoint(ids[1])


def test_room_for_the_highest(static):
    """Is the room kept that the highest frame needs?"""

    def growing(height):
        figure, axes = plt.subplots(figsize=(5, height))
        axes.plot([0, height])
        return figure, f"A line {height} high."

    assert static(growing, height=[2, 4, 3]).spec["size"] == [360, 288]


def test_too_many_frames(static):
    """Do more than 60 frames say how many there are and what to do, before any is drawn?"""

    def never(**_values):
        raise AssertionError

    with pytest.raises(
        ValueError,
        match=r"'People' has 66 views \(11 a x 6 b\); a page carries at most 60. Give a control fewer",
    ):
        static(never, a=range(11), b=range(6))
    assert MOST_FRAMES == 60


@pytest.mark.once
def test_too_heavy(static):
    """Does a figure over 60 KB gzipped say its name, its weight and what to do?"""

    def noise(seed):
        figure, axes = plt.subplots()
        axes.plot(np.random.default_rng(seed).normal(size=3000))
        return figure, f"Noise {seed}."

    with pytest.raises(
        ValueError, match=r"'People' is \d+ KB gzipped for its 12 views.*fewer marks"
    ):
        static(noise, seed=range(12))
    assert MOST_BYTES == 60_000


@pytest.mark.once
def test_light(static):
    """Are 24 frames of bars light?"""
    figure = static(region=["North", "South"], year=range(2030, 2042))
    assert len(gzip.compress(json.dumps(figure.spec).encode())) < 6_000


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (lambda figure, _axes: figure, r"Figure for region='North'"),
        (lambda figure, _axes: (figure, ""), r"\(Figure, ''\)"),
        (lambda figure, _axes: (figure, None), r"\(Figure, NoneType\)"),
        (lambda _figure, axes: (axes, "Alt."), r"\(Axes, 'Alt\.'\)"),
        (lambda _figure, _axes: None, "NoneType"),
    ],
)
def test_no_alt(static, result, kind):
    """Is a plot without a figure and its alt text refused, with what it did return?"""
    figure, axes = plt.subplots()
    with pytest.raises(TypeError, match=rf"'People' returned {kind}.*`return figure, alt`"):
        static(lambda **_: result(figure, axes), region=["North", "South"])
    plt.close(figure)


def test_same_words_for_other_pictures(static):
    """Is an alt text refused that says the same of two different drawings?"""

    def mute(region):
        return plot(region)[0], "A bar."

    with pytest.raises(ValueError, match=r"region='South' and for region='North'.*'A bar\.'"):
        static(mute, region=["North", "South"])


def test_same_words_for_the_same_picture(static):
    """May two choices that show the same be told the same?"""
    figure = static(lambda **_: plot("North"), region=["North", "South"])
    assert len(figure.spec["frames"]) == 2


def test_what_is_shown_first(static):
    """Is the choice that shows the point first, by its values, and one that cannot be made refused?"""
    choices = {"region": ["North", "South"], "year": [2030, 2031]}
    assert static(**choices).spec["first"] == [0, 0]
    assert static(first={"year": 2031}, **choices).spec["first"] == [0, 1]
    for wrong in ({"year": 2032}, {"month": 1}):
        with pytest.raises(ValueError, match="which cannot be chosen in this figure"):
            static(first=wrong, **choices)


def test_a_guess(static):
    """Does a figure carry its question, and is one with a single answer refused?"""
    guess = Guess("Where are more?", ["North", "South"], "More are in the North.")
    asked = static(guess=guess, region=["North", "South"]).spec["guess"]
    assert asked["ask"] == "Where are more?"
    for options in (["North"], ["North", "North"]):
        with pytest.raises(ValueError, match="needs two options or more, each once"):
            Guess("Where are more?", options, "")


def test_scales_that_differ_say_so(static):
    """Does each frame say its scale where they differ, and none where all have the same?"""

    def scaled(most):
        return bars(pd.Series({"a": 1}), "", axis="people", limits=(0, most)), f"{most}."

    frames = static(scaled, most=[1200, 5]).spec["frames"]
    assert [frame["scale"] for frame in frames] == ["0 to 1,200", "0 to 5"]
    frames = static(lambda most: scaled(5 + 0 * most), most=[1200, 5]).spec["frames"]
    assert "scale" not in frames[0]


def test_a_table_is_a_frame(static):
    """May a plot return a table, which needs no room and no words of its own?"""

    def table(region):
        return grid(DATA.set_index("region"), DATA[["people"]] > 10, region), region

    spec = static(table, region=["North", "South"]).spec
    assert "size" not in spec
    assert spec["frames"][1]["svg"].startswith("<table ")
    assert "SYNTHETIC: South" in spec["frames"][1]["svg"]


@pytest.mark.parametrize("caption", ["", " \n"])
def test_no_caption(caption):
    """Is a figure without a title refused?"""
    with pytest.raises(ValueError, match="caption is empty"):
        explore(plot, data=DATA, caption=caption, region=["North", "South"])
