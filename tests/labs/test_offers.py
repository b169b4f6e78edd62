import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.labs import offers

amounts = st.integers(0, 1000)
rates = st.sampled_from([0.0, 0.05, 0.1, 0.5])


def test_nine_offers_labelled():
    """Are there nine offers, and do they say that they are invented?"""
    table = offers.load()
    assert len(table) == 9
    assert list(table) == offers.COLUMNS
    assert table.attrs["label"] == "SYNTHETIC"


def test_the_sum_of_the_lesson():
    """Does the calculator give what the lesson works out by hand?"""
    assert offers.owed(offers.load())["Hotel kitchen"] == 180
    assert offers.left(offers.load(), 50)["Hotel kitchen"] == 70
    assert offers.course(180, 0.1, 70, 4).round(2).tolist() == [180, 128, 70.8, 7.88, 0]
    assert offers.months_in_debt(180, 0.1, 70) == 4
    assert offers.months_in_debt(180, 0.1, 70, late=2) == 6
    assert offers.months_in_debt(180, 0.1, 15) is None


@pytest.mark.parametrize(
    ("debt", "rate", "repaid", "months"),
    [
        (0, 0.1, 0, 0),
        (0, 0.1, -50, 0),
        (100, 0.0, 50, 2),
        (100, 0.0, 0, None),
        (100, 0.1, -5, None),
        (200, 0.1, 20, None),
        (100, 0.5, 160, 1),
    ],
)
def test_ends_and_no_ends(debt, rate, repaid, months):
    """Is a debt that only stays the same one without an end, and no debt none?"""
    assert offers.months_in_debt(debt, rate, repaid) == months


@pytest.mark.parametrize(("debt", "rate", "late"), [(-1, 0.1, 0), (1, -0.1, 0), (1, 0.1, -1)])
def test_nothing_below_zero(debt, rate, late):
    """Is a debt, rate or delay below zero refused?"""
    with pytest.raises(ValueError, match="below zero"):
        offers.months_in_debt(debt, rate, 50, late)


@given(debt=amounts, rate=rates, repaid=st.integers(-200, 1000), late=st.integers(0, 4))
def test_month_by_month_agrees(debt, rate, repaid, late):
    """Is the debt gone in exactly the month that the count says, and not before?"""
    months = offers.months_in_debt(debt, rate, repaid, late)
    if months is None:
        assert offers.course(debt, rate, repaid, 60, late).iloc[-1] > 0
    elif months <= 200:
        there = offers.course(debt, rate, repaid, months, late)
        assert there.iloc[-1] == 0
        assert months == 0 or there.iloc[-2] > 0


@given(debt=amounts, rate=rates, repaid=amounts)
def test_late_pay_never_helps(debt, rate, repaid):
    """Is nobody free sooner because the pay came late?"""
    on_time = offers.months_in_debt(debt, rate, repaid)
    late = offers.months_in_debt(debt, rate, repaid, late=2)
    assert (math.inf if late is None else late) >= (math.inf if on_time is None else on_time)


def test_without_fees_nobody_is_worse_off():
    """Does striking out fees and costs lengthen no debt?"""
    table = offers.load()
    for home in (0, 50, 100):
        longer = offers.how_long(offers.struck(table), home) > offers.how_long(table, home)
        assert not longer.any()


def test_leaving():
    """Does leaving cost the rest of the debt and the notice, also on the first day?"""
    table = offers.load()
    assert (offers.to_leave(table, 50, 0) == offers.owed(table) + table["notice"]).all()
    assert offers.to_leave(table, 50, 12)["Hotel kitchen"] == 300


def test_breaches():
    """Is every fee named, and no offer without one?"""
    table = offers.load()
    named = offers.breaches(table)
    assert named.str.contains("recruitment fee").tolist() == (table["fee"] > 0).tolist()
    assert named.str.contains("related costs").tolist() == (table["costs"] > 0).tolist()


def test_not_stated_is_not_nothing():
    """Is the sum of a sheet with a blank unknown?"""
    table = offers.load()
    table.loc["House work", "costs"] = float("nan")
    assert pd.isna(offers.owed(table)["House work"])
