import random
import statistics

from hypothesis import given
from hypothesis import strategies as st

from fourps.data.dice import Dice


def test_only_random_is_drawn_from():
    """Are all draws made of `random()`, the one method that Python promises to keep?"""
    dice, numbers = Dice(5), random.Random(5)  # noqa: S311  # no secret
    assert dice.between(0, 1) == numbers.random()
    assert dice.chance(0.5) == (numbers.random() < 0.5)
    assert dice.whole(1, 6) == 1 + int(numbers.random() * 6)
    assert dice.bell(2) == 2 * (sum(numbers.random() for _ in range(12)) - 6)


@given(st.integers(), st.integers(-50, 50), st.integers(0, 50))
def test_whole_numbers_stay_within_their_limits(seed, low, more):
    """Does a whole number never leave its limits?"""
    assert low <= Dice(seed).whole(low, low + more) <= low + more


@given(st.integers(), st.lists(st.integers(), max_size=20))
def test_shuffling_loses_nothing(seed, values):
    """Does a shuffled list hold what it held before?"""
    shuffled = list(values)
    Dice(seed).shuffle(shuffled)
    assert sorted(shuffled) == sorted(values)


@given(st.integers(), st.dictionaries(st.text(), st.floats(0.1, 10), min_size=1))
def test_a_pick_is_one_of_the_keys(seed, shares):
    """Is what is picked always there?"""
    assert Dice(seed).pick(shares) in shares


def test_shares_are_met():
    """Do many draws come near the shares that were asked for?"""
    dice = Dice(1)
    assert abs(dice.count(10_000, 0.3) - 3_000) < 150
    picks = [dice.pick({"a": 1, "b": 3}) for _ in range(10_000)]
    assert abs(picks.count("b") - 7_500) < 150
    bell = [dice.bell(2) for _ in range(10_000)]
    assert abs(statistics.mean(bell)) < 0.1
    assert abs(statistics.stdev(bell) - 2) < 0.1
