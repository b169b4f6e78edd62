import csv

import pytest

from fourps.data import activities, sites
from fourps.data.store import datasets


@pytest.fixture(scope="module")
def matrix():
    return activities.load()


def test_protected_places_have_no_site(matrix):
    """Does every shelter stand with its region only, and every other site in its own region?"""
    shelters = matrix[matrix["activity"] == activities.PROTECTED]
    assert len(shelters) > 0
    assert set(shelters["site"]) == {""}
    region = sites.load().drop_duplicates("site").set_index("site")["region"]
    placed = matrix[matrix["site"] != ""]
    assert (placed["site"].map(region) == placed["region"]).all()
    blank = matrix[matrix["site"] == ""]
    assert set(blank["activity"]) == {activities.PROTECTED, "Information by telephone"}


def test_there_is_a_gap_and_a_dependence(matrix):
    """Is nobody in counter-trafficking in Varrouen, and all case management with one organisation?"""
    work = matrix[matrix["subsector"] == "Counter-trafficking"]
    assert "Varrouen" not in set(work["region"])
    cases = matrix[matrix["activity"] == "Case management"]
    assert set(cases["organisation"]) == {"Pelluvar"}


def test_a_row_of_hashtags(matrix):
    """Do the hashtags stand below the header, for tools that read HXL, and the rows below them?"""
    about = datasets()["activities"].columns
    with activities.path().open(encoding="utf-8", newline="") as file:
        _, header, tags, *rows = csv.reader(file)
    assert dict(zip(header, tags, strict=True)) == {
        title: column.hxl for title, column in about.items()
    }
    assert [row[0] for row in rows] == matrix["organisation"].tolist()
