import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.exercise import choice, passes, points, safe_order, same, sorting

OPTIONS = "abcdefgh"
subsets = st.sets(st.sampled_from(OPTIONS))


@st.composite
def rules(draw):
    """Steps of which each may need some of the earlier ones; at least one rule."""
    steps = OPTIONS[: draw(st.integers(2, 6))]
    before = {
        step: draw(st.sets(st.sampled_from(steps[:place]))) if place else set()
        for place, step in enumerate(steps)
    }
    before[steps[1]] |= {steps[0]}
    return before


@given(rules())
def test_exactly_the_safe_orders_are_right(before):
    """Does an order earn everything just when it keeps every rule, and never less than nothing?"""
    for order in itertools.islice(itertools.permutations(before), 200):
        safe = all(order.index(one) < order.index(step) for step in before for one in before[step])
        share = safe_order(list(order), before)
        assert 0 <= share <= 1
        assert (share == 1) == safe


@given(rules())
def test_shuffled_orders_earn_little(before):
    """Do an order and its reverse together earn no more than one right order?"""
    for order in itertools.islice(itertools.permutations(before), 50):
        backwards = [*reversed(order)]
        assert safe_order(list(order), before) + safe_order(backwards, before) <= 1


@given(subsets, subsets.filter(lambda one: 0 < len(one) < len(OPTIONS)))
def test_choice_is_right_minus_wrong(chosen, right):
    """Is everything earned by the right letters alone, and nothing by all of them?"""
    share = choice(sorted(chosen), sorted(right), OPTIONS)
    assert 0 <= share <= 1
    assert (share == 1) == (chosen == right)
    assert choice(list(OPTIONS), sorted(right), OPTIONS) == 0


@given(st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from("xyz"), min_size=1))
def test_sorting_takes_off_what_chance_gives(right):
    """Is the average over all kinds, put everywhere alike, no more than what is left of chance?"""
    shares = [sorting(dict.fromkeys(right, kind), right, "xyz") for kind in "xyz"]
    assert sorting(dict(right), right, "xyz") == 1
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1


@given(st.floats(), st.integers(0, 40))
def test_points_are_plain_and_within(share, maximum):
    """Are points a plain float from 0 to the maximum, whatever the share?"""
    found = points(share, maximum)
    assert type(found) is float
    assert 0 <= found <= maximum


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(plain)
def test_same_is_reflexive(value):
    """Is a plain value the same as itself, and a list of it something else?"""
    assert same(value, value)
    assert not same([value], value)


MISSING = [float("nan"), np.float32("nan"), pd.NA, pd.NaT]


@pytest.mark.parametrize("missing", MISSING, ids=repr)
@pytest.mark.parametrize("around", [lambda x: x, lambda x: [1, x], lambda x: {"a": x}])
def test_missing_is_not_none(missing, around):
    """Is a missing number never taken where None is asked for, and any blank where a blank is?"""
    assert not same(around(missing), around(None))
    assert all(same(around(one), around(missing)) for one in [None, *MISSING])
    assert not same(around(0), around(missing))
    assert not same(around(missing), around(0))
    assert same(pd.Series({"a": missing}, dtype=object), {"a": None})


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), RecursionError(), AssertionError()]
)
def test_errors_of_tried_functions(error, capsys):
    """Does a function that stops with an error earn nothing, without a word?"""

    def fails():
        print("out")  # noqa: T201
        raise error

    assert passes(fails, [((), None)]) == 0
    assert passes(None, [((), None)]) == 0
    assert capsys.readouterr() == ("", "")


def test_tries_get_copies():
    """Does a function that changes what it is given spoil no other try?"""
    shared = [1, 2]

    def change(values):
        values.append(3)
        return len(values)

    assert passes(change, [((shared,), 3), ((shared,), 3)]) == 1
    assert shared == [1, 2]
