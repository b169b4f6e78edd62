"""Drawings with one row a value, whose name and number stand above it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fourps.lab.draw.axes import (
    FEW,
    LINE_HEIGHT,
    SCALE,
    in_lines,
    number_scale,
    paper,
    scale_title,
    span,
)
from fourps.lab.sentence import listed, number, said, sentence, word
from fourps.lab.style import LETTER, PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# in inches
_ABOVE = 0.12  # from the middle of a bar to the name above it
_BELOW = 0.16  # from there to the name of the next
_BAR = 0.18
_ASIDE = 4  # points from the edge to a name


def bars(
    values: pd.Series,
    title: str,
    *,
    axis: str,
    limits: tuple[float, float],
    notes: list[str] | None = None,
    true: pd.Series | None = None,
) -> Figure:
    """Draw one bar a value, with its name and number above it.

    Parameters
    ----------
    values
        The index names the bars, from top to bottom.
    title
        Stands above, after the label.
    axis
        What the scale counts.
    limits
        The ends of the scale, so that all views of a figure have the same one.
    notes
        What stands behind each name; by default its number.
    true
        Drawn as an outline behind the bars, where both are to be compared.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = bars(pd.Series({"North": 3}), "week 16", axis="people", limits=(0, 10))
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['North: 3']
    """
    shown = notes or [number(value) for value in values]
    names = [_named(name, note) for name, note in zip(values.index, shown, strict=True)]
    figure, axes, height = _rows(names, title, values, axis)
    places = range(len(values))
    if true is not None:
        axes.barh(places, true, height=_BAR / height, fill=False, edgecolor="black", linewidth=1)
    # within an outline, which would reach into the name above if it stood around the bar
    bar = _BAR if true is None else 0.6 * _BAR
    axes.barh(places, values, height=bar / height, color=PALETTE["blue"])
    _across(axes, axis, limits, [values])
    return figure


def ranges(
    low: pd.Series,
    value: pd.Series,
    high: pd.Series,
    title: str,
    *,
    axis: str,
    limits: tuple[float, float] | None = None,
    signed: bool = False,
) -> Figure:
    """Draw a dot with a whisker for each label, and the numbers above it.

    Parameters
    ----------
    low, high
        The ends of the whiskers; where they are missing there is none.
    value
        The dots, by the same index, which names them from top to bottom; where it is missing there
        is only the whisker.
    title
        Stands above, after the label.
    axis
        What the scale counts.
    limits
        The ends of the scale, so that all views of a figure have the same one; by default from 0,
        or the least number, to the greatest.
    signed
        Write a plus before what is above zero, since the numbers are changes.

    Examples
    --------
    >>> import pandas as pd
    >>> low, value, high = (pd.Series({"rate": number}) for number in (0.9, 1.0, 1.2))
    >>> figure = ranges(low, value, high, "2030", axis="for each 100,000")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['rate: 1 (0.9 to 1.2)']
    """
    low, high = low.reindex(value.index), high.reindex(value.index)
    rows = list(zip(value.index, low, value, high, strict=True))
    names = [_named(name, _interval(*numbers, signed=signed)) for name, *numbers in rows]
    figure, axes, _ = _rows(names, title, value, axis)
    for place, (_, start, middle, end) in enumerate(rows):
        axes.plot([start, end], [place, place], color=PALETTE["blue"], linewidth=5, alpha=0.6)
        axes.plot([middle], [place], "o", color=PALETTE["orange"], markersize=8, clip_on=False)
    drawn = [low, value, high]
    _across(axes, axis, limits or span(drawn), drawn)
    return figure


def flow(
    counts: pd.Series, title: str, *, axis: str, limits: tuple[float, float] | None = None
) -> Figure:
    """Draw how much is left from step to step, with the share of the step before.

    Parameters
    ----------
    counts
        The steps in their order, by name; a missing one was not reported.
    title
        Stands above, after the label.
    axis
        What the scale counts.
    limits
        The ends of the scale, so that all views of a figure have the same one; by default from 0 to
        the greatest number.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = flow(pd.Series({"prosecuted": 12, "convicted": 4}), "one year", axis="persons")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['prosecuted: 12', 'convicted: 4 (33 % of the one above)']
    """
    numbers = counts.astype(float)
    numbers.attrs.update(counts.attrs)
    before = [math.nan, *numbers.iloc[:-1]]
    steps = [_step(*pair) for pair in zip(numbers, before, strict=True)]
    ends = limits or span([numbers])
    return bars(numbers, title, axis=axis, limits=ends, notes=steps)


def _rows(
    names: Sequence[str], title: str, data: pd.Series, axis: str
) -> tuple[Figure, Axes, float]:
    """Prepare rows with their names above them, since beside them no room is left on a phone.

    Returns also the height of a row, which is 1 on the upright axis.
    """
    wrapped = [in_lines(name) for name in names]
    text = LINE_HEIGHT * max(map(len, wrapped))
    height = text + _ABOVE + _BELOW
    figure, axes = paper(height * len(names) + SCALE, title, data, axis)
    for place, parts in enumerate(wrapped):
        drawn = axes.annotate(
            "\n".join(parts),
            (0, place - _ABOVE / height),
            (_ASIDE, 0),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            va="bottom",
            fontsize=LETTER,
        )
        # it may be wider than the plot, which must not shrink for it
        drawn.set_in_layout(False)
    axes.set_ylim(len(names) - 1 + _BELOW / height, -(_ABOVE + text) / height)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    return figure, axes, height


def _across(
    axes: Axes, title: str, limits: tuple[float, float], drawn: Sequence[pd.Series]
) -> None:
    """Draw the scale below rows."""
    axes.set_xlim(limits)
    number_scale(axes.xaxis, limits, drawn, FEW)
    axes.tick_params(labelsize=LETTER, length=0)
    axes.set_xlabel(scale_title(title), fontsize=LETTER, loc="left")
    if limits[0] <= 0 <= limits[1]:
        axes.axvline(0, color="black", linewidth=1.5, zorder=1, clip_on=False)


def _named(name: object, note: str) -> str:
    return listed([str(name), note], ": ")


def _step(count: float, before: float) -> str:
    if math.isnan(count):
        return word("not reported")
    text = number(count)
    if not before > 0:
        return text
    share = f"{100 * count / before:.0f}"
    return sentence("{count} ({share} % of the one above)", count=text, share=share)


def _interval(start: float, middle: float, end: float, *, signed: bool) -> str:
    import pandas as pd

    def say(value: float) -> str:
        return number(value, signed=signed)

    if pd.isna(start) or pd.isna(end):
        return word("not reported") if pd.isna(middle) else say(middle)
    span = sentence("{low} to {high}", low=say(start), high=say(end))
    if pd.isna(middle):
        return span
    return said(f"{say(middle)} ({span})")
