"""Numbers as readers and pages need them: short."""

from __future__ import annotations


def short(number: float) -> str:
    """Write a number with at most two decimals.

    Examples
    --------
    >>> short(12.30456), short(-0.001), short(7.999), short(20.0)
    ('12.3', '0', '8', '20')
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
