"""The drawings of the labs: a table, bars, lines, ranges and a flow. All of them say SYNTHETIC.

Data that carry another label in ``attrs["label"]``, as real files do, are labelled with that.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from fourps.data.synthetic import LABEL
from fourps.lab.style import LINE, PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Narrow, since a page enlarges it to its own width: so letters stay readable on a phone.
_WIDTH = 4.6
_LINE = 0.46  # of a table, in inches; a bar takes half
_HEAD = 0.4
_LETTER = 10
_PLOT = 2.6  # of lines, without what stands above and below
_ROW = 0.46  # of ranges and of a flow: a line of text and what it names
_NEXT = 0.17  # each further line of the text
_LETTERS = 60  # in a line of it
_MOST_TICKS = 8
_MARKERS = "os^Dv"
_DASHES = ["-", "--", ":"]


def grid(texts: pd.DataFrame, boxed: pd.DataFrame, title: str) -> Figure:
    """Draw a small table, with a box around some of its cells.

    Parameters
    ----------
    texts
        What stands in each cell; a line break makes two lines.
    boxed
        True where a cell gets a box; the shape of `texts`.
    title
        Stands above, after the label.

    Returns
    -------
    matplotlib.figure.Figure
        As high as the table needs.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"men": ["3"], "women": ["8"]}, index=["Ferry Road"])
    >>> figure = grid(table, table == "3", "week 16")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['men', 'women', 'Ferry Road', '3', '8']
    """
    rows, columns = texts.shape
    figure, axes = _paper(_HEAD + _LINE * (rows + 1), title, texts)
    axes.axis("off")
    # the names of the rows take the room of a column and a half
    axes.set(xlim=(-1.5, columns), ylim=(rows, -1))
    for place, column in enumerate(texts):
        axes.text(place + 0.5, -0.5, _two_lines(column), ha="center", va="center", fontsize=_LETTER)
    for line, row in enumerate(texts.index):
        axes.text(-1.5, line + 0.5, row, va="center", fontsize=_LETTER)
        for place, column in enumerate(texts):
            axes.text(
                *(place + 0.5, line + 0.5, texts.loc[row, column]),
                ha="center",
                va="center",
                fontsize=_LETTER,
                linespacing=1.3,
            )
            if boxed.loc[row, column]:
                _box(axes, place, line)
    return figure


def bars(
    values: pd.Series,
    title: str,
    limits: tuple[float, float],
    notes: list[str] | None = None,
    true: pd.Series | None = None,
) -> Figure:
    """Draw one bar a value, with its number beside it.

    Parameters
    ----------
    values
        The index names the bars, from top to bottom.
    title
        Stands above, after the label.
    limits
        The ends of the axis, so that all views of a figure have the same one.
    notes
        What stands beside each bar; by default its number.
    true
        Drawn as an outline behind the bars, where both are to be compared.

    Returns
    -------
    matplotlib.figure.Figure
        As high as the bars need.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = bars(pd.Series({"North": 3}), "week 16", (0, 10))
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['3']
    """
    figure, axes = _paper(_HEAD + _LINE / 2 * (len(values) + 2), title, values)
    places = range(len(values))
    if true is not None:
        axes.barh(places, true, height=0.9, fill=False, edgecolor="black", linewidth=1)
    axes.barh(places, values, height=0.55, color=PALETTE["blue"])
    axes.axvline(0, color="black", linewidth=1)
    axes.set_yticks(places, values.index, fontsize=_LETTER)
    axes.tick_params(length=0)
    axes.set(xlim=limits, ylim=(len(values) - 0.4, -0.6))
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.set_xticks([])
    gap = (limits[1] - limits[0]) / 60
    for place, value in enumerate(values):
        end = max(value, 0 if true is None else true.iloc[place], 0)
        note = notes[place] if notes else f"{value:,}"
        axes.text(end + gap, place, note, va="center", fontsize=_LETTER)
    return figure


def lines(
    table: pd.DataFrame,
    title: str,
    limits: tuple[float, float] | None = None,
    bands: Mapping[str, tuple[pd.Series, pd.Series]] | None = None,
) -> Figure:
    """Draw one line a column; each has its own marker, so that colour is never all that tells.

    Parameters
    ----------
    table
        The index stands below the plot: years, rounds or names. A missing value leaves a gap.
    title
        Stands above, after the label.
    limits
        The ends of the upright axis, so that all views of a figure have the same one; by default
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
    >>> figure = lines(table, "two years", bands={"detected": (table["detected"] - 2,
    ...                                                        table["detected"] + 2)})
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
    figure, axes = _paper(_HEAD + _PLOT + 0.2 * legend, title, table)
    places = _places(table.index)
    for (name, values), look in zip(table.items(), looks, strict=False):
        if name in bands:
            low, high = (end.reindex(table.index).astype(float) for end in bands[name])
            axes.fill_between(places, low, high, color=look["color"], alpha=0.25, linewidth=0)
        axes.plot(places, values.astype(float), markersize=5, label=str(name), **look)
    ends = [end for pair in bands.values() for end in pair]
    axes.set_ylim(limits or _span([*(table[name] for name in table), *ends], room=1.06))
    _ticks(axes, places, table.index)
    axes.yaxis.set_major_formatter("{x:,.10g}")
    axes.tick_params(labelsize=_LETTER, length=0)
    axes.grid(axis="y", linewidth=0.6, color=LINE, alpha=0.5)
    axes.spines[["left"]].set_visible(False)
    if legend:
        figure.legend(loc="outside lower left", fontsize=_LETTER, frameon=False, borderpad=0)
    return figure


