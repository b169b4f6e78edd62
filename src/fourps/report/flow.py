"""Draw ways as a flow: from top to bottom, each band as wide as the people who took it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from fourps.report.ways import ENDING, OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.report.ways import Edge

WIDTH = 720
_ROW = 68
_LABEL = 24
_BAR = 8
_MARGIN = 8
_LETTER = 7.2
_GAP = 12
_LONGEST = 30
# endings beside each other, and sweeps that pull bands straight
_BESIDE = 3
_SWEEPS = 4
# what a whole group may take of the width
_SHARE = 0.45


class _Place(NamedTuple):
    """A node's bar: its middle, its upper edge, its width."""

    x: float
    y: float
    width: float


def layers(start: str, edges: Sequence[Edge]) -> list[list[str]]:
    """Put nodes into rows, so that bands lead down wherever the ways allow.

    A node stands below all that lead to it; a step that would close a loop leads up. Endings stand
    last, three in a row.

    Parameters
    ----------
    start
        Where every way begins.
    edges
        The steps.

    Examples
    --------
    >>> from fourps.report.ways import Edge
    >>> steps = [Edge("a", "b", 9), Edge("b", "c", 9), Edge("a", "c", 9), Edge("c", "a", 9)]
    >>> layers("a", steps)
    [['a'], ['b'], ['c']]
    """
    targets: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        targets[edge.source].append(_target(edge))
    order: list[str] = []
    _visit(start, targets, order, set())
    depth = dict.fromkeys(order, 0)
    place = {name: number for number, name in enumerate(reversed(order))}
    for name in reversed(order):
        for target in targets[name]:
            if place[target] > place[name]:
                depth[target] = max(depth[target], depth[name] + 1)
    rows: dict[int, list[str]] = defaultdict(list)
    for name in place:
        if not name.startswith(ENDING):
            rows[depth[name]].append(name)
    ends = [name for name in place if name.startswith(ENDING)]
    return [
        *(rows[number] for number in sorted(rows)),
        *(ends[at : at + _BESIDE] for at in range(0, len(ends), _BESIDE)),
    ]


def _visit(
    name: str, targets: Mapping[str, Sequence[str]], order: list[str], seen: set[str]
) -> None:
    """Append a node after all that it leads to."""
    seen.add(name)
    for target in targets.get(name, ()):
        if target not in seen:
            _visit(target, targets, order, seen)
    order.append(name)


def _target(edge: Edge) -> str:
    """Return the node that a step leads to; joined small steps end beside where they began."""
    return f"{edge.source}{OTHER}" if edge.target == OTHER else edge.target


def draw(
    start: str, edges: Sequence[Edge], names: Mapping[str, str], other: str, label: str
) -> str:
    """Draw ways as SVG that takes its colours from the page; nothing where there is no step.

    Parameters
    ----------
    start
        Where every way begins.
    edges
        The steps that may be drawn, with rounded counts.
    names
        What nodes and endings are called.
    other
        What joined small steps are called.
    label
        What the drawing shows, for those who do not see it.
    """
    reached = [edge for edge in edges if edge.people]
    rows = [row for row in layers(start, reached) if row]
    kept = {name for row in rows for name in row}
    steps = [edge for edge in reached if edge.source in kept]
    if not steps:
        return ""
    through = _through(steps)
    widest = max(sum(through[name] for name in row) for row in rows)
    scale = min(_SHARE * WIDTH / max(through.values()), (WIDTH - 4 * _MARGIN) / widest)
    texts = {name: _short(names.get(name, other)) for name in kept}
    bars = {name: through[name] * scale for name in kept}
    places = _places(rows, steps, bars, texts)
    height = (len(rows) - 1) * _ROW + _LABEL + _BAR + _MARGIN
    svg = ET.Element("svg", {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "class": "flow"})
    svg.set("aria-label", label)
    _bands(svg, steps, places, scale)
    for name, place in places.items():
        _bar(svg, place, texts[name], "other" if name.endswith(OTHER) else "node")
    return ET.tostring(svg, encoding="unicode")


def _through(steps: Sequence[Edge]) -> dict[str, int]:
    """Return how many people pass each node, as far as steps are drawn."""
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    for edge in steps:
        out[edge.source] += edge.people
        into[_target(edge)] += edge.people
    return {name: max(into[name], out[name]) for name in {*into, *out}}


