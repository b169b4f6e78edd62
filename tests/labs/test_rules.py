"""Whom does a rule mark, and do all people stay accounted for?"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.data import accounts
from fourps.labs import rules

FLAGS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


@given(FLAGS)
def test_everybody_is_counted_once(pairs):
    """Do the four counts add up to all, and the marked ones to those whom the rule marked?"""
    marked = pd.Series([mark for mark, _ in pairs], dtype=bool)
    concern = pd.Series([one for _, one in pairs], dtype=bool)
    found = rules.count(marked, concern)
    assert sum(found) == len(pairs)
    assert found.marked == marked.sum()
    assert found.right + found.missed == concern.sum()


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("A", (16, 164, 4, 1816)),
        ("B", (14, 86, 6, 1894)),
        ("A or B", (18, 231, 2, 1749)),
        ("A and B", (12, 19, 8, 1961)),
    ],
)
def test_the_ledger(rule, counts):
    """Do the four rules mark as many of the invented accounts as the lab says?"""
    ledger = accounts.load()
    assert rules.count(rules.RULES[rule](ledger), ledger["concern"]) == counts


def test_nothing_to_divide():
    """Is there no share where nobody is marked, or nobody of concern?"""
    assert rules.Counts(0, 0, 3, 7).predictive is None
    assert rules.Counts(0, 2, 0, 7).found is None


def test_other_accounts():
    """Is a comparison of two different lists refused?"""
    with pytest.raises(ValueError, match="different indexes"):
        rules.count(pd.Series([True]), pd.Series([True], index=[1]))


@given(st.integers(0, 5000), st.data())
def test_expected_people_add_up(people, data):
    """Does what is expected add up to all, with nobody below zero?"""
    concern = data.draw(st.integers(0, people))
    share = st.floats(0, 1)
    found = rules.expected(people, concern, data.draw(share), data.draw(share))
    assert sum(found) == people
    assert min(found) >= 0


def test_a_perfect_rule():
    """Does a rule that makes no mistake mark exactly those of concern?"""
    assert rules.expected(1000, 10, found=1, cleared=1) == (10, 0, 0, 990)


@pytest.mark.parametrize("given", [(10, 11, 1, 1), (10, -1, 1, 1), (10, 1, 1.1, 1), (10, 1, 1, -1)])
def test_impossible(given):
    """Are impossible numbers refused?"""
    with pytest.raises(ValueError, match="expected"):
        rules.expected(*given)
