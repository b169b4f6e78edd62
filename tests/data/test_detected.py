import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.data import detected


@pytest.fixture(scope="module")
def table():
    return detected.load()


@pytest.fixture(scope="module")
def counted(table):
    """Return the table with the highest that each number may be."""
    return table.assign(count=detected.bounds(table["txtVALUE"])["high"])


def totals(table, indicator, code):
    rows = table[(table["Dimension"] == "Total") & (table["Iso3_code"] == code)]
    return rows[rows["Indicator"] == indicator].set_index("Year")


def test_selvarra_detected_64_and_convicted_few(table):
    """Are the two numbers of the course's world in the table, the small one hidden as <5?"""
    for indicator, shown in ((detected.DETECTED, "64"), (detected.CONVICTED, "<5")):
        assert totals(table, indicator, "XSE").loc[2030, "txtVALUE"] == shown


def test_detection_rises_with_the_hotline_and_convictions_lag(counted):
    """Is detection flat before 2027 and several times higher after it, and convictions hardly?"""
    found, convicted = (
        totals(counted, indicator, "XSE")["count"]
        for indicator in (detected.DETECTED, detected.CONVICTED)
    )
    assert found.loc[:2026].max() <= 15
    assert found.loc[2030] > 4 * found.loc[2026]
    assert convicted.max() <= 4


def test_twelve_countries_are_there(table):
    """Are there twelve countries over ten years, with a population for each?"""
    codes = {*("XSE", "XIS", "XTA"), *(f"XQ{letter}" for letter in "ABCDEFGHI")}
    assert set(table["Iso3_code"]) == codes
    assert set(detected.populations().index) == set(table["Iso3_code"])
    assert detected.populations()["XSE"] == 6.2
    assert detected.populations().attrs == {"label": "SYNTHETIC"}


def test_one_country_changed_its_definition(counted):
    """Does Country C jump in 2026, and does the source say why?"""
    rows = totals(counted, detected.DETECTED, "XQC")
    assert rows.loc[2026, "count"] > 1.8 * rows.loc[2025, "count"]
    assert rows["Source"].str.contains("definition of 2026").tolist() == [
        year >= 2026 for year in rows.index
    ]


def test_one_country_stopped_reporting(table):
    """Has Country F no row for 2027 and 2028, and rows before and after?"""
    years = set(table.loc[table["Iso3_code"] == "XQF", "Year"])
    assert years == set(range(2021, 2031)) - {2027, 2028}


def test_parts_add_up(table):
    """Can forms, and women, girls, men and boys, add up to the total where none is missing?"""
    table = table.join(detected.bounds(table["txtVALUE"]))
    selvarra = table[(table["Iso3_code"] == "XSE") & (table["Indicator"] == detected.DETECTED)]
    for _, year in selvarra.groupby("Year"):
        total = year.loc[year["Dimension"] == "Total", "low"].item()
        people = year[year["Dimension"] == "by sex and age"]
        single = people[(people["Sex"] != "Total") & (people["Age"] != "Total")]
        for parts in (year[year["Dimension"] == "by form of exploitation"], single):
            assert parts["low"].sum() <= total <= parts["high"].sum()


def test_no_row_pairs_an_age_with_a_form_of_exploitation(table):
    """Is the age a total wherever a form is named?"""
    assert set(table.loc[table["Category"] != "Total", "Age"]) == {"Total"}


def test_forced_labour_is_prosecuted_less_than_it_is_detected(counted):
    """Is the share of forced labour smaller among convictions than among victims?"""
    rows = counted[counted["Dimension"] == "by form of exploitation"]
    counts = rows.pivot_table(
        index="Indicator", columns="Category", values="count", aggfunc="sum", observed=True
    )
    share = counts["Forced labour"] / counts.sum(axis=1)
    assert share[detected.CONVICTED] < share[detected.PROSECUTED] < share[detected.DETECTED]


@given(st.integers(0, 3_000_000))
def test_bounds_hold_what_was_censored(count):
    """Do the bounds of a printed count always hold the count itself?"""
    text = "<5" if 0 < count < 5 else f"{count:,}"
    low, high = detected.bounds(pd.Series([text])).iloc[0]
    assert low <= count <= high
    assert (low == high) == (text != "<5")


def test_bounds_of_a_blank_are_not_known():
    """Is a blank neither zero nor <5, and a word refused?"""
    bounds = detected.bounds(pd.Series(["", "<5", "0"], index=[7, 8, 9]))
    assert bounds.index.tolist() == [7, 8, 9]
    assert bounds.loc[7].isna().all()
    assert bounds.loc[9].tolist() == [0, 0]
    with pytest.raises(ValueError, match="many"):
        detected.bounds(pd.Series(["many"]))
