"""What a drawing costs whoever sees it, reckoned before a browser draws it.

A unit is about what a browser needs for one more circle: some 30 millionths of a second. The
weights were measured in Chromium, with shapes that fill the screen.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fourps.grading.inert.pictures import pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
_GRADIENT, _LAYER, _CLIP = 100, 20, 2
# letters, dashes and pixels that cost one unit
_LETTERS, _DASHES, _PIXELS = 200, 50, 4_000
# with more of them no browser draws any
_MOST_DASHES = 1_000_000
# how much longer a line may be than the numbers that describe it: a circle, and anything else
_ROUND, _LONGER = 7, 2
# of a length that is a share of what is not known here
_SHARE = 10_000
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?(%)?")
_WITHIN = re.compile(r"url\(\s*[\"']?#([\w.-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_LENGTHS = {
    **dict.fromkeys(("d", "points", "x1", "x2", "y1", "y2", "width", "height"), _LONGER),
    **dict.fromkeys(("r", "rx", "ry"), _ROUND),
}

Parts = dict[str, list["ET.Element"]]
"""By id: the parts of drawings on a page. Of several with one id a browser takes the first."""


@dataclass(frozen=True)
class _Given:
    """What a part has from those around it."""

    period: float = math.inf
    """Of its dashes."""
    paint: bool = False
    """Whether it is painted with a gradient."""


def cost(root: ET.Element, others: Parts) -> float:
    """Return what a drawing costs, in units; without end where a copied part copies others.

    Parameters
    ----------
    root
        The drawing.
    others
        The parts of those that stand before it on the page. Its own are added.

    Examples
    --------
    >>> from xml.etree import ElementTree as ET
    >>> head = '<svg xmlns="http://www.w3.org/2000/svg"><path id="a" d="M0 0H9"/>'
    >>> both = [f"{head}</svg>", head + 9 * '<use href="#a"/>' + "</svg>"]
    >>> [round(cost(ET.fromstring(one), {})) for one in both]
    [2, 20]
    """
    own: Parts = {}
    for one in root.iter():
        if name := one.get("id"):
            own.setdefault(name, [one])
    for name, [one] in own.items():
        others.setdefault(name, []).append(one)
    return _Cost(root, {name: others[name] for name in own}).of(root, _Given())


def targets(element: ET.Element) -> Iterator[str]:
    """Yield the ids that an element and what is in it copy."""
    for one in element.iter(f"{SVG}use"):
        yield _address(one).removeprefix("#")


class _Cost:
    def __init__(self, root: ET.Element, named: Parts) -> None:
        self._named = named
        rules = " ".join(one.text or "" for one in root.iter(f"{SVG}style"))
        # a rule may be for any part, and so for all
        self._rules = _declared(rules)
        self._known: dict[tuple[int, _Given], float] = {}

    def of(self, element: ET.Element, given: _Given) -> float:
        key = (id(element), given)
        if key not in self._known:
            # one that comes round to itself is drawn once
            self._known[key] = 0
            self._known[key] = self._of(element, given)
        return self._known[key]

    def _of(self, element: ET.Element, given: _Given) -> float:
        said = self._rules | {name.lower(): text for name, text in element.attrib.items()}
        said |= _declared(element.get("style", ""))
        given = _handed_on(said, given)
        total = 1 + sum(map(len, element.attrib.values())) / _LETTERS
        total += _GRADIENT * given.paint + _LAYER * _is_layer(said) + self._clip(said)
        total += _dashes(element, given.period) / _DASHES
        if element.tag == f"{SVG}use":
            total += max(
                (self._copy(one, given) for one in self._called(_address(element))), default=0
            )
        elif element.tag == f"{SVG}image":
            total += pixels(_address(element)) / _PIXELS
        return total + sum(self.of(child, given) for child in element)

    def _called(self, address: str) -> list[ET.Element]:
        return self._named.get(address.removeprefix("#"), [])

    def _copy(self, element: ET.Element, given: _Given) -> float:
        return math.inf if any(True for _ in targets(element)) else self.of(element, given)

    def _clip(self, said: Mapping[str, str]) -> float:
        found = _WITHIN.search(said.get("clip-path", ""))
        if not found:
            return 0
        # one of another drawing may come to be there later
        shapes = self._named.get(found[1], [])
        return max((_CLIP + self.of(one, _Given()) for one in shapes), default=math.inf)


def _declared(text: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _DECLARED.findall(text)}


def _handed_on(said: Mapping[str, str], given: _Given) -> _Given:
    if "stroke-dasharray" in said:
        period = _sum(said["stroke-dasharray"], share=1 / _SHARE) or math.inf
        given = replace(given, period=min(given.period, period))
    if any("url(" in said.get(name, "").lower() for name in ("fill", "stroke")):
        given = replace(given, paint=True)
    return given


def _is_layer(said: Mapping[str, str]) -> bool:
    return said.get("opacity", "1").strip() not in {"1", "1.0"}


def _dashes(element: ET.Element, period: float) -> float:
    if math.isinf(period):
        return 0
    length = sum(
        _LENGTHS[name.lower()] * _sum(text, share=_SHARE)
        for name, text in element.attrib.items()
        if name.lower() in _LENGTHS
    )
    return min(length / period, _MOST_DASHES)


def _sum(text: str, share: float) -> float:
    """Return the sum of the numbers in a text, whatever their signs."""
    found = _NUMBER.findall(text)
    return sum(float(one + power) * (share if per else 1) for one, power, per in found)


def _address(element: ET.Element) -> str:
    return element.get("href") or element.get(LINK) or ""
