"""The drawings of the labs: bars, lines, ranges, a flow, and a table with boxes.

All of them say SYNTHETIC, once; data that carry another label in ``attrs["label"]``, as real files
do, are labelled with that. Each scale has a title, a heavier line at zero, and ticks that are whole
where what is counted is whole.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from fourps.data.synthetic import LABEL
from fourps.lab.grid import Grid
from fourps.lab.number import number
from fourps.lab.style import LETTER, LINE, PALETTE, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# in inches
_LINE = 0.21  # a line of text
_ABOVE = 0.12  # from the middle of a bar to the name above it
_BELOW = 0.16  # from there to the name of the next
_BAR = 0.18
_PLOT = 2.4  # of lines, without what stands above and below
_SCALE = 0.5  # ticks, and the title of the scale
_LETTERS = 46  # in a line of text
_ASIDE = 4  # points from the edge to a name, so that no line runs through it
_MOST_TICKS = 6
_FEW = 4  # ticks on a scale of numbers
_HIGH = 6  # on an upright one: between two of them it never looks empty
_MARKERS = "os^Dv"
_DASHES = ["-", "--", ":"]


def grid(texts: pd.DataFrame, boxed: pd.DataFrame, title: str) -> Grid:
    """Make a small table, with a box around some of its cells.

    Parameters
    ----------
    texts
        What stands in each cell; the name of its index heads the names of the rows.
    boxed
        True where a cell gets a box; the shape of `texts`.
    title
        Stands above, after the label.

    Returns
    -------
    Grid
        A table that `fourps.lab.explore` shows as a figure.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"men": ["3"], "women": ["8"]}, index=["Ferry Road"])
    >>> found = grid(table, table == "3", "week 16")
    >>> found.title, found.columns, found.rows, found.boxed
    ('SYNTHETIC: week 16', ['', 'men', 'women'], [['Ferry Road', '3', '8']], [[True, False]])
    """
    rows = [
        [_one_line(name), *map(_one_line, cells)]
        for name, cells in zip(texts.index, texts.to_numpy(), strict=True)
    ]
    columns = [_one_line(texts.index.name or ""), *map(_one_line, texts)]
    return Grid(_labelled(title, texts), columns, rows, boxed.to_numpy().tolist())


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

    Returns
    -------
    matplotlib.figure.Figure
        As high as the bars need.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = bars(pd.Series({"North": 3}), "week 16", axis="people", limits=(0, 10))
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['North: 3']
    """
    said = notes or [number(value) for value in values]
    names = [f"{name}: {note}" for name, note in zip(values.index, said, strict=True)]
    figure, axes, height = _rows(names, title, values)
    places = range(len(values))
    if true is not None:
        axes.barh(
            places, true, height=1.5 * _BAR / height, fill=False, edgecolor="black", linewidth=1
        )
    axes.barh(places, values, height=_BAR / height, color=PALETTE["blue"])
    _across(axes, axis, limits, [values])
    return figure


