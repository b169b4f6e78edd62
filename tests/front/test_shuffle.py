"""The order in which options stand: any is as likely as any other, and nothing else tells it."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.once


@given(
    items=st.lists(st.text(max_size=5), max_size=12),
    seed=st.integers(0, 2**31 - 1),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
def test_shuffle(javascript, items, seed, name):
    """Is a shuffled list always the same items, and the same order for the same seed and name?"""
    first, again = javascript("shuffle", cases=[[items, seed, name]] * 2)
    assert Counter(first) == Counter(items)
    assert first == again


def test_shuffle_by_seed_and_name(javascript):
    """Does another seed, or another name, give another order?"""
    items = list(range(20))
    seeds = javascript("shuffle", cases=[[items, seed, "question"] for seed in range(300)])
    names = javascript("shuffle", cases=[[items, 1, f"question-{n}"] for n in range(300)])
    assert len({tuple(one) for one in seeds}) == 300
    assert len({tuple(one) for one in names}) == 300


def even(found, kinds, each):
    """Insist that each kind was found as often as any other: within six standard deviations."""
    assert set(found) == set(kinds)
    assert all(abs(times - each) < 6 * each**0.5 for times in found.values())


@pytest.mark.parametrize("size", [2, 3, 4])
def test_shuffle_is_fair(javascript, size):
    """Does every order come about as often as any other, so that no place betrays an answer?"""
    items = list(range(size))
    orders = list(itertools.permutations(items))
    cases = [[items, seed, "question"] for seed in range(1000 * len(orders))]
    even(Counter(map(tuple, javascript("shuffle", cases=cases))), orders, 1000)


@pytest.mark.parametrize("size", [5, 6])
def test_each_place(javascript, size):
    """Does each of many options come as often to the first place, and to each other, as any other?"""
    items = list(range(size))
    found = javascript("shuffle", cases=[[items, seed, "desk"] for seed in range(1000 * size)])
    for place in zip(*found, strict=True):
        even(Counter(place), items, 1000)


@pytest.mark.parametrize(
    "other", [[1, "queue"], [0, "desk"]], ids=["the next attempt", "another scene"]
)
def test_one_order_tells_no_other(javascript, other):
    """Does the order in one scene tell nothing of that in another, or in the next attempt?"""
    items, (later, name) = [0, 1, 2], other
    pairs = list(itertools.product(itertools.permutations(items), repeat=2))
    seeds = range(300 * len(pairs))
    here = javascript("shuffle", cases=[[items, seed, "queue"] for seed in seeds])
    there = javascript("shuffle", cases=[[items, seed + later, name] for seed in seeds])
    both = zip(map(tuple, here), map(tuple, there), strict=True)
    even(Counter(both), pairs, 300)
