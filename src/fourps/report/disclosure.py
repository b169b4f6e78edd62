"""How numbers about people are printed, so that none is about a few.

There is one floor: nothing is said of fewer than ten people, on any page, nor in
``book/after/release/group.py``. On the page to pass on, counts of people are rounded to the nearest
five, totals included, and one under ten is not printed. Hiding a small count alone would not do:
the total, or what flows on to the next step, would give it back. Rounded totals do not, unless
every count happens to lie at one end of what is rounded alike, and their total at the other.

Statistics are made of ten people or more, and have two digits on the facilitator's own page.
"""

from __future__ import annotations

# the fewest people that anything is said of
ENOUGH = 10
# of printed counts
STEP = 5
# of a statistic
DIGITS = 2


def about(count: int) -> int | None:
    """Return a count of people as it may be passed on: a multiple of five, or None under ten.

    Nobody is not told from a few: a 0 beside a whole would say what everybody did.

    Parameters
    ----------
    count
        How many people there are.

    Examples
    --------
    >>> [about(count) for count in (0, 9, 10, 12, 13, 57)]
    [None, None, 10, 10, 15, 55]
    """
    if count < ENOUGH:
        return None
    return STEP * ((count + STEP // 2) // STEP)


def figure(value: float | None) -> float | None:
    """Return a statistic as it may be printed.

    Examples
    --------
    >>> figure(27 / 38), figure(-0.001), figure(None)
    (0.71, 0.0, None)
    """
    return None if value is None else round(value, DIGITS) + 0.0