def lines(
    table: pd.DataFrame,
    title: str,
    *,
    axis: str,
    limits: tuple[float, float] | None = None,
    bands: Mapping[str, tuple[pd.Series, pd.Series]] | None = None,
) -> Figure:
    """Draw one line a column; each has its own marker, so that colour is never all that tells.

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

    Returns
    -------
    matplotlib.figure.Figure
        With a legend below the plot, where there is more than one line.

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
    figure, axes = paper(_PLOT + _SCALE + _LINE * (legend + 1), title, table)
    places = _places(table.index)
    for (name, values), look in zip(table.items(), looks, strict=False):
        if name in bands:
            low, high = (end.reindex(table.index).astype(float) for end in bands[name])
            axes.fill_between(places, low, high, color=look["color"], alpha=0.25, linewidth=0)
        axes.plot(places, values.astype(float), markersize=5, label=str(name), **look)
    drawn = [*(table[name] for name in table), *(end for pair in bands.values() for end in pair)]
    axes.set_ylim(limits or _span(drawn))
    _numbers(axes.yaxis, axes.get_ylim(), drawn, _HIGH)
    if axes.get_ylim()[0] <= 0 <= axes.get_ylim()[1]:
        axes.axhline(0, color="black", linewidth=1.5, zorder=1, clip_on=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    _ticks(axes, places, table.index)
    axes.tick_params(labelsize=LETTER, length=0)
    # above the scale, where it can be read without turning one's head
    axes.set_title(axis, loc="left", fontsize=LETTER)
    axes.set_xlabel(str(table.index.name or ""), fontsize=LETTER, loc="right")
    if legend:
        figure.legend(loc="outside lower left", fontsize=LETTER, frameon=False, borderpad=0)
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

    Returns
    -------
    matplotlib.figure.Figure
        As high as the labels need.

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
    names = [f"{name}: {_interval(*numbers, signed=signed)}" for name, *numbers in rows]
    figure, axes, _ = _rows(names, title, value)
    for place, (_, start, middle, end) in enumerate(rows):
        axes.plot([start, end], [place, place], color=PALETTE["blue"], linewidth=5, alpha=0.6)
        axes.plot([middle], [place], "o", color=PALETTE["orange"], markersize=8, clip_on=False)
    drawn = [low, value, high]
    _across(axes, axis, limits or _span(drawn), drawn)
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

    Returns
    -------
    matplotlib.figure.Figure
        One bar a step.

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
    said = [_step(*pair) for pair in zip(numbers, before, strict=True)]
    ends = limits or _span([numbers])
    return bars(numbers, title, axis=axis, limits=ends, notes=said)


def _rows(names: Sequence[str], title: str, data: pd.Series) -> tuple[Figure, Axes, float]:
    """Prepare rows with their names above them, since beside them no room is left on a phone.

    Returns also the height of a row, which is 1 on the upright axis.
    """
    wrapped = [textwrap.wrap(name, _LETTERS) for name in names]
    text = _LINE * max(map(len, wrapped))
    height = text + _ABOVE + _BELOW
    figure, axes = paper(height * len(names) + _SCALE, title, data)
    for place, parts in enumerate(wrapped):
        drawn = axes.annotate(
            "\n".join(parts),
            (0, place - _ABOVE / height),
            (_ASIDE, 0),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            va="bottom",
            fontsize=LETTER,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
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
    _numbers(axes.xaxis, limits, drawn, _FEW)
    axes.tick_params(labelsize=LETTER, length=0)
    axes.set_xlabel(title, fontsize=LETTER, loc="left")
    if limits[0] <= 0 <= limits[1]:
        axes.axvline(0, color="black", linewidth=1.5, zorder=1, clip_on=False)


def _numbers(
    axis: Axis, limits: tuple[float, float], drawn: Sequence[pd.Series], most: int
) -> None:
    """Write few numbers on a scale: whole ones for what is whole, such as people."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = all(float(value).is_integer() for one in drawn for value in one.dropna())
    steps = [1, 2, 5, 10]
    wide = limits[1] - limits[0] >= _FEW
    axis.set_major_locator(MaxNLocator(most, steps=steps, integer=whole or wide))
    axis.set_major_formatter(FuncFormatter(lambda value, _place: number(value)))
    axis.grid(visible=True, linewidth=0.6, color=LINE, alpha=0.5)


def _step(count: float, before: float) -> str:
    if math.isnan(count):
        return "not reported"
    share = f" ({100 * count / before:.0f} % of the one above)" if before > 0 else ""
    return number(count) + share


def _interval(start: float, middle: float, end: float, *, signed: bool) -> str:
    import pandas as pd

    def say(value: float) -> str:
        return number(value, signed=signed)

    span = "" if pd.isna(start) or pd.isna(end) else f"{say(start)} to {say(end)}"
    if pd.isna(middle):
        return span or "not reported"
    return f"{say(middle)} ({span})" if span else say(middle)


def _places(index: pd.Index) -> Sequence[float]:
    """Return where the labels stand: at their value if they are numbers, else one after another."""
    from pandas.api.types import is_numeric_dtype

    return list(index) if is_numeric_dtype(index) else list(range(len(index)))


def _ticks(axes: Axes, places: Sequence[float], index: pd.Index) -> None:
    # from the end, since readers look for the last one
    step = math.ceil(len(index) / _MOST_TICKS)
    axes.set_xticks(places[::-1][::step], [str(name) for name in index[::-1][::step]])


def _span(values: Sequence[pd.Series]) -> tuple[float, float]:
    """Return a scale from 0, or the least value, to the greatest, that ends at round numbers."""
    import pandas as pd
    from matplotlib.ticker import MaxNLocator

    numbers = pd.concat([one.astype(float) for one in values]).dropna()
    ends = min(0.0, numbers.min()), max(0.0, numbers.max())
    if not ends[0] < ends[1]:
        return 0.0, 1.0
    ticks = MaxNLocator(_FEW, steps=[1, 2, 5, 10]).tick_values(*ends)
    return float(ticks[0]), float(ticks[-1])


def paper(height: float, title: str, data: pd.DataFrame | pd.Series) -> tuple[Figure, Axes]:
    """Return a figure with so many inches of room below its title."""
    from matplotlib.figure import Figure

    said = textwrap.wrap(_labelled(title, data), _LETTERS)
    figure = Figure(figsize=(WIDTH, height + _LINE * (len(said) + 0.3)), layout="constrained")
    axes = figure.subplots()
    figure.suptitle("\n".join(said), x=0.01, ha="left", fontsize=LETTER)
    return figure, axes


def _labelled(title: str, data: pd.DataFrame | pd.Series) -> str:
    return f"{data.attrs.get('label', LABEL)}: {title}"


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())
