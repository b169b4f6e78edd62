"""An explorable figure: a plot, its controls, and a drawing for every choice."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.data.synthetic import LABEL
from fourps.lab.controls import Control, combinations, controls, places
from fourps.lab.grid import Grid
from fourps.lab.number import number
from fourps.lab.style import settings
from fourps.lab.svg import size, slim_svg
from fourps.lab.table import Table, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd
    from matplotlib.figure import Figure as Drawing

    from fourps.lab.guess import Guess
    from fourps.lab.widget import FigureWidget

MOST_FRAMES = 60
MOST_BYTES = 60_000  # gzipped


@dataclass(frozen=True)
class Frame:
    """What one choice shows: a drawing, or a table in XHTML, and the same in words.

    The scale says from where to where each axis of numbers runs.
    """

    svg: str
    alt: str
    scale: str = ""


@dataclass
class Figure:
    """A figure before anything of it is drawn; `explore` makes one.

    Parameters
    ----------
    plot
        Takes one value of each control and returns a Matplotlib figure and its alt text.
    controls
        What can be chosen.
    caption
        A short title.
    table
        The numbers behind the figure.
    label
        What the data are: SYNTHETIC, for example.
    first
        The places of the choice that is shown first.
    guess
        What readers are asked before they see it.
    dense
        See `fourps.lab.svg.slim_svg`.
    """

    plot: Callable[..., Any]
    controls: list[Control]
    caption: str
    table: Table
    label: str = ""
    first: tuple[int, ...] = ()
    guess: Guess | None = None
    dense: bool | None = None
    _drawn: dict[tuple[int, ...], Frame] = field(default_factory=dict, repr=False)

    @cached_property
    def prefix(self) -> str:
        """What every id in this figure's drawings begins with."""
        names = [self.caption, *(control.name for control in self.controls)]
        return f"fp{hashlib.sha256(json.dumps(names).encode()).hexdigest()[:6]}-"

    def values(self, choice: Iterable[int]) -> dict[str, Any]:
        """Return the value of each control for a choice of places."""
        return {
            control.name: control.options[place]
            for control, place in zip(self.controls, choice, strict=True)
        }

    def frame(self, choice: Iterable[int]) -> Frame:
        """Draw one choice, or return what was drawn of it before.

        Raises
        ------
        TypeError
            If the plot returns anything but a Matplotlib figure and a text.
        """
        key = tuple(choice)
        if key not in self._drawn:
            self._drawn[key] = self._draw(self.values(key))
        return self._drawn[key]

    def _draw(self, values: dict[str, Any]) -> Frame:
        from matplotlib import figure as drawing
        from matplotlib import pyplot as plt

        with plt.rc_context(settings()):
            result = self.plot(**values)
            match result:
                case (drawing.Figure() as drawn, str(alt)) if alt.strip():
                    svg = slim_svg(drawn, self.prefix, dense=self.dense)
                    # an open one would be shown again under the cell
                    plt.close(drawn)
                    return Frame(svg, " ".join(alt.split()), _scale(drawn))
                case (Grid() as table, str(alt)) if alt.strip():
                    return Frame(table.html(), " ".join(alt.split()))
        raise TypeError(
            f"The plot of the figure '{self.caption}' returned {_kind(result)} for {_say(values)}: "
            "expected a Matplotlib figure and its alt text, as in `return figure, alt`."
        )

    @property
    def said(self) -> str:
        """The label, if the drawing shows it itself; a caption need not say it again."""
        shown = self.frame(self.first).svg
        return next((one for one in (self.label, LABEL) if one and one in shown), "")

    def frames(self) -> list[Frame]:
        """Draw every choice, as a page without a kernel needs it.

        Returns
        -------
        list of Frame
            In the order of `fourps.lab.controls.combinations`.

        Raises
        ------
        ValueError
            If there are more than 60, or two that differ and read the same.
        """
        count = math.prod(len(control.options) for control in self.controls)
        if count > MOST_FRAMES:
            product = " x ".join(f"{len(one.options)} {one.name}" for one in self.controls)
            raise ValueError(
                f"The figure '{self.caption}' has {count} views ({product}); a page carries at "
                f"most {MOST_FRAMES}. Give a control fewer values, or make two figures of it."
            )
        seen: dict[str, tuple[str, str]] = {}
        for choice in combinations(self.controls):
            frame, here = self.frame(choice), _say(self.values(choice))
            svg, there = seen.setdefault(frame.alt, (frame.svg, here))
            if svg != frame.svg:
                raise ValueError(
                    f"The figure '{self.caption}' looks different for {here} and for {there}, and "
                    f"its alt text is the same: {frame.alt!r}. Say in it what is shown."
                )
        return [self.frame(choice) for choice in combinations(self.controls)]


def _scale(drawn: Drawing) -> str:
    """Say from where to where the scales of numbers run; names and years are none.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> axes = figure.subplots()
    >>> _ = axes.set(xticks=[1, 2], ylim=(0, 1200))
    >>> _scale(figure)
    '0 to 1,200'
    """
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedLocator, NullLocator

    named = (FixedLocator, NullLocator, StrCategoryLocator)
    found = [
        limits
        for axes in drawn.axes
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim()))
        if not isinstance(axis.get_major_locator(), named)
    ]
    return ", ".join(f"{number(low)} to {number(high)}" for low, high in found)


