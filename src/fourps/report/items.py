"""Statistics of the tasks of one exercise or quiz: classical item analysis.

A table of marks is an array of learners by tasks. What cannot be computed is None, never NaN.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.float64]
"""Points, learners by tasks."""

# sums of tenths differ in the last digits although the marks are equal
_DIGITS = 9
# a spread below this is rounding and no difference between people
_FLAT = 1e-9
TAIL = 0.27
# the fewest learners of whom 27 % are five people
TAILS_FROM = 19
_PAIR = 2


class Groups(NamedTuple):
    """The learners with the highest and the lowest totals; one truth value a learner."""

    upper: NDArray[np.bool_]
    lower: NDArray[np.bool_]


def difficulty(marks: Marks, maxima: Marks) -> list[float]:
    """Return the mean share of the points that each task brought: 1 is easy, 0 is hard.

    Marks above the maximum can bring it above 1.

    Parameters
    ----------
    marks
        Points, learners by tasks; at least one learner.
    maxima
        The most that each task brings, above zero.

    Examples
    --------
    >>> difficulty(np.array([[1.0, 4.0], [0.0, 2.0]]), np.array([1.0, 4.0]))
    [0.5, 0.75]
    """
    return [float(one) for one in (marks / maxima).mean(axis=0)]


def item_total(marks: Marks) -> list[float | None]:
    """Correlate each task with the sum of all the others.

    The task itself is left out of the sum, since it would correlate with itself: Henrysson,
    S. (1963), Correction of item-total correlations in item analysis, Psychometrika 28, 211-218.

    It is Pearson's correlation; None where everybody has the same points in the task or in the
    others.

    Examples
    --------
    >>> item_total(np.array([[1.0, 2.0, 1.0], [0.0, 1.0, 1.0], [1.0, 2.0, 1.0]]))
    [1.0, 1.0, None]
    """
    totals = marks.sum(axis=1)
    return [_correlation(column, totals - column) for column in marks.T]


def _correlation(one: Marks, other: Marks) -> float | None:
    if _flat(one) or _flat(other):
        return None
    a, b = one - one.mean(), other - other.mean()
    coefficient = float((a @ b) / np.sqrt((a @ a) * (b @ b)))
    return min(1.0, max(-1.0, round(coefficient, 15)))


def _flat(values: Marks) -> bool:
    return values.size < _PAIR or float(np.ptp(values)) < _FLAT


def alpha(marks: Marks) -> float | None:
    """Return how far the tasks agree with each other: Cronbach's alpha.

    k / (k - 1) x (1 - sum of the tasks' variances / variance of the totals): Cronbach, L. J.
    (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16, 297-334. For
    marks of 0 and 1 it is formula 20 of Kuder, G. F. and Richardson, M. W. (1937), The theory of
    the estimation of test reliability, Psychometrika 2, 151-160.

    It is at most 1, and below 0 where tasks contradict each other; None for fewer than two tasks or
    learners, or when everybody has the same total.

    Examples
    --------
    >>> alpha(np.array([[1.0, 1.0], [0.0, 0.0]]))
    1.0
    """
    tasks = marks.shape[1]
    totals = marks.sum(axis=1)
    if tasks < _PAIR or _flat(totals):
        return None
    parts = marks.var(axis=0).sum()
    return float(tasks / (tasks - 1) * (1 - parts / totals.var()))


def groups(totals: Marks) -> Groups | None:
    """Find the upper and the lower 27 % of learners.

    27 % is where groups are large and still far apart: Kelley, T. L. (1939), The selection of upper
    and lower groups for the validation of test items, Journal of Educational Psychology 30, 17-24.
    Equal totals stay together, so that nobody is sorted by chance: a group may be larger.

    It is None with fewer than 19 learners, or when so many totals are equal that both groups would
    hold the same people.

    Parameters
    ----------
    totals
        One for each learner.

    Examples
    --------
    >>> found = groups(np.arange(20.0))
    >>> int(found.upper.sum()), int(found.lower.sum())
    (5, 5)
    >>> groups(np.arange(18.0)) is groups(np.ones(30)) is None
    True
    """
    if totals.size < TAILS_FROM:
        return None
    rounded = totals.round(_DIGITS)
    ranked = np.sort(rounded)
    size = int(TAIL * totals.size)
    lowest, highest = ranked[size - 1], ranked[-size]
    if lowest >= highest:
        return None
    return Groups(rounded >= highest, rounded <= lowest)


def discrimination(marks: Marks, maxima: Marks, found: Groups | None) -> list[float] | list[None]:
    """Return the difference between the upper and the lower group's mean share, for each task.

    It is 1 where only the upper group earned points, 0 where the task does not tell them apart, and
    below 0 where the lower group earned more. Without groups it is None for every task.

    Parameters
    ----------
    maxima
        The most that each task brings.
    found
        The groups, from `groups`.

    Examples
    --------
    >>> marks = np.array([[float(number > 9)] for number in range(20)])
    >>> discrimination(marks, np.ones(1), groups(np.arange(20.0)))
    [1.0]
    """
    if found is None:
        return [None] * marks.shape[1]
    upper, lower = (difficulty(marks[group], maxima) for group in found)
    return [high - low for high, low in zip(upper, lower, strict=True)]
