"""How numbers about people are printed, so that none is about a few.

On the page to pass on, counts of people are rounded to the nearest five, totals included, and a
count of one to four is not printed. Hiding a small count alone would not do: the total, or what
flows on to the next step, would give it back. Rounded totals do not, unless every count happens to
lie at one end of what is rounded alike, and their total at the other. Shares are rounded there to
0.05, since more digits would be chance's: see `fourps.report.chance`.

Statistics are made of ten people or more, and have two digits on the facilitator's own page.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fourps.report.chance import margin

if TYPE_CHECKING:
    from collections.abc import Sequence

# the fewest people that a number may be about, and the step of printed counts
FEW = 5
# the fewest learners that statistics of tasks, means and drawings are made of
ENOUGH = 10
# of a statistic
DIGITS = 2
# of a share that is passed on, and of marks in per cent
STEP = 0.05


class Bar(NamedTuple):
    """One bar of a histogram: `low` <= value < `high`, the last bar with both ends."""

    low: float
    high: float
    people: int


def about(count: int) -> int | None:
    """Return a count of people as it may be printed, or None where it may not.

    That is 0 or a multiple of five, and None for one to four people.

    Parameters
    ----------
    count
        How many people there are.

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


def stepped(value: float) -> float:
    """Return a statistic as it may be passed on: in steps of 0.05.

    Examples
    --------
    >>> stepped(0.731), stepped(-0.02)
    (0.75, 0.0)
    """
    return round(STEP * round(value / STEP), DIGITS) + 0.0


def coarse(share: float) -> float:
    """Return a share as it may be passed on: in steps of 0.05, from 0 to 1.

    Examples
    --------
    >>> coarse(0.731), coarse(-0.1), coarse(1.2)
    (0.75, 0.0, 1.0)
    """
    return stepped(min(1.0, max(0.0, share)))


def within(spread: float, people: int) -> float:
    """Return how far a share that is passed on may lie from the true one, chance and rounding.

    Parameters
    ----------
    spread
        Of one answer, from `fourps.report.chance`.
    people
        How many the share is made of, ten at least; it is rounded first.

    Examples
    --------
    >>> within(0.34, 50)
    0.12
    """
    rounded = about(people) or FEW
    return math.ceil(100 * (margin(spread, rounded) + STEP / 2)) / 100


def bars(values: Sequence[float], edges: Sequence[float]) -> list[Bar]:
    """Count values in bars of at least five people, from low to high; none of fewer values.

    Neighbouring bars are joined until each holds five. The first and the last edge move outwards
    where values lie beyond them.

    Parameters
    ----------
    values
        One for each person.
    edges
        Where bars may end, in rising order; at least two.

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
