import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.labs.censored import Interval, change, interval, rate, total

COUNTS = st.integers(0, 30)


def printed(count):
    """Return a count as a table with a threshold of five prints it."""
    return "<5" if 0 < count < 5 else f"{count:,}"


@given(st.lists(COUNTS))
def test_the_true_total_lies_in_the_interval(counts):
    """Does the interval always hold the number behind the table?"""
    low, high = total(map(printed, counts))
    assert low <= sum(counts) <= high


@given(st.lists(st.sampled_from(["<5", "0", "7", "1,204"])))
def test_every_number_in_the_interval_is_possible(texts):
    """Are the ends reached, so that the interval is no wider than it must be?"""
    low, high = total(texts)
    ends = [(1, 4) if text == "<5" else (int(text.replace(",", "")),) * 2 for text in texts]
    assert (low, high) == (sum(least for least, _ in ends), sum(most for _, most in ends))


@given(COUNTS, COUNTS)
def test_a_change_holds_the_true_one(before, after):
    """Can the table claim a rise that never was?"""
    low, high = change(interval(printed(before)), interval(printed(after)))
    assert low <= after - before <= high


@pytest.mark.parametrize("blank", ["", "  ", None, float("nan")])
def test_what_was_not_reported_is_not_zero(blank):
    """Is a blank unlimited, also in a sum?"""
    assert interval(blank) == Interval(0, math.inf)
    assert total(["9", blank]) == Interval(9, math.inf)


@pytest.mark.parametrize("text", ["<", "<1", "five", "-3", "1,20", "3.5", "12 345", "5>"])
def test_no_count_is_guessed(text):
    """Is anything but a count refused, with the text in the message?"""
    with pytest.raises(ValueError, match="is no count"):
        interval(text)


def test_a_table_that_hides_zeros_says_so():
    """Does `<5` reach down to 0 where zeros are hidden too?"""
    assert total(["<5", "<10"], least=0) == Interval(0, 13)
    assert interval("<1", least=0) == Interval(0, 0)


def test_a_rate_keeps_both_ends():
    """Is the rate of an interval an interval?"""
    assert rate(Interval(62, 124), 6.2) == pytest.approx((1.0, 2.0))
    assert rate(Interval(3, math.inf), 1) == (0.3, math.inf)
