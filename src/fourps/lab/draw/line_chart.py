"""One line a column of a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fourps.lab.draw.axes import LINE_HEIGHT, SCALE, number_scale, paper, scale_title, span
from fourps.lab.sentence import word
from fourps.lab.style import LETTER, PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PLOT = 2.4  # inches of lines, without what stands above and below
_MOST_TICKS = 6
_HIGH = 6  # on an upright one: between two of them it never looks empty
_MARKERS = "os^Dv"
_DASHES = ["-", "--", ":"]


def lines(
    table: pd.DataFrame,
    title: str,
    *,
    axis: str,
    limits: tuple[float, float] | None = None,
    bands: Mapping[str, tuple[pd.Series, pd.Series]] | None = None,
) -> Figure:
    """Draw one line a column; each has its own marker, so that colour is never all that tells.

    Where there is more than one line, a legend stands below the plot.

    Parameters
    ----------
    table
        The index stands below the plot: years, rounds or names; its name is the title there. A
        missing value leaves a gap.
    title
        Stands above, after the label.
    axis
        What the upright scale counts.
    limits
        The ends of the upright scale, so that all views of a figure have the same one; by default
        from 0, or the least value, to the greatest.
    bands
        For a column, the lower and upper ends of a band around its line, by the same index.

    Raises
    ------
    ValueError
        If there are more than 15 lines, or a band belongs to no column.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"detected": [9, 14], "convicted": [1, 3]}, index=[2022, 2023])
    >>> band = {"detected": (table["detected"] - 2, table["detected"] + 2)}
    >>> figure = lines(table, "two years", axis="persons", bands=band)
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['detected', 'convicted']
    """
    bands = bands or {}
    strange = [name for name in bands if name not in table]
    if strange:
        raise ValueError(f"There is a band for {strange[0]!r} and no such column in the table.")
    looks: list[dict[str, Any]] = [
        {"color": colour, "marker": marker, "linestyle": dash}
        for dash in _DASHES
        for colour, marker in zip(PALETTE.values(), _MARKERS, strict=True)
    ]
    if table.shape[1] > len(looks):
        raise ValueError(
            f"The table has {table.shape[1]} columns; {len(looks)} lines can be told apart. Draw "
            "fewer, or let the reader choose."
        )
    legend = table.shape[1] if table.shape[1] > 1 else 0
    figure, axes = paper(_PLOT + SCALE + LINE_HEIGHT * (legend + 1), title, table, axis)
    places = _places(table.index)
    for (name, values), look in zip(table.items(), looks, strict=False):
        if name in bands:
            low, high = (end.reindex(table.index).astype(float) for end in bands[name])
            axes.fill_between(places, low, high, color=look["color"], alpha=0.25, linewidth=0)
        axes.plot(places, values.astype(float), markersize=5, label=word(str(name)), **look)
    drawn = [*(table[name] for name in table), *(end for pair in bands.values() for end in pair)]
    axes.set_ylim(limits or span(drawn))
    number_scale(axes.yaxis, axes.get_ylim(), drawn, _HIGH)
    if axes.get_ylim()[0] <= 0 <= axes.get_ylim()[1]:
        axes.axhline(0, color="black", linewidth=1.5, zorder=1, clip_on=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    _ticks(axes, places, table.index)
    axes.tick_params(labelsize=LETTER, length=0)
    # above the scale, where it can be read without turning one's head
    axes.set_title(scale_title(axis), loc="left", fontsize=LETTER)
    axes.set_xlabel(word(str(table.index.name or "")), fontsize=LETTER, loc="right")
    if legend:
        figure.legend(loc="outside lower left", fontsize=LETTER, frameon=False, borderpad=0)
    return figure


def _places(index: pd.Index) -> Sequence[float]:
    """Return where the labels stand: at their value if they are numbers, else one after another."""
    from pandas.api.types import is_numeric_dtype

    return list(index) if is_numeric_dtype(index) else list(range(len(index)))


def _ticks(axes: Axes, places: Sequence[float], index: pd.Index) -> None:
    # from the end, since readers look for the last one
    step = math.ceil(len(index) / _MOST_TICKS)
    axes.set_xticks(places[::-1][::step], [word(str(name)) for name in index[::-1][::step]])
