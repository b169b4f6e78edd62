"""Whether a group knows more after a course than before: the gain of its means."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES = 5000
LEVEL = 0.95
_SEED = 20261124
_NORMAL = NormalDist()


class GainInterval(NamedTuple):
    """Where a value plausibly lies."""

    low: float
    high: float


def gain(before: NDArray[np.float64], after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the normalised gain of means: the part of what could be won that was won.

    (after - before) / (1 - before), of the means of the whole group: Hake, R. R. (1998),
    Interactive-engagement versus traditional methods, American Journal of Physics 66, 64-74.

    It is 1 where all was won, below 0 where the mean fell, NaN or infinite where nothing could be
    won. The last axis is gone.

    Parameters
    ----------
    before, after
        Shares from 0 to 1, the same learner at the same place of the last axis.

    Examples
    --------
    >>> round(float(gain(np.array([0.5, 0.3]), np.array([0.8, 0.6]))), 9)
    0.5
    """
    first = before.mean(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((after.mean(axis=-1) - first) / (1 - first))


def class_gain(
    before: NDArray[np.float64], after: NDArray[np.float64]
) -> tuple[float, GainInterval | None] | None:
    """Return the gain of a group with a bootstrap interval of 95 %.

    Pairs of results are drawn with replacement, with a fixed seed, so that the same records give
    the same interval.

    It is None where everybody had everything right before. The interval is None where it cannot be
    computed: when all pairs are alike, or a sample left nothing to win.

    Parameters
    ----------
    before, after
        Shares from 0 to 1 of the same learners in the same order; at least one.

    Examples
    --------
    >>> class_gain(np.array([1.0]), np.array([0.5])) is None
    True
    """
    observed = float(gain(before, after))
    if not np.isfinite(observed):
        return None
    size = before.size
    if size == 1:
        return observed, None
    draws = np.random.default_rng(_SEED).integers(0, size, (SAMPLES, size))
    samples = gain(before[draws], after[draws])
    others = ~np.eye(size, dtype=bool)
    left_out = np.array([gain(before[keep], after[keep]) for keep in others])
    if not (np.isfinite(samples).all() and np.isfinite(left_out).all()):
        return observed, None
    return observed, interval(samples, observed, left_out)


def interval(
    samples: NDArray[np.float64],
    observed: float,
    left_out: NDArray[np.float64],
    level: float = LEVEL,
) -> GainInterval | None:
    """Return a bootstrap interval, bias-corrected and accelerated (BCa).

    Efron, B. and Tibshirani, R. J. (1993), An Introduction to the Bootstrap, section 14.3.

    It is None where the samples are all on one side of what was observed, or do not differ.

    Parameters
    ----------
    samples
        The statistic in each bootstrap sample.
    observed
        The statistic in the data.
    left_out
        The statistic with each observation left out in turn.
    level
        How much of the samples the interval covers.
    """
    below = (float(np.mean(samples < observed)) + float(np.mean(samples <= observed))) / 2
    away = left_out.mean() - left_out
    spread = float(np.sum(away**2))
    if not 0 < below < 1 or spread <= np.finfo(float).tiny:
        return None
    bias = _NORMAL.inv_cdf(below)
    acceleration = float(np.sum(away**3)) / (6 * spread**1.5)

    def place(share: float) -> float:
        shifted = bias + _NORMAL.inv_cdf(share)
        return _NORMAL.cdf(bias + shifted / (1 - acceleration * shifted))

    low, high = np.quantile(samples, [place((1 - level) / 2), place((1 + level) / 2)])
    return GainInterval(float(low), float(high))
