"""What holds for every stored dataset."""

import importlib
import re

import pandas as pd
import pytest

from fourps.data import store
from fourps.data.store import datasets, read

STORED = ["accounts", "activities", "campaign", "detected", "other_counts", "sites"]


def module(name):
    return importlib.import_module(f"fourps.data.{name}")


def test_every_dataset_is_in_the_dictionary():
    """Has each dataset an entry in the dictionary, and each entry a module?"""
    assert set(datasets()) == {*STORED, "ctdc", "people"}
    for name in datasets():
        assert callable(module(name).read if name == "ctdc" else module(name).load)


def allowed(column, value):
    """Tell whether a value is what the dictionary allows in a column."""
    if pd.isna(value) or value == "":
        return bool(column.blank)
    if column.choices:
        return value in column.choices
    if column.pattern:
        return re.fullmatch(column.pattern, value) is not None
    return (column.low is None or value >= column.low) and (
        column.high is None or value <= column.high
    )


@pytest.mark.parametrize("name", [*STORED, "people"])
def test_each_file_is_as_the_dictionary_says(name):
    """Does each file say first that it is invented, with the columns of the dictionary, the values that it allows, and no row twice?"""
    about = datasets()[name]
    weeks = module(name).WEEKS if name == "people" else [None]
    for week in weeks:
        assert store.path(name, week=week).read_text("utf-8").startswith("# SYNTHETIC: ")
        assert list(read(store.path(name, week=week))) == list(about.columns)
        table = store.load(name, week=week)
        for title, column in about.columns.items():
            wrong = [one for one in table[title] if not allowed(column, one)]
            assert not wrong, (title, wrong[:3])
        assert not (about.key and table.duplicated(about.key).any())


def test_no_real_person_place_or_year_passes_for_one():
    """Are the years of all datasets those of the course's world?"""
    assert set(module("detected").load()["Year"]) == set(range(2021, 2031))
    starts = module("activities").load()["start"].dt.year
    assert set(starts) == {2031}