def _say(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _kind(result: Any) -> str:
    if isinstance(result, tuple):
        return f"({', '.join(map(_kind, result))})"
    return repr(result) if isinstance(result, str) else type(result).__name__


def spec(figure: Figure) -> dict[str, Any]:
    """Return a figure as ``Figure`` in ``front/explore.js`` describes it, with no drawing in it."""
    label = figure.label or figure.said
    missing = f" ({label})" if label and label not in figure.caption else ""
    result: dict[str, Any] = {
        "caption": figure.caption if figure.said else figure.caption + missing,
        "controls": [
            {"name": one.name, "kind": one.kind, "label": one.label, "options": one.shown}
            for one in figure.controls
        ],
        "first": list(figure.first),
        "table": {
            "caption": figure.caption + missing,
            "columns": figure.table.columns,
            "rows": figure.table.rows,
        },
    }
    return result | ({"guess": asdict(figure.guess)} if figure.guess else {})


class StaticFigure:
    """A figure in a page that has no kernel: every frame is drawn.

    Parameters
    ----------
    figure
        What to draw.

    Attributes
    ----------
    spec
        All that the page needs, as plain JSON values.

    Raises
    ------
    ValueError
        If there are more than 60 frames, or all of it is over 60 KB gzipped.
    """

    def __init__(self, figure: Figure) -> None:
        frames = figure.frames()
        self.spec = spec(figure) | {"frames": [_data(frame, frames) for frame in frames]}
        sizes = [size(frame.svg) for frame in frames if frame.svg.startswith("<svg")]
        if sizes:
            # the highest: the others then stand in the same room
            highest = max(sizes, key=lambda one: one[1] / one[0])
            self.spec["size"] = list(highest)
        weight = len(gzip.compress(json.dumps(self.spec, ensure_ascii=False).encode()))
        if weight > MOST_BYTES:
            raise ValueError(
                f"The figure '{figure.caption}' is {weight / 1000:.0f} KB gzipped for its "
                f"{len(frames)} views; a page carries at most {MOST_BYTES / 1000:.0f} KB. Draw "
                "fewer marks, give a control fewer values, or say dense=True."
            )

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        return {COURSE_MIME: {"kind": "figure", "spec": self.spec}, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<figure: {self.spec['caption']}>"


def _data(frame: Frame, frames: list[Frame]) -> dict[str, str]:
    """Return a frame for the page, with its scale if not all have the same."""
    several = {"scale": frame.scale} if len({one.scale for one in frames}) > 1 else {}
    return {"svg": frame.svg, "alt": frame.alt, **several}


def explore(
    plot: Callable[..., Any],
    *,
    data: pd.DataFrame,
    caption: str,
    labels: Mapping[str, str] | None = None,
    first: Mapping[str, Any] | None = None,
    guess: Guess | None = None,
    dense: bool | None = None,
    language: str = "en",
    **choices: Iterable[Any],
) -> FigureWidget | StaticFigure:
    """Show a figure that readers can change.

    With a kernel, a choice is drawn when it is made. While the book is built, all of them are
    drawn and the page carries them.

    Parameters
    ----------
    plot
        Called with one value of each control; returns a Matplotlib figure or a
        `fourps.lab.draw.grid`, and a text that says what it shows for this choice. Listeners hear
        the text in place of a drawing.
    data
        The numbers behind the figure; readers see them as a table.
    caption
        A short title. The label of `data`, such as SYNTHETIC in ``data.attrs["label"]``, is put
        behind it, unless the drawing shows it.
    labels
        What readers see as the name of a control; by default its keyword.
    first
        The values that are shown first: those that show the point. By default each control's first.
    guess
        What readers are asked before they see it.
    dense
        True draws the marks as a small picture, False never does; by default whatever weighs less.
    language
        The language of the figure's own words.
    **choices
        The values of each control. Numbers become a slider, anything else a list.

    Returns
    -------
    FigureWidget or StaticFigure
        To be the last line of a cell.

    Raises
    ------
    ValueError
        If a control has fewer than two values or `first` names none of them, and while the book is
        built if there are more than 60 combinations or the figure is over 60 KB gzipped.
    TypeError
        If the plot returns anything but a figure and a text, `data` is no data frame, or a control
        no list.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib import pyplot as plt
    >>> people = pd.DataFrame({"region": ["North", "South"], "people": [12, 7]})
    >>> def plot(region):
    ...     figure, axes = plt.subplots()
    ...     count = people.set_index("region").people[region]
    ...     axes.barh([region], [count])
    ...     return figure, f"{region}: {count} people."
    >>> figure = explore(plot, data=people, caption="People", region=["North", "South"])
    >>> figure.value
    {'region': 'North'}
    """
    if not caption.strip():
        raise ValueError("caption is empty: give the figure a short title.")
    behind = table(data)
    found = controls(choices, labels or {})
    label = data.attrs.get("label", "")
    figure = Figure(plot, found, caption, behind, label, places(found, first or {}), guess, dense)
    if os.environ.get(STATIC):
        return StaticFigure(figure)
    from fourps.lab.widget import FigureWidget

    return FigureWidget(figure, language)
