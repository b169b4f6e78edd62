"""The two drawings of the lab on privacy: a table of counts, and bars. Both say SYNTHETIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.lab.style import PALETTE
from fourps.lab.synthetic import LABEL

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Narrow, since a page enlarges it to its own width: so letters stay readable on a phone.
_WIDTH = 4.6
_LINE = 0.46  # of a table, in inches; a bar takes half
_HEAD = 0.4
_LETTER = 10


def grid(texts: pd.DataFrame, boxed: pd.DataFrame, title: str) -> Figure:
    """Draw a small table, with a box around some of its cells.

    Parameters
    ----------
    texts
        What stands in each cell; a line break makes two lines.
    boxed
        True where a cell gets a box; the shape of `texts`.
    title
        Stands above, after the word SYNTHETIC.

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
    figure, axes = _paper(_HEAD + _LINE * (rows + 1), title)
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
        Stands above, after the word SYNTHETIC.
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
    figure, axes = _paper(_HEAD + _LINE / 2 * (len(values) + 2), title)
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


def _paper(height: float, title: str) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height))
    axes = figure.subplots()
    figure.suptitle(f"{LABEL}: {title}", x=0.01, ha="left", fontsize=_LETTER)
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
