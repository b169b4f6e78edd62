"""The map of Selvarra with a number at each of its sites.

The outlines are those of the map that the course's pages show, ``book/drawings/map.svg``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fourps.course.files import content_root
from fourps.data import sites
from fourps.lab.draw import paper, scale_title
from fourps.lab.sentence import listed, number
from fourps.lab.style import LETTER, LINE, PALETTE, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline


# what is seen of the drawing, and where a region's name leaves room for its sites
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 334, 62, 316
_NAMES = {
    "Oriveth": (168, 128),
    "Merrivane": (184, 186),
    "Arrimel": (223, 246),
    "Varrouen": (96, 194),
    "Jelisse": (297, 232),
}
_LAND = ("m-oriveth", "m-varrouen", "m-merrivane", "m-arrimel", "m-jelisse")
_DOT = 20  # points: a number of two digits fits in
_SPOT = 6
_COARSE = 3  # one of so many points is enough for a map as small as this


def on_map(
    values: pd.Series, title: str, *, axis: str, notes: Mapping[str, str] | None = None
) -> Figure:
    """Draw the country with a number at each site.

    Parameters
    ----------
    values
        A number for each site, by name. Zero is a small dot; a missing one is a question mark.
    title
        Stands above, after the label.
    axis
        What the numbers count.
    notes
        What stands behind the name of a region.

    Examples
    --------
    >>> import pandas as pd
    >>> figure = on_map(pd.Series({"Ferry Road": 3, "Reed Field": None}), "", axis="blanks")
    >>> [text.get_text() for text in figure.axes[0].texts][-2:]
    ['3', '?']
    """
    height = WIDTH * (_BOTTOM - _TOP) / (_RIGHT - _LEFT) + LETTER / 30
    figure, axes = paper(height, title, values, axis)
    _land(axes)
    for name, (x, y) in _NAMES.items():
        parts = [name, notes[name]] if notes and name in notes else [name]
        axes.text(x, y, listed(parts, " "), ha="center", va="center", fontsize=LETTER)
    for site, value in values.items():
        _site(axes, *sites.PLACES[str(site)], float(value))
    axes.set(xlim=(_LEFT, _RIGHT), ylim=(_BOTTOM, _TOP), aspect="equal", xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel(scale_title(axis), fontsize=LETTER, loc="left")
    return figure


def _site(axes: Axes, x: float, y: float, value: float) -> None:
    if value == 0:
        axes.plot(x, y, "o", color="black", markersize=_SPOT)
        return
    known = value > 0
    orange = PALETTE["orange"]
    fill = orange if known else "white"
    axes.plot(x, y, "o", color=fill, markeredgecolor=orange, markeredgewidth=2, markersize=_DOT)
    text, colour = (number(value), "white") if known else ("?", "black")
    axes.text(x, y, text, ha="center", va="center_baseline", fontsize=LETTER, color=colour)


def _land(axes: Axes) -> None:
    from matplotlib.patches import PathPatch

    for name, outline in _outlines().items():
        river = name == "m-river"
        look = {"edgecolor": PALETTE["blue"] if river else LINE, "linewidth": 2 if river else 1}
        axes.add_patch(PathPatch(outline, facecolor="none", alpha=0.6, **look))


@cache
def _outlines() -> dict[str, Outline]:
    """Read the regions and the river from the map."""
    drawing = ET.parse(content_root() / "book" / "drawings" / "map.svg")  # noqa: S314 - our own
    paths = {path.get("class", ""): path.get("d", "") for path in drawing.findall(".//{*}path")}
    return {name: _outline(paths[name]) for name in (*_LAND, "m-river")}


def _outline(path: str) -> Outline:
    """Read the path of an SVG.

    Examples
    --------
    >>> _outline("M0 0l1 0 1 0 1 0 1 0 1 0").vertices.tolist()
    [[0.0, 0.0], [3.0, 0.0], [5.0, 0.0]]
    """
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path
    from matplotlib.path import Path as Outline

    pen = RecordingPen()
    parse_path(path, pen)
    codes = {"moveTo": Outline.MOVETO, "lineTo": Outline.LINETO, "curveTo": Outline.CURVE4}
    strokes = [
        (step, points)
        for place, (step, points) in enumerate(pen.value)
        if step != "lineTo" or place % _COARSE == 0 or pen.value[place + 1][0] != "lineTo"
    ]
    steps = [(codes[step], point) for step, points in strokes if step in codes for point in points]
    return Outline([point for _, point in steps], [code for code, _ in steps])
