"""How numbers about people are printed, so that none is about a few.

On the page to pass on, counts of people are rounded to the nearest five, totals included, and one
under five is not printed. Hiding a small count alone would not do: the total, or what flows on to
the next step, would give it back. Rounded totals do not, unless every count happens to lie at one
end of what is rounded alike, and their total at the other.

Statistics are made of ten people or more, and have two digits on the facilitator's own page.
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
    """Return a count of people as it may be passed on: a multiple of five, or None under five.

    Nobody is not told from a few: a 0 beside a whole would say what everybody did.

    Parameters
    ----------
    count
        How many people there are.

    Examples
    --------
    >>> [about(count) for count in (0, 4, 5, 7, 8, 57)]
    [None, None, 5, 5, 10, 55]
    """
    if count < FEW:
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
