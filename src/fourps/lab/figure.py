"""An explorable figure: a plot, its controls, and a drawing for every choice."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING, Any

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.lab.frames import Figure, controls, places, spec
from fourps.lab.style import size
from fourps.lab.table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from fourps.lab.frames import Guess
    from fourps.lab.widget import FigureWidget

MOST_BYTES = 60_000  # gzipped


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
        views = [{"svg": frame.svg, "alt": frame.alt} for frame in frames]
        if len({frame.scale for frame in frames}) > 1:
            views = [
                view | {"scale": frame.scale} for view, frame in zip(views, frames, strict=True)
            ]
        self.spec = spec(figure) | {"frames": views}
        sizes = [size(frame.svg) for frame in frames if frame.svg.startswith("<svg")]
        if sizes:
            # the highest: the others then stand in the same room
            highest = max(sizes, key=lambda box: box[1] / box[0])
            self.spec["size"] = list(highest)
        weight = len(gzip.compress(json.dumps(self.spec, ensure_ascii=False).encode()))
        if weight > MOST_BYTES:
            raise ValueError(
                f"The figure '{figure.caption}' is {weight / 1000:.0f} KB gzipped for its "
                f"{len(frames)} views; a page carries at most {MOST_BYTES / 1000:.0f} KB. Draw "
                "fewer marks, or give a control fewer values."
            )

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        return {COURSE_MIME: {"kind": "figure", "spec": self.spec}, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<figure: {self.spec['caption']}>"


def explore(
    plot: Callable[..., Any],
    *,
    data: pd.DataFrame,
    caption: str,
    labels: Mapping[str, str] | None = None,
    first: Mapping[str, Any] | None = None,
    guess: Guess | None = None,
    **choices: Iterable[Any],
) -> FigureWidget | StaticFigure:
    """Show a figure that readers can change; it must be the last line of a cell.

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
    **choices
        The values of each control. Numbers become a slider, anything else a list.

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
    chosen = controls(choices, labels or {})
    label = data.attrs.get("label", "")
    figure = Figure(plot, chosen, caption, behind, label, places(chosen, first or {}), guess)
    if os.environ.get(STATIC):
        return StaticFigure(figure)
    from fourps.lab.widget import FigureWidget

    return FigureWidget(figure)
