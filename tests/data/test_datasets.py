"""What holds for every stored dataset."""

import csv
import importlib
import subprocess
import sys

import pytest

from fourps.data import store
from fourps.data.dictionary import dataset, datasets
from fourps.data.schema import BrokenDataError

STORED = ["accounts", "activities", "campaign", "detected", "other_counts", "sites"]
# for each a cell that its schema must refuse: column, text
BROKEN = {
    "accounts": ("reviewed_days", "0"),
    "activities": ("sector", "Protecton"),
    "campaign": ("knows", "11"),
    "detected": ("txtVALUE", "3"),
    "other_counts": ("value", "sixty-four"),
    "sites": ("in_debt", "1.4"),
}


def module(name):
    return importlib.import_module(f"fourps.data.{name}")


def test_every_dataset_is_in_the_dictionary():
    """Has each dataset an entry in the dictionary, and each entry a module?"""
    assert set(datasets()) == {*STORED, "ctdc", "people"}
    for name in datasets():
        assert callable(module(name).read if name == "ctdc" else module(name).load)


@pytest.mark.parametrize("name", STORED)
def test_each_file_says_that_it_is_synthetic(name):
    """Is SYNTHETIC the first word of the file?"""
    assert store.path(name).read_text("utf-8").startswith("# SYNTHETIC: ")


def written(name, tmp_path, change):
    """Return a file of a dataset whose rows were changed, below its label, header and hashtags."""
    head, *rows = csv.reader(store.path(name).read_text("utf-8").splitlines()[1:])
    change(rows, head)
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["# SYNTHETIC: broken on purpose"], head, *rows])
    return path


@pytest.mark.parametrize("name", STORED)
def test_a_broken_cell_is_named(name, tmp_path):
    """Does one wrong cell give a message with file, line, column and what was expected?"""
    column, text = BROKEN[name]
    tagged = int(name == "activities")

    def change(rows, head):
        rows[2 + tagged][head.index(column)] = text

    path = written(name, tmp_path, change)
    line = 5 + tagged
    place = rf"{name}\.csv, line {line} \(data row 3\), column {column}: '{text}' is not allowed"
    with pytest.raises(BrokenDataError, match=place):
        module(name).load(path)
    assert text in path.read_text("utf-8").splitlines()[line - 1]


@pytest.mark.parametrize("name", [name for name in STORED if dataset(name).key])
def test_a_repeated_row_is_named(name, tmp_path):
    """Is a row that stands twice refused, by the columns in which all rows must differ?"""
    path = written(name, tmp_path, lambda rows, _: rows.append(rows[-1]))
    with pytest.raises(BrokenDataError, match="these values stand in another row too"):
        module(name).load(path)


def test_no_real_person_place_or_year_passes_for_one():
    """Are the years of all datasets those of the course's world?"""
    assert set(module("detected").load()["Year"]) == set(range(2021, 2031))
    starts = module("activities").load()["start"].dt.year
    assert set(starts) == {2031}


@pytest.mark.once
def test_importing_is_quick():
    """Does importing a dataset leave pandera, which takes its time, until something is read?"""
    code = "import sys, fourps, fourps.data.sites; print('pandera' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
