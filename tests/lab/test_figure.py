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
from fourps.lab import PALETTE, explore
from fourps.lab.figure import MOST_BYTES, MOST_FRAMES, StaticFigure

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
    assert figure.spec["size"] == [360, 230.4]
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


def test_too_heavy(static):
    """Does a figure over 60 KB gzipped say its name, its weight and what to do?"""

    def noise(seed):
        figure, axes = plt.subplots()
        axes.plot(np.random.default_rng(seed).normal(size=3000))
        return figure, f"Noise {seed}."

    with pytest.raises(
        ValueError, match=r"'People' is \d+ KB gzipped for its 12 views.*dense=True"
    ):
        static(noise, dense=False, seed=range(12))
    assert MOST_BYTES == 60_000


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


@pytest.mark.parametrize("caption", ["", " \n"])
def test_no_caption(caption):
    """Is a figure without a title refused?"""
    with pytest.raises(ValueError, match="caption is empty"):
        explore(plot, data=DATA, caption=caption, region=["North", "South"])


def test_nothing_drawn_before_a_mistake_is_found(static):
    """Is the result of a build a static figure, and never a widget?"""
    assert isinstance(static(region=["North", "South"]), StaticFigure)
