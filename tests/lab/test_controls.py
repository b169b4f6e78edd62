"""What a reader can change, and in which order the choices come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.lab.frames import combinations, controls

NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
OPTIONS = st.lists(st.text(min_size=1, max_size=5), min_size=2, max_size=5, unique=True) | st.lists(
    st.integers(-99, 99), min_size=2, max_size=5, unique=True
)
CHOICES = st.dictionaries(NAMES, OPTIONS, min_size=1, max_size=3)


@given(CHOICES)
def test_every_combination_once(choices):
    """Is every combination there once, and where the player looks for it?"""
    found = controls(choices, {})
    every = list(combinations(found))
    assert len(set(every)) == len(every)
    for place, choice in enumerate(every):
        # the same sum as in front/explore.js
        index = 0
        for control, at in zip(found, choice, strict=True):
            index = index * len(control.shown) + at
        assert index == place
    assert every[-1] == tuple(len(options) - 1 for options in choices.values())


@given(CHOICES)
def test_keywords_stay(choices):
    """Do controls keep the names, the options and the order that the author gave?"""
    found = controls(choices, {})
    assert [(one.name, list(one.options)) for one in found] == [
        (name, options) for name, options in choices.items()
    ]
    assert all((one.kind == "range") == isinstance(one.options[0], int) for one in found)


@pytest.mark.parametrize(
    ("options", "kind", "shown"),
    [
        ([2030, 2031], "range", ["2030", "2031"]),
        ([0.1, 0.25, 1.0], "range", ["0.1", "0.25", "1"]),
        (np.arange(2), "range", ["0", "1"]),
        (np.array([0.5, 1.0], dtype="float32"), "range", ["0.5", "1"]),
        (["a", "b"], "select", ["a", "b"]),
        ([1, "many"], "select", ["1", "many"]),
        ([False, True], "select", ["False", "True"]),
        (range(3), "range", ["0", "1", "2"]),
    ],
)
def test_kinds(options, kind, shown):
    """Do numbers become a slider, and all else a list?"""
    (one,) = controls({"x": options}, {})
    assert (one.kind, one.shown) == (kind, shown)


def test_labels():
    """Is a label what the author says, and otherwise the keyword in words?"""
    first, second = controls({"min_size": [1, 2], "year": [1, 2]}, {"year": "Until"})
    assert (first.label, second.label) == ("Min size", "Until")


@pytest.mark.parametrize(
    ("choices", "labels", "kind", "message"),
    [
        ({}, {}, ValueError, "at least one control"),
        ({"a": []}, {}, ValueError, "a has 0 values: give at least 2"),
        ({"a": ["x"]}, {}, ValueError, "a has 1 values"),
        ({"a": ["x", "x"]}, {}, ValueError, "a has a value twice: x, x"),
        ({"a": [1, 1.0]}, {}, ValueError, "a has a value twice: 1, 1"),
        ({"a": "xy"}, {}, TypeError, "expected a list of values"),
        ({"a": [1, 2]}, {"b": "B", "c": "C"}, ValueError, "labels names b, c"),
    ],
)
def test_mistakes(choices, labels, kind, message):
    """Does each mistake say what was expected?"""
    with pytest.raises(kind, match=message):
        controls(choices, labels)
