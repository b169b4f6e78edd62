"""Numbers as readers and pages need them: short."""

from __future__ import annotations

from fourps.lab.reader import reader


def short(value: float) -> str:
    """Write a number with at most two decimals, as a drawing's places are written.

    Examples
    --------
    >>> short(12.30456), short(-0.001), short(7.999), short(20.0)
    ('12.3', '0', '8', '20')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def number(value: float, *, signed: bool = False) -> str:
    r"""Write a number as each figure, tick and table of the labs writes it.

    In English it has commas and at most two decimals; its minus is as wide as a plus.

    Parameters
    ----------
    value
        What to write.
    signed
        Put a plus before what is above zero, as changes need it.

    Examples
    --------
    >>> number(1204.0), number(0.5), number(1.032), number(-0.001)
    ('1,204', '0.5', '1.03', '0')
    >>> number(-3) == "\N{MINUS SIGN}3"
    True
    >>> number(9.3, signed=True), number(0, signed=True)
    ('+9.3', '0')
    """
    # a tiny number below zero would be written as -0
    rounded = round(float(value), 2) + 0.0
    text = f"{abs(rounded):,.2f}".rstrip("0").rstrip(".")
    if rounded < 0:
        text = f"\N{MINUS SIGN}{text}"
    elif signed and rounded:
        text = f"+{text}"
    return reader().number(text)