def _places(
    rows: Sequence[Sequence[str]],
    steps: Sequence[Edge],
    widths: Mapping[str, float],
    texts: Mapping[str, str],
) -> dict[str, _Place]:
    """Put each row's bars beside each other, near what leads to them and what they lead to."""
    labels = {name: len(text) * _LETTER + _GAP for name, text in texts.items()}
    around: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for edge in steps:
        around[edge.source].append((_target(edge), edge.people))
        around[_target(edge)].append((edge.source, edge.people))
    middles = dict.fromkeys(widths, WIDTH / 2)
    for _ in range(_SWEEPS):
        for row in rows:
            pull = {name: _mean(around[name], middles) for name in row}
            ordered = sorted(row, key=lambda one: pull[one])
            middles |= _spread(ordered, pull, widths, labels)
    return {
        name: _Place(middles[name], _LABEL + number * _ROW, widths[name])
        for number, row in enumerate(rows)
        for name in row
    }


def _mean(others: Sequence[tuple[str, int]], middles: Mapping[str, float]) -> float:
    whole = sum(people for _, people in others)
    return sum(middles[name] * people for name, people in others) / whole if whole else WIDTH / 2


def _spread(
    row: Sequence[str],
    pull: Mapping[str, float],
    widths: Mapping[str, float],
    labels: Mapping[str, float],
) -> dict[str, float]:
    """Return the middles of a row's bars: as they are pulled, and without touching.

    Labels are kept apart too, as far as there is room.
    """
    more = {name: max(0.0, labels[name] - widths[name]) for name in row}
    spare = WIDTH - 2 * _MARGIN - sum(widths[name] for name in row)
    part = min(1.0, spare / sum(more.values())) if any(more.values()) else 0.0
    wide = {name: widths[name] + part * more[name] for name in row}
    middles: dict[str, float] = {}
    left: float = _MARGIN
    for name in row:
        middles[name] = max(left + wide[name] / 2, pull[name])
        left = middles[name] + wide[name] / 2
    right: float = WIDTH - _MARGIN
    for name in reversed(row):
        middles[name] = min(middles[name], right - wide[name] / 2)
        right = middles[name] - wide[name] / 2
    return middles


def _bands(
    svg: ET.Element, steps: Sequence[Edge], places: Mapping[str, _Place], scale: float
) -> None:
    """Draw the steps, beside each other where they leave and where they arrive."""
    leaving = {name: place.x - place.width / 2 for name, place in places.items()}
    arriving = dict(leaving)
    tops: dict[Edge, float] = {}
    for edge in sorted(steps, key=lambda one: places[_target(one)].x):
        tops[edge] = leaving[edge.source]
        leaving[edge.source] += edge.people * scale
    for edge in sorted(steps, key=lambda one: places[one.source].x):
        target, wide = _target(edge), edge.people * scale
        x0, x1 = tops[edge], arriving[target]
        arriving[target] += wide
        y0, y1 = places[edge.source].y + _BAR, places[target].y
        down, up = y0 + (y1 - y0) / 2, y1 - (y1 - y0) / 2
        left = f"M{x0:.1f} {y0:.1f}C{x0:.1f} {down:.1f} {x1:.1f} {up:.1f} {x1:.1f} {y1:.1f}"
        x0, x1 = x0 + wide, x1 + wide
        right = f"C{x1:.1f} {up:.1f} {x0:.1f} {down:.1f} {x0:.1f} {y0:.1f}z"
        ET.SubElement(svg, "path", {"class": "band", "d": f"{left}h{wide:.1f}{right}"})


def _bar(svg: ET.Element, place: _Place, text: str, kind: str) -> None:
    box = {
        "class": kind,
        "x": f"{place.x - place.width / 2:.1f}",
        "y": f"{place.y:.1f}",
        "width": f"{place.width:.1f}",
        "height": str(_BAR),
    }
    ET.SubElement(svg, "rect", box)
    at = {"x": f"{place.x:.1f}", "y": f"{place.y - 6:.1f}", "text-anchor": "middle"}
    ET.SubElement(svg, "text", at).text = text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
