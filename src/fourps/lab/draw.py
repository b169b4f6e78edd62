"""The drawings of the labs: bars, lines, ranges, a flow, and a table with boxes.

All of them say SYNTHETIC, once; data that carry another label in ``attrs["label"]``, as real files
do, are labelled with that. Each scale has a title, a heavier line at zero, and ticks that are whole
where what is counted is whole.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from fourps.lab.sentence import listed, number, reader, said, sentence, word
from fourps.lab.style import LETTER, LINE, PALETTE, WIDTH
from fourps.lab.table import grid, labelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure


__all__ = ["bars", "flow", "grid", "lines", "ranges"]

# in inches
LINE_HEIGHT = 0.21  # a line of text
SCALE = 0.5  # ticks, and the title of the scale
LETTERS = 46  # in a line of text
SCALE_LETTERS = 50  # in the title of a scale, which begins at the edge
FEW = 4  # ticks on a scale of numbers


def number_scale(
    axis: Axis, limits: tuple[float, float], drawn: Sequence[pd.Series], most: int
) -> None:
    """Write few numbers on a scale: whole ones for what is whole, such as people."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = all(float(value).is_integer() for series in drawn for value in series.dropna())
    steps = [1, 2, 5, 10]
    wide = limits[1] - limits[0] >= FEW
    axis.set_major_locator(MaxNLocator(most, steps=steps, integer=whole or wide))
    axis.set_major_formatter(FuncFormatter(lambda value, _place: number(value)))
    axis.grid(visible=True, linewidth=0.6, color=LINE, alpha=0.5)


def span(values: Sequence[pd.Series]) -> tuple[float, float]:
    """Return a scale from 0, or the least value, to the greatest, that ends at round numbers."""
    import pandas as pd
    from matplotlib.ticker import MaxNLocator

    numbers = pd.concat([series.astype(float) for series in values]).dropna()
    ends = min(0.0, numbers.min()), max(0.0, numbers.max())
    if not ends[0] < ends[1]:
        return 0.0, 1.0
    ticks = MaxNLocator(FEW, steps=[1, 2, 5, 10]).tick_values(*ends)
    return float(ticks[0]), float(ticks[-1])


def paper(
    height: float, title: str, data: pd.DataFrame | pd.Series, axis: str
) -> tuple[Figure, Axes]:
    """Return a figure with so many inches of room below its title, and more for a long scale's."""
    from matplotlib.figure import Figure

    title_lines = in_lines(labelled(title, data))
    height += LINE_HEIGHT * (len(title_lines) + 0.3 + scale_title(axis).count("\n"))
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots()
    figure.suptitle("\n".join(title_lines), x=0.01, ha="left", fontsize=LETTER)
    return figure, axes


def scale_title(axis: str) -> str:
    """Return what a scale counts, in as many lines as it needs in the reader's language."""
    return "\n".join(in_lines(word(axis), SCALE_LETTERS))


def in_lines(text: str, letters: int = LETTERS) -> list[str]:
    """Return the lines in which a text that the reader understands is drawn."""
    lines = textwrap.wrap(text, letters)
    reader().lines.update(lines)
    return lines


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
