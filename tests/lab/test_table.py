"""The numbers behind a figure, as readers see them."""

from __future__ import annotations

import pandas as pd
import pytest

from fourps.lab.table import table


def test_columns_and_rows():
    """Are whole numbers whole, other numbers short, and missing ones blank?"""
    found = table(
        pd.DataFrame(
            {
                "place": ["<b>A</b>", "B"],
                "count": [3, 4],
                "share": [1 / 3, 1.0],
                "reported": [5, None],
                "when": [pd.NA, "2030"],
            }
        )
    )
    assert found.columns == ["place", "count", "share", "reported", "when"]
    assert found.rows == [["<b>A</b>", "3", "0.33", "5", ""], ["B", "4", "1", "", "2030"]]


def test_thousands_and_years():
    """Have numbers commas, and years none?"""
    frame = pd.DataFrame({"Year": [2030], "people": [16500], "change": [-1.5]})
    assert table(frame).rows == [["2030", "16,500", "\N{MINUS SIGN}1.5"]]


def test_index():
    """Does an index with a meaning become the first columns, and two levels of columns one?"""
    frame = pd.DataFrame({"region": ["N", "S"], "sex": ["f", "m"], "n": [1, 2]})
    assert table(frame.set_index("region")).columns == ["region", "sex", "n"]
    crossed = table(frame.pivot_table(index="region", columns="sex", values=["n"], aggfunc="sum"))
    assert crossed.columns == ["region", "n, f", "n, m"]
    assert crossed.rows == [["N", "1", ""], ["S", "", "2"]]


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ([[1]], TypeError, "data is list: expected the pandas DataFrame"),
        (pd.DataFrame({"a": []}), ValueError, "no rows"),
    ],
)
def test_mistakes(data, kind, message):
    """Does anything but a table with rows say what was expected?"""
    with pytest.raises(kind, match=message):
        table(data)
