"""A figure with a kernel."""

from __future__ import annotations

import pandas as pd
import pytest
import traitlets
from matplotlib import pyplot as plt

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.course.words import words
from fourps.lab import explore

DATA = pd.DataFrame({"region": ["North", "South"], "people": [12, 7]})


@pytest.fixture
def drawn():
    """Every choice that was drawn, in order."""
    return []


@pytest.fixture
def widget(monkeypatch, drawn):
    monkeypatch.delenv(STATIC, raising=False)

    def plot(region, year):
        drawn.append((region, year))
        if year == 2032:
            raise ZeroDivisionError("no such year")
        figure, axes = plt.subplots()
        axes.bar([region], [year])
        return figure, f"{region} in {year}."

    return explore(
        plot, data=DATA, caption="People", region=["North", "South"], year=[2030, 2031, 2032]
    )


def test_on_demand(widget, drawn):
    """Is only what is chosen drawn, and each choice once?"""
    assert drawn == [("North", 2030)]
    widget.choice = [1, 1]
    assert widget.value == {"region": "South", "year": 2031}
    assert widget.frame["alt"] == "South in 2031."
    widget.choice = [0, 0]
    widget.choice = [1, 1]
    assert drawn == [("North", 2030), ("South", 2031)]
    assert widget.frame["choice"] == [1, 1]


def test_value(widget):
    """Can Python set a value, and does the picture follow?"""
    widget.value = {"year": 2031}
    assert widget.choice == [0, 1]
    assert widget.frame["alt"] == "North in 2031."


def test_all_is_synchronised(widget):
    """Does the front end get what the page's player gets, except that nothing is drawn before?"""
    state = widget.get_state()
    assert {"spec", "words", "choice", "frame"} <= state.keys()
    assert state["spec"]["table"]["rows"] == [["North", "12"], ["South", "7"]]
    assert "frames" not in state["spec"]
    assert state["frame"]["svg"].startswith("<svg")


def test_language(speak, request):
    """Are the figure's own words in the reader's language?"""
    speak("fr")
    assert request.getfixturevalue("widget").words == words("fr")


@pytest.mark.parametrize("choice", [[], [0], [0, 3], [2, 0], [-1, 0], [0, 0, 0]])
def test_impossible_choice(widget, choice):
    """Is a choice that does not exist refused?"""
    with pytest.raises(traitlets.TraitError, match="is no choice"):
        widget.choice = choice
    assert widget.choice == [0, 0]


def test_failing_plot(widget):
    """Does a plot that fails say so where the reader is, and go on with the next choice?"""
    widget.choice = [0, 2]
    assert widget.frame == {"choice": [0, 2], "problem": "ZeroDivisionError: no such year"}
    widget.choice = [0, 1]
    assert widget.frame["alt"] == "North in 2031."


def test_bundle(widget):
    """Is a widget shown as a widget, with no frames in the notebook's file?"""
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    assert COURSE_MIME not in data
