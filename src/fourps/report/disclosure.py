"""How numbers about people are printed, so that none is about a few.

On the page to pass on, counts of people are rounded to the nearest five, totals included, and one
under five is not printed. Hiding a small count alone would not do: the total, or what flows on to
the next step, would give it back. Rounded totals do not, unless every count happens to lie at one
end of what is rounded alike, and their total at the other.

Statistics are made of ten people or more, and have two digits on the facilitator's own page.
"""

from __future__ import annotations

# the fewest people that a count may be about, and the step of printed counts
FEW = 5
# the fewest learners that statistics are made of
ENOUGH = 10
# of a statistic
DIGITS = 2


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
