"""Colours that everybody can tell apart, the look of a plot, and a plot as little SVG.

A plot names a colour of `PALETTE`; the page draws it as a CSS variable, which has a light value
and a dark one (``front/fourps.css``).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from fourps.lab.sentence import short

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# Each reaches 3:1 on the page's white and on its dark too. No two are alike to people who see red
# and green as one.
PALETTE = {
    "blue": "#1a8fcc",
    "orange": "#b85d21",
    "green": "#12965f",
    "pink": "#dc1fa6",
    "grey": "#6e7176",
}
LINE = "#6b7280"  # grid lines
# On a page that is 360 pixels wide a figure has 328: so letters are never below 12 there.
WIDTH = 4.5  # of a drawing, in inches of 72 points
LETTER = 12.5  # in points


def css_colours() -> dict[str, str]:
    """Return what each colour of a plot becomes in a page.

    Examples
    --------
    >>> css_colours()["#000000"], css_colours()[PALETTE["blue"]]
    ('currentColor', 'var(--fp-blue)')
    """
    return {
        "#000000": "currentColor",
        "#ffffff": "var(--color-background-primary, #fff)",
        LINE: "var(--fp-line)",
        **{colour: f"var(--fp-{name})" for name, colour in PALETTE.items()},
    }


def settings() -> Any:
    """Return Matplotlib's settings for a plot: room for a phone, and no lines without a use."""
    from cycler import cycler

    black = dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), "black"
    )
    return black | {
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=list(PALETTE.values())),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.constrained_layout.use": True,
        "axes.titlesize": "medium",
        "figure.figsize": (WIDTH, 3),
        "figure.titlesize": "medium",
        "font.size": LETTER,
        "grid.color": LINE,
        "legend.frameon": False,
        "lines.linewidth": 2,
        "svg.fonttype": "none",
        # without it every drawing has other ids
        "svg.hashsalt": "fourps",
    }


_ELEMENTS = {*("svg", "g", "path", "text", "tspan", "use", "defs", "clipPath", "pattern", "rect")}
# what a page decides, and what is so anyway
_DROPPED = {"font-family", "version"}
_DEFAULTS = {"text-anchor": "start", "stroke-linecap": "butt", "stroke-width": "1"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?|-0\b")
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+|(?<=^#).+")
_UNTURNED = re.compile(r"rotate\(-?0(?: [^)]*)?\)")


def slim_svg(figure: Figure, prefix: str = "fp") -> str:
    """Draw a figure as slim SVG.

    The ``svg`` element has a ``viewBox`` and no width, height, style sheet or metadata. The same
    figure gives the same text.

    Parameters
    ----------
    figure
        What to draw.
    prefix
        Begins every id in the SVG; figures on one page need different ones.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.add_subplot().bar(["a", "b"], [1, 2], color="black")
    >>> "DejaVu" in slim_svg(figure), "currentColor" in slim_svg(figure)
    (False, True)
    """
    stream = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(stream, format="svg", metadata=nothing, transparent=True)
    root = ET.fromstring(stream.getvalue())  # noqa: S314 (Matplotlib wrote it just now)
    used = Counter(
        reference[0]
        for element in root.iter()
        for value in element.attrib.values()
        for reference in _REFERENCE.finditer(value)
    )
    slimmer = _Slimmer(prefix, used)
    (result,) = slimmer.element(root)
    for name in ("width", "height"):
        result.attrib.pop(name, None)
    # Matplotlib says this in a style sheet, which would style the whole page
    result.attrib |= {
        "xmlns": "http://www.w3.org/2000/svg",
        "fill": "currentColor",
        "stroke-linejoin": "round",
    }
    return ET.tostring(result, encoding="unicode")


def size(svg: str) -> tuple[float, float]:
    """Return the width and height of an SVG from its ``viewBox``.

    Examples
    --------
    >>> size('<svg viewBox="0 0 360 230.4"></svg>')
    (360.0, 230.4)
    """
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if not box:
        raise ValueError("This SVG has no viewBox that begins at 0 0.")
    return float(box[1]), float(box[2])


class _Slimmer:
    """Copies elements, and leaves out what nobody sees."""

    def __init__(self, prefix: str, used: Counter[str]) -> None:
        self.names = {old: f"{prefix}{number}" for number, old in enumerate(used)}
        self.colours = css_colours()

    def element(self, old: ET.Element) -> list[ET.Element]:
        tag = _local(old.tag)
        if tag not in _ELEMENTS:
            return []
        new = ET.Element(tag, self.attributes(old))
        for child in old:
            new.extend(self.element(child))
        if tag in {"text", "tspan"}:
            new.text = old.text if old.text and "\n" not in old.text else None
        if tag in {"g", "defs"} and not len(new):
            return []
        if tag == "g" and not new.attrib:
            return list(new)
        if tag == "path" and new.get("fill") == "none" and "stroke" not in new.attrib:
            return []
        return [new]

    def attributes(self, old: ET.Element) -> dict[str, str]:
        pairs = [(_local(name), value) for name, value in old.attrib.items() if name != "style"]
        for declaration in old.get("style", "").split(";"):
            name, colon, value = declaration.partition(":")
            if colon:
                pairs.append((name.strip(), value.strip()))
        result = {}
        for name, value in pairs:
            if name in _DROPPED or (name == "id" and value not in self.names):
                continue
            text = self.value(name, value)
            if text and text != _DEFAULTS.get(name):
                result[name] = text
        return result

    def value(self, name: str, value: str) -> str:
        if name == "id":
            return self.names[value]
        if name in {"fill", "stroke"} and value in self.colours:
            return self.colours[value]
        if name == "font-size":
            value = value.removesuffix("px")
        value = _REFERENCE.sub(lambda match: self.names[match[0]], value)
        if "#" in value:
            return value
        if name == "transform":
            value = _UNTURNED.sub("", value)
        return " ".join(_NUMBER.sub(lambda match: short(float(match[0])), value).split())


def _local(name: str) -> str:
    return name.rpartition("}")[2]
