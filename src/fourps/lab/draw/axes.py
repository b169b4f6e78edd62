"""The paper of a drawing, and its scales of numbers."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fourps.lab.sentence import number, reader, word
from fourps.lab.style import LETTER, LINE, WIDTH
from fourps.lab.table import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

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
