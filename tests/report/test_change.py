import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from fourps.report.change import class_gain, gain, interval

SHARES = st.integers(0, 24).map(lambda right: right / 24)
PAIRS = st.integers(1, 30).flatmap(
    lambda size: st.tuples(*(arrays(float, size, elements=SHARES) for _ in range(2)))
)


def test_published_example():
    """Is the gain from 9 to 17 of 29 answers 40 % of what could be won, as was published?

    Savinainen, A. and Scott, P. (2002), The Force Concept Inventory, Physics Education 37, 45-52.
    """
    assert gain(np.array([9 / 29]), np.array([17 / 29])) == pytest.approx(0.4, abs=1e-9)


@given(PAIRS)
def test_gain_of_means(pairs):
    """Is it the gain of the means, and not the mean of the gains?"""
    before, after = pairs
    found = class_gain(before, after)
    if before.mean() == 1:
        assert found is None
    else:
        first, second = stats.tmean(before), stats.tmean(after)
        assert found[0] == pytest.approx((second - first) / (1 - first), abs=1e-9)


@given(PAIRS)
def test_never_nan(pairs):
    """Are the ends of an interval numbers, in their order?"""
    found = class_gain(*pairs)
    if found and found[1]:
        assert found[1].low <= found[1].high
        assert np.isfinite(found[1]).all()


@pytest.mark.parametrize("size", [10, 24, 100])
def test_interval_of_scipy(size):
    """Does SciPy give the same interval from the same samples?"""
    random = np.random.default_rng(size)
    before = random.binomial(24, 0.5, size) / 24
    after = random.binomial(24, 0.7, size) / 24
    theirs = stats.bootstrap(
        (before, after),
        lambda a, b, axis: gain(np.moveaxis(a, axis, -1), np.moveaxis(b, axis, -1)),
        paired=True,
        vectorized=True,
        n_resamples=2000,
        rng=np.random.default_rng(0),
        method="BCa",
    )
    left_out = np.array([gain(np.delete(before, i), np.delete(after, i)) for i in range(size)])
    ours = interval(theirs.bootstrap_distribution, float(gain(before, after)), left_out)
    assert ours == pytest.approx(theirs.confidence_interval, abs=1e-9)


def test_same_every_time():
    """Do the same results give the same interval?"""
    random = np.random.default_rng(3)
    pairs = random.random(20), random.random(20)
    assert class_gain(*pairs) == class_gain(*pairs)
    observed, (low, high) = class_gain(*pairs)
    assert low < observed < high


def test_no_interval():
    """Is there no interval where the pairs are alike, or where there is one?"""
    assert class_gain(np.full(12, 0.5), np.full(12, 0.75)) == (0.5, None)
    assert class_gain(np.array([0.5]), np.array([0.75])) == (0.5, None)
    almost = np.append(np.ones(11), 0.5)
    assert class_gain(almost, np.ones(12)) == (1.0, None)
