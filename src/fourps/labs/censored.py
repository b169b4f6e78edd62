"""Censored counts: read `<5` as what it is, a number from 1 to 4, and add up what is known."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable


_CENSORED = re.compile(r"<\s*(\d+)")
_PRINTED = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")


class Interval(NamedTuple):
    """The least and the most that a count can be; the most is infinite where nothing limits it."""

    low: int
    high: float


def interval(text: str | float | None, least: int = 1) -> Interval:
    """Read one count as it stands in a published table.

    Parameters
    ----------
    text
        ``"64"``, ``"1,204"``, ``"<5"``; blank or missing where nothing was reported.
    least
        The smallest count that ``<5`` can hide: 1 where the table prints its zeros, otherwise 0.

    Returns
    -------
    Interval
        A printed count is an interval of one number. Of a count that was not reported we know only
        that it is not negative.

    Raises
    ------
    ValueError
        If the text is none of these.

    Examples
    --------
    >>> interval("64"), interval("1,204")
    (Interval(low=64, high=64), Interval(low=1204, high=1204))
    >>> interval("<5"), interval("<5", least=0)
    (Interval(low=1, high=4), Interval(low=0, high=4))
    >>> interval("")
    Interval(low=0, high=inf)
    """
    if text is None or pd.isna(text) or not str(text).strip():
        return Interval(0, math.inf)
    plain = str(text).strip()
    if (match := _CENSORED.fullmatch(plain)) and (high := int(match[1]) - 1) >= least:
        return Interval(least, high)
    if _PRINTED.fullmatch(plain):
        count = int(plain.replace(",", ""))
        return Interval(count, count)
    raise ValueError(f'{text!r} is no count: expected text like "64", "1,204", "<5", or blank.')


def total(texts: Iterable[str | float | None], least: int = 1) -> Interval:
    """Add up counts as they stand in a published table: the least of each, and the most.

    Parameters
    ----------
    texts
        Counts that have no person in common; none of them gives 0.
    least
        The smallest count that ``<5`` can hide.

    Examples
    --------
    >>> total(["12", "<5", "<5"])
    Interval(low=14, high=20)
    >>> total(["12", ""])
    Interval(low=12, high=inf)
    """
    counts = [interval(text, least) for text in texts]
    return Interval(sum(count.low for count in counts), sum(count.high for count in counts))


def change(before: Interval, after: Interval) -> tuple[float, float]:
    """Return the least and the most by which a count can have grown.

    Both positive: it rose. Both negative: it fell. Otherwise the table does not say.

    Parameters
    ----------
    before, after
        Two counts.

    Examples
    --------
    >>> change(interval("<5"), interval("9"))
    (5, 8)
    >>> change(interval("<5"), interval("<5"))
    (-3, 3)
    """
    return after.low - before.high, after.high - before.low


def rate(count: Interval, millions: float) -> tuple[float, float]:
    """Return the least and the most for every 100,000 people, as in indicator 16.2.2 of the SDGs.

    Parameters
    ----------
    count
        For example the detected victims of one year.
    millions
        The population, in millions.

    Examples
    --------
    >>> low, high = rate(interval("64"), 6.2)
    >>> round(low, 2), round(high, 2)
    (1.03, 1.03)
    >>> rate(interval("<5"), 2.0)
    (0.05, 0.2)
    """
    return count.low / (10 * millions), count.high / (10 * millions)