def ranges(
    low: pd.Series,
    value: pd.Series,
    high: pd.Series,
    title: str,
    limits: tuple[float, float] | None = None,
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
    limits
        The ends of the axis, so that all views of a figure have the same one; by default from 0, or
        the least number, to the greatest.

    Returns
    -------
    matplotlib.figure.Figure
        As high as the labels need.

    Examples
    --------
    >>> import pandas as pd
    >>> low, value, high = (pd.Series({"rate": number}) for number in (0.9, 1.0, 1.2))
    >>> [text.get_text() for text in ranges(low, value, high, "a rate").axes[0].texts]
    ['rate: 1 (0.9 to 1.2)']
    """
    low, high = low.reindex(value.index), high.reindex(value.index)
    rows = list(zip(value.index, low, value, high, strict=True))
    figure, axes = _rows(
        [f"{name}: {_interval(*numbers)}" for name, *numbers in rows], title, value
    )
    for place, (_, start, middle, end) in enumerate(rows):
        axes.plot([start, end], [place, place], color=PALETTE["blue"], linewidth=5, alpha=0.6)
        axes.plot([middle], [place], "o", color=PALETTE["orange"], markersize=8, clip_on=False)
    axes.set_yticks([])
    axes.set_xlim(limits or _span([low, value, high], room=1.06))
    axes.xaxis.set_major_locator(_few_ticks())
    axes.xaxis.set_major_formatter("{x:,.10g}")
    axes.tick_params(labelsize=_LETTER, length=0)
    axes.grid(axis="x", linewidth=0.6, color=LINE, alpha=0.5)
    axes.spines[["left", "bottom"]].set_visible(False)
    return figure


def flow(counts: pd.Series, title: str) -> Figure:
    """Draw how much is left from step to step, with the share of the step before.

    Parameters
    ----------
    counts
        The steps in their order, by name; a missing one was not reported.
    title
        Stands above, after the label.

    Returns
    -------
    matplotlib.figure.Figure
        One bar a step.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = flow(pd.Series({"prosecuted": 12, "convicted": 4}), "one year")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['prosecuted: 12', 'convicted: 4 (33 % of the one above)']
    """
    numbers = counts.astype(float)
    before = [math.nan, *numbers.iloc[:-1]]
    said = [_step(*pair) for pair in zip(numbers, before, strict=True)]
    names = [f"{name}: {words}" for name, words in zip(counts.index, said, strict=True)]
    figure, axes = _rows(names, title, counts)
    axes.barh(range(len(numbers)), numbers, height=0.42, color=PALETTE["blue"])
    axes.set_xlim(_span([numbers], room=1.0))
    axes.axis("off")
    return figure


def _rows(names: Sequence[str], title: str, data: pd.Series) -> tuple[Figure, Axes]:
    """Prepare rows with their names above them, since beside them no room is left on a phone."""
    wrapped = [textwrap.wrap(name, _LETTERS) for name in names]
    height = _ROW + _NEXT * (max(map(len, wrapped)) - 1)
    figure, axes = _paper(_HEAD + height * len(names) + _NEXT, title, data)
    for place, parts in enumerate(wrapped):
        text = axes.text(
            *(0, place - 0.14 / height, "\n".join(parts)),
            transform=axes.get_yaxis_transform(),
            va="bottom",
            fontsize=_LETTER,
        )
        # it may be wider than the plot, which must not shrink for it
        text.set_in_layout(False)
    axes.set_ylim(len(names) - 1 + 0.16 / height, -1 + 0.1 / height)
    return figure, axes


def _step(count: float, before: float) -> str:
    if math.isnan(count):
        return "not reported"
    share = f" ({100 * count / before:.0f} % of the one above)" if before > 0 else ""
    return _number(count) + share


def _interval(start: float, middle: float, end: float) -> str:
    import pandas as pd

    span = "" if pd.isna(start) or pd.isna(end) else f"{_number(start)} to {_number(end)}"
    if pd.isna(middle):
        return span or "not reported"
    return f"{_number(middle)} ({span})" if span else _number(middle)


def _number(value: float) -> str:
    """Write a number with commas, and at most two decimals.

    Examples
    --------
    >>> _number(1204.0), _number(0.5), _number(1.032), _number(-0.001)
    ('1,204', '0.5', '1.03', '0')
    """
    # a tiny number below zero would be printed as -0
    return f"{round(value, 2) + 0.0:,.2f}".rstrip("0").rstrip(".")


def _places(index: pd.Index) -> Sequence[float]:
    """Return where the labels stand: at their value if they are numbers, else one after another."""
    from pandas.api.types import is_numeric_dtype

    return list(index) if is_numeric_dtype(index) else list(range(len(index)))


def _ticks(axes: Axes, places: Sequence[float], index: pd.Index) -> None:
    # from the end, since readers look for the last one
    step = math.ceil(len(index) / _MOST_TICKS)
    axes.set_xticks(places[::-1][::step], [str(name) for name in index[::-1][::step]])


def _few_ticks() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4)


def _span(values: Sequence[pd.Series], room: float) -> tuple[float, float]:
    """Return an axis from 0, or the least value, to the greatest, with some room."""
    import pandas as pd

    numbers = pd.concat([one.astype(float) for one in values]).dropna()
    low, high = min(0.0, numbers.min() * room), max(0.0, numbers.max() * room)
    return (low, high) if low < high else (0.0, 1.0)


def _paper(height: float, title: str, data: pd.DataFrame | pd.Series) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    label = data.attrs.get("label", LABEL)
    figure.suptitle(f"{label}: {title}", x=0.01, ha="left", fontsize=_LETTER)
    return figure, axes


def _box(axes: Axes, place: int, line: int) -> None:
    from matplotlib.patches import Rectangle

    corner = (place + 0.06, line + 0.08)
    axes.add_patch(Rectangle(corner, 0.88, 0.84, fill=False, edgecolor=PALETTE["orange"], lw=2))


def _two_lines(text: str) -> str:
    """Break a heading at its space, if there is one, so that it fits a narrow column.

    Examples
    --------
    >>> _two_lines("legal advice"), _two_lines("male")
    ('legal\\nadvice', 'male')
    """
    return text.replace(" ", "\n", 1)
