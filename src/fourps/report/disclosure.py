"""What may be printed about a few people.

Counts of people are rounded to the nearest five, totals included, and a count of one to four is not
printed. Hiding a small count alone would not do: the total, what flows on to the next step, or a
second report six weeks later would give it back. Rounded totals do not, unless every count happens
to lie at one end of what is rounded alike, and their total at the other.

Statistics have two digits, and are made of ten people or more. A mean share is a count divided by a
total, so whoever puts the shares of a dozen tasks together can still work out how many people
there were, and how many solved each: that is what the difficulty of a task says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

# the fewest people that a number may be about, and the step of printed counts
FEW = 5
# the fewest learners that statistics of tasks, means and drawings are made of
ENOUGH = 10
# of a statistic
DIGITS = 2


class Bar(NamedTuple):
    """One bar of a histogram: `low` <= value < `high`, the last bar with both ends."""

    low: float
    high: float
    people: int


def about(count: int) -> int | None:
    """Return a count of people as it may be printed, or None where it may not.

    Parameters
    ----------
    count
        How many people there are.

    Returns
    -------
    int or None
        0, or a multiple of five; None for one to four people.

    Examples
    --------
    >>> [about(count) for count in (0, 1, 4, 5, 7, 8, 57)]
    [0, None, None, 5, 5, 10, 55]
    """
    if 0 < count < FEW:
        return None
    return FEW * ((count + FEW // 2) // FEW)


def figure(value: float | None) -> float | None:
    """Return a statistic as it may be printed.

    Examples
    --------
    >>> figure(27 / 38), figure(-0.001), figure(None)
    (0.71, 0.0, None)
    """
    return None if value is None else round(value, DIGITS) + 0.0


def bars(values: Sequence[float], edges: Sequence[float]) -> list[Bar]:
    """Count values in bars of at least five people.

    Neighbouring bars are joined until each holds five. The first and the last edge move outwards
    where values lie beyond them.

    Parameters
    ----------
    values
        One for each person.
    edges
        Where bars may end, in rising order; at least two.

    Returns
    -------
    list of Bar
        From low to high; none where there are fewer than five values.

    Examples
    --------
    >>> bars([1, 1, 1, 4, 5, 6, 7, 8, 9, 9], [0, 5, 10])
    [Bar(low=0.0, high=10.0, people=10)]
    >>> bars([1, 1, 1, 4, 4, 6, 7, 8, 9, 12], [0, 5, 10])
    [Bar(low=0.0, high=5.0, people=5), Bar(low=5.0, high=12.0, people=5)]
    """
    if len(values) < FEW:
        return []
    ends = [min(edges[0], *values), *edges[1:-1], max(edges[-1], *values)]
    counts, _ = np.histogram(values, ends)
    result: list[Bar] = []
    low, count = float(ends[0]), 0
    for high, more in zip(ends[1:], counts, strict=True):
        count += int(more)
        if count >= FEW:
            result.append(Bar(low, float(high), count))
            low, count = float(high), 0
    last = result.pop()
    return [*result, Bar(last.low, float(ends[-1]), last.people + count)]
