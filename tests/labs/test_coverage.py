"""Does the check find every fault, and does each version keep protected places out?"""

from __future__ import annotations

import pandas as pd
import pytest

from fourps.data import activities
from fourps.labs import coverage


@pytest.fixture(scope="module")
def matrix():
    return activities.load()


def test_every_fault_of_the_draft():
    """Is each of the five faults found, once, on its line of the file?"""
    found = coverage.faults(activities.draft_path())
    lines = activities.draft_path().read_text("utf-8").splitlines()
    assert lines[0].startswith("# SYNTHETIC: ")
    assert len(activities.draft()) == 40
    assert sorted(found["rule"]) == sorted(coverage.RULES)
    for fault in found.itertuples():
        assert fault.value in lines[fault.line - 1]


def test_the_good_file():
    """Is nothing found in the file without faults?"""
    assert coverage.faults(activities.path()).empty


def test_one_rule_alone():
    """Does each rule find only its own fault?"""
    for name, rule in coverage.RULES.items():
        assert coverage.faults(activities.draft_path(), {name: rule})["rule"].tolist() == [name]


def test_rules_of_any_matrix():
    """Do the rules that know nothing of people find the date alone, and what is no number?"""
    found = coverage.faults(activities.draft_path(), coverage.ANY_MATRIX)
    assert found["rule"].tolist() == ["dates"]
    numbers = coverage.ANY_MATRIX["numbers"].keeps(pd.Series(["-40", "4", "forty"]))
    assert numbers.tolist() == [True, True, False]
    dates = pd.Series(["2031-02-28", "2031-02-30", "2031-02", "2031", "30.5.2031"])
    assert coverage.ANY_MATRIX["dates"].keeps(dates).tolist() == [True, False, True, True, False]


def test_blank_cells_break_no_rule(tmp_path):
    """Is a blank no fault, and are capitals of no matter for a title?"""
    path = tmp_path / "matrix.csv"
    lines = activities.path().read_text("utf-8").splitlines()[:3]
    path.write_text("\n".join([*lines, ",,,,,,,,,,", ",,,Visits by mr Tavik,,,,,,,"]), "utf-8")
    assert coverage.faults(path).to_numpy().tolist() == [
        [5, "activity", "Visits by mr Tavik", "names"]
    ]


def test_a_region_without_anybody(matrix):
    """Is a region in which nobody works still in the table?"""
    table = coverage.coverage(matrix)
    assert table.shape == (4, 5)
    assert table["Varrouen"].eq(0).all()


@pytest.mark.once
def test_leaving(matrix):
    """Does only a cell become empty in which the leaver was alone, and no count rise?"""
    for organisation in matrix["organisation"].unique():
        after = coverage.coverage(coverage.without(matrix, organisation))
        before = coverage.coverage(matrix).reindex(after.index)
        assert (before - after).isin([0, 1]).all(axis=None)
        assert (before.where((before > 0) & (after == 0), 1) == 1).all(axis=None)


def test_nobody_of_that_name(matrix):
    """Is it an error to take out somebody who is not there?"""
    with pytest.raises(ValueError, match="'Nobody' is no organisation"):
        coverage.without(matrix, "Nobody")


@pytest.mark.once
@pytest.mark.parametrize("name", coverage.VERSIONS)
def test_versions(name):
    """Is the place of a shelter only in the version that nobody should send?"""
    draft = activities.draft()
    shown = coverage.version(draft, name)
    sites = set(shown.loc[shown["activity"] == activities.PROTECTED, "site"])
    assert (sites == {""}) == (name != "as it came")
    assert draft.equals(activities.draft())


def test_one_line_for_all_shelters():
    """Do several shelters of a region become one line that names nobody?"""
    shown = coverage.version(activities.draft(), "shelters as one line")
    shelters = shown[shown["activity"] == activities.PROTECTED]
    assert shelters[["organisation", "region"]].to_numpy().tolist() == [["withheld", "Merrivane"]]


def test_unknown_version():
    """Is a version that does not exist an error that says which ones there are?"""
    with pytest.raises(ValueError, match="write one of as it came"):
        coverage.version(activities.draft(), "by street")
