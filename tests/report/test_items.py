import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from fourps.report.items import alpha, difficulty, discrimination, groups, item_total

# ten people and ten questions: K. L. Wuensch, "The Kuder-Richardson 20", East Carolina University
WUENSCH = np.array(
    [
        [1, 1, 1, 1, 1, 1, 0, 1, 1, 0],
        [1, 0, 1, 1, 0, 1, 1, 1, 0, 1],
        [1, 1, 1, 1, 0, 1, 1, 0, 0, 1],
        [0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0, 0, 1, 0],
        [1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
        [1, 1, 0, 1, 1, 1, 0, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
        [0, 1, 0, 1, 1, 1, 1, 1, 0, 1],
        [1, 1, 0, 1, 1, 0, 1, 1, 1, 0],
    ],
    dtype=float,
)


def tables(people=(1, 30), tasks=(1, 8), most=10):
    """Marks in tenths of points, as nbgrader can hold them."""
    sizes = st.tuples(st.integers(*people), st.integers(*tasks))
    return sizes.flatmap(lambda shape: arrays(int, shape, elements=st.integers(0, most))).map(
        lambda whole: whole / 10
    )


def test_published_difficulty():
    """Are the shares of right answers those that were published with the data?"""
    printed = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
    assert difficulty(WUENSCH, np.ones(10)) == pytest.approx(printed, abs=1e-9)


def test_published_reliability():
    """Is KR-20 what the published sums come to: 10 questions, sum of pq 2.18, variance 5.84?"""
    assert alpha(WUENSCH) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84), abs=1e-9)


@given(tables(people=(2, 30), tasks=(2, 8)))
def test_alpha_by_covariances(marks):
    """Is alpha k squared times the mean covariance over the variance of the totals, by NumPy?"""
    found = alpha(marks)
    tasks = marks.shape[1]
    covariances = np.cov(marks, rowvar=False)
    between = covariances[~np.eye(tasks, dtype=bool)].mean()
    if found is None:
        assert np.ptp(marks.sum(axis=1)) < 1e-9
    else:
        assert found == pytest.approx(tasks**2 * between / covariances.sum(), abs=1e-9)


@given(tables(people=(2, 30), tasks=(2, 8), most=1))
def test_kr20(marks):
    """Is alpha of rights and wrongs Kuder and Richardson's formula 20?"""
    rights = marks * 10
    found, tasks = alpha(rights), rights.shape[1]
    if found is not None:
        p = rights.mean(axis=0)
        kr20 = tasks / (tasks - 1) * (1 - (p * (1 - p)).sum() / np.var(rights.sum(axis=1)))
        assert found == pytest.approx(kr20, abs=1e-9)


@given(tables())
def test_item_total(marks):
    """Is the correlation SciPy's, and is there none where points do not differ?"""
    for column, found in zip(marks.T, item_total(marks), strict=True):
        rest = marks.sum(axis=1) - column
        if found is None:
            assert len(marks) < 2 or min(np.ptp(column), np.ptp(rest)) < 1e-9
        else:
            assert found == pytest.approx(stats.pearsonr(column, rest).statistic, abs=1e-9)


@given(tables(people=(3, 30), tasks=(2, 8)))
def test_item_total_by_correction(marks):
    """Is it what Henrysson's correction makes of the correlation with the whole total?"""
    totals = marks.sum(axis=1)
    for column, found in zip(marks.T, item_total(marks), strict=True):
        if found is not None and np.ptp(totals) > 1e-9:
            whole, s, t = np.corrcoef(column, totals)[0, 1], column.std(), totals.std()
            corrected = (whole * t - s) / np.sqrt(t**2 + s**2 - 2 * whole * s * t)
            assert found == pytest.approx(corrected, abs=1e-6)


@given(tables())
def test_never_nan(marks):
    """Is whatever cannot be computed None, and the rest within its bounds?"""
    maxima = np.ones(marks.shape[1])
    shares = difficulty(marks, maxima)
    assert all(0 <= one <= 1 for one in shares)
    assert all(one is None or -1 <= one <= 1 for one in item_total(marks))
    found = groups(marks.sum(axis=1))
    differences = discrimination(marks, maxima, found)
    assert all(one is None or -1 <= one <= 1 for one in differences)
    reliability = alpha(marks)
    assert reliability is None or reliability <= 1 + 1e-9


@given(arrays(int, st.integers(0, 80), elements=st.integers(0, 40)))
def test_groups(totals):
    """Do the groups hold at least 27 % each, everybody with an equal total, and nobody twice?"""
    found = groups(totals / 10)
    size = int(0.27 * len(totals))
    if found is None:
        ranked = sorted(totals)
        assert len(totals) < 19 or ranked[size - 1] >= ranked[-size]
        return
    assert min(found.upper.sum(), found.lower.sum()) >= size >= 5
    assert not (found.upper & found.lower).any()
    assert totals[found.upper].min() > totals[~found.upper].max()
    assert totals[found.lower].max() < totals[~found.lower].min()


def test_discrimination():
    """Is it the difference of two means, as SciPy trims them?"""
    random = np.random.default_rng(1)
    marks = random.integers(0, 5, (60, 6)).astype(float)
    # totals that are all different, so that the groups are exactly 27 %
    totals = marks.sum(axis=1) + np.arange(60) / 1000
    order = np.argsort(totals)
    size = int(0.27 * 60)
    upper = np.array([stats.tmean(one) for one in marks[order[-size:]].T / 4])
    lower = np.array([stats.tmean(one) for one in marks[order[:size]].T / 4])
    found = discrimination(marks, np.full(6, 4.0), groups(totals))
    assert found == pytest.approx(upper - lower, abs=1e-9)


def test_from_nineteen_up():
    """Are there groups from 19 learners up, of five people, and none below?"""
    assert groups(np.arange(18.0)) is None
    found = groups(np.arange(19.0))
    assert (found.upper.sum(), found.lower.sum()) == (5, 5)


def test_nothing_to_compare():
    """Is one learner, one task, or a group with equal marks no cause for a number?"""
    assert item_total(np.ones((1, 3))) == [None] * 3
    assert alpha(np.ones((1, 3))) is alpha(np.ones((5, 1))) is alpha(np.ones((5, 3))) is None
    assert item_total(np.full((30, 2), 0.1)) == [None, None]
    assert discrimination(np.ones((30, 2)), np.ones(2), groups(np.ones(30))) == [None, None]
