"""Draw how marks are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fourps.report.disclosure import Bar

_WIDTH, _HEIGHT = 400, 150
_LEFT, _TOP, _FLOOR = 16, 10, 120
_TICK = 25


def draw(bars: Sequence[Bar], label: str, criterion: float) -> str:
    """Draw a histogram of marks in per cent, as SVG that takes its colours from the page.

    The area of a bar, and not its height, shows how many people it holds: bars are of different
    widths.

    Parameters
    ----------
    bars
        From `fourps.report.disclosure.bars`; at least one.
    label
        What the drawing shows, for those who do not see it.
    criterion
        Where a line is drawn, in per cent.

    Examples
    --------
    >>> from fourps.report.disclosure import Bar
    >>> draw([Bar(0, 50, 5), Bar(50, 100, 10)], "marks", 70).count("<rect")
    2
    """
    low, high = min(0.0, bars[0].low), max(100.0, bars[-1].high)
    across = (_WIDTH - 2 * _LEFT) / (high - low)
    tallest = max(_density(bar) for bar in bars)
    svg = ET.Element("svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img", "class": "bars"})
    svg.set("aria-label", label)
    for bar in bars:
        height = (_FLOOR - _TOP) * _density(bar) / tallest
        box = {
            "class": "node",
            "x": f"{_LEFT + (bar.low - low) * across + 0.5:.1f}",
            "y": f"{_FLOOR - height:.1f}",
            "width": f"{max(1.0, (bar.high - bar.low) * across - 1):.1f}",
            "height": f"{height:.1f}",
        }
        ET.SubElement(svg, "rect", box)
    _line(svg, _LEFT, _FLOOR, _WIDTH - _LEFT, _FLOOR)
    at = _LEFT + (criterion - low) * across
    _line(svg, at, _TOP - 6, at, _FLOOR).set("stroke-dasharray", "4 3")
    for tick in range(0, int(high) + 1, _TICK):
        place = {"x": f"{_LEFT + (tick - low) * across:.1f}", "y": str(_FLOOR + 18)}
        ET.SubElement(svg, "text", {**place, "text-anchor": "middle"}).text = str(tick)
    return ET.tostring(svg, encoding="unicode")


def _density(bar: Bar) -> float:
    # all marks alike make a bar without a width
    return bar.people / max(bar.high - bar.low, 1.0)


def _line(svg: ET.Element, x0: float, y0: float, x1: float, y1: float) -> ET.Element:
    ends = {"x1": x0, "y1": y0, "x2": x1, "y2": y1}
    return ET.SubElement(svg, "line", {name: f"{value:.1f}" for name, value in ends.items()})
