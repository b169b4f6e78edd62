"""The cost of a notebook for whoever sees it: what it may have, and what a drawing takes of it.

A unit of a drawing is about what a browser needs for one more shape. The weights were measured in
Chromium: with figures of matplotlib a unit takes 7 millionths of a second of the processor's time,
and with the dearest that a notebook may have, shapes that fill the screen, up to 75.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nbseal.inert.pictures import pixels

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
_GRADIENT, _LAYER, _CLIP, _RULE = 100, 20, 3, 200
# up to how many letters describe a simple shape, and how many more cost a unit
_SIMPLE, _CORNERS = 400, 10
# letters, signs of a text, dashes, stops of a gradient and pixels that cost one unit
_LETTERS, _SIGNS, _DASHES, _STOPS, _PIXELS = 200, 20, 4, 100, 4_000
# how much more one with ends of its own costs
_ENDS = 10
# so many dashes lie side by side; where there are more, they lie on each other
_ROW = 400
# with more of them no browser draws any
_MOST_DASHES = 1_000_000
# how much longer a line may be than the numbers that describe it: a circle, and anything else
_ROUND, _LONGER = 7, 2
# of a length that is a share of what is not known here, and of a sign's outline
_SHARE = _OUTLINE = 10_000
# of what may be any
_LONG, _SHORT = 1e9, 1e-9
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?(%)?")
# a length of which more must be known than its number
_OTHER_UNIT = re.compile(r"\(|(?<=[\d.])(?!e[-+]?\d|px|pt)[a-z]", re.IGNORECASE)
# a path from point to point, none of which begins at an older one
_POINTS = re.compile(r"(?:[MLQC\d\s.,e+-]|[Zz](?=\s*(?:M|$)))*")
_SIGNED = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_WITHIN = re.compile(r"url\(\s*[\"']?#([\w.-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_LENGTHS = {
    **dict.fromkeys(("d", "points", "x1", "x2", "y1", "y2", "width", "height"), _LONGER),
    **dict.fromkeys(("r", "rx", "ry"), _ROUND),
}

_GRADIENTS = frozenset({f"{SVG}linearGradient", f"{SVG}radialGradient"})
_WHOLE = frozenset({"1", "1.0", "100%"})

_Settings = list[tuple[str, str]]
"""Names and values, of attributes and of CSS; each may hold."""

Parts = dict[str, list["ET.Element"]]
"""By id: the parts of drawings on a page. Of several with one id a browser takes the first."""


@dataclass
class Allowance:
    """Characters and effort that are left for one notebook.

    One output that is long, or Markdown that is slow to read, harms nobody. Hundreds of them would
    stop a page for minutes, and with it whoever comes after that learner.

    Examples
    --------
    >>> left = Allowance(markup=10)
    >>> left.take("markup", 8), left.take("markup", 8), left.take("markup", 2)
    (True, False, True)
    """

    markup: int = 2_000_000
    """Characters of HTML and of drawings."""
    text: int = 2_000_000
    """Characters of plain text."""
    effort: int = 120_000_000
    """Steps of reading Markdown; see `nbseal.inert.markdown.effort`."""
    formulas: int = 50_000
    """Characters of formulas."""
    drawing: float = 250_000
    """What drawings cost; see `cost`."""
    parts: dict[str, list[Any]] = field(default_factory=dict)
    """Of the drawings so far, by id: whatever comes later on the page may copy them."""

    def take(self, kind: str, size: float) -> bool:
        """Say whether so much is left, and take it if so."""
        left = getattr(self, kind)
        if size <= left:
            setattr(self, kind, left - size)
        return bool(size <= left)


@dataclass(frozen=True)
class _Given:
    """What a part has from those around it."""

    period: float = math.inf
    """Of its dashes."""
    ends: bool = False
    """Whether they have ends of their own, which may be round."""
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
    for part in root.iter():
        if name := part.get("id"):
            own.setdefault(name, [part])
    for name, [part] in own.items():
        others.setdefault(name, []).append(part)
    return _Cost(root, own, others).of(root, _Given())


def declared(text: str) -> list[tuple[str, str]]:
    """Return every name and value in a text of CSS; whichever of several holds, a browser knows.

    Examples
    --------
    >>> declared("fill: red; OPACITY:1;opacity:.5")
    [('fill', 'red'), ('opacity', '1'), ('opacity', '.5')]
    """
    return [(name.lower(), value.strip()) for name, value in _DECLARED.findall(text)]


class _Cost:
    def __init__(self, root: ET.Element, own: Iterable[str], others: Parts) -> None:
        self._named = {name: others[name] for name in own}
        self._known: dict[tuple[int, _Given], float] = {}
        gradients = [part for part in root.iter() if part.tag in _GRADIENTS]
        gradients += [part for parts in others.values() for part in parts if part.tag in _GRADIENTS]
        self._paint = _GRADIENT + max(map(len, gradients), default=0) / _STOPS

    def of(self, element: ET.Element, given: _Given) -> float:
        key = (id(element), given)
        if key not in self._known:
            # one that comes round to itself is drawn once
            self._known[key] = 0
            self._known[key] = self._of(element, given)
        return self._known[key]

    def _of(self, element: ET.Element, given: _Given) -> float:
        settings = [(name.lower(), text) for name, text in element.attrib.items()]
        settings += declared(";".join(text for name, text in settings if name == "style"))
        given = _handed_on(settings, given)
        signs = len(element.text or "") + sum(len(child.tail or "") for child in element)
        letters = sum(len(text) for name, text in settings if "href" not in name)
        total = 1 + _outline(letters) + signs / _SIGNS
        total += self._paint * given.paint + _LAYER * _is_layer(settings) + self._clip(settings)
        dashes = _dashes(settings, signs, given.period)
        total += (dashes / _DASHES + max(dashes - _ROW, 0)) * (_ENDS if given.ends else 1)
        if element.tag == f"{SVG}use":
            parts = self._named.get(_address(element).removeprefix("#"), [])
            total += max((self._copy(part, given) for part in parts), default=0)
        elif element.tag == f"{SVG}image":
            total += pixels(_address(element)) / _PIXELS
        elif element.tag == f"{SVG}style":
            # a rule is tried on all that is on the page
            total += _RULE * len(re.findall("[{,]", element.text or ""))
        return total + sum(self.of(child, given) for child in element)

    def _copy(self, element: ET.Element, given: _Given) -> float:
        copies = any(True for _ in element.iter(f"{SVG}use"))
        return math.inf if copies else self.of(element, given)

    def _clip(self, settings: _Settings) -> float:
        total = 0.0
        for text in (text for name, text in settings if name == "clip-path"):
            total += _CLIP
            for name in _WITHIN.findall(text):
                # one of another drawing may come to be there later
                shapes = self._named.get(name, [])
                total += max((self.of(shape, _Given()) for shape in shapes), default=math.inf)
        return total


def _handed_on(settings: _Settings, given: _Given) -> _Given:
    for name, text in settings:
        if name == "stroke-dasharray":
            given = replace(given, period=min(given.period, _period(text)))
        elif name == "stroke-linecap" and text.strip() != "butt":
            given = replace(given, ends=True)
        elif name in ("fill", "stroke") and "url(" in text.lower():
            given = replace(given, paint=True)
    return given


def _outline(letters: int) -> float:
    """Return what a shape costs by the letters that describe it.

    Where one has thousands of corners, each line of the screen may cross all of them.
    """
    return letters / _LETTERS + max(letters - _SIMPLE, 0) / _CORNERS


def _period(text: str) -> float:
    """Return how much of a line has one dash."""
    if "(" in text:
        return _SHORT
    dashes = max(len(_NUMBER.findall(text)) / 2, 1)
    return _sum(text, share=1 / _SHARE) / dashes or math.inf


def _is_layer(settings: _Settings) -> bool:
    return any(name == "opacity" and text.strip() not in _WHOLE for name, text in settings)


def _dashes(settings: _Settings, signs: int, period: float) -> float:
    if math.isinf(period):
        return 0
    lines = (_LENGTHS[name] * _length(name, text) for name, text in settings if name in _LENGTHS)
    length = signs * _OUTLINE + sum(lines)
    if any(name == "vector-effect" for name, _ in settings):
        # as long as it is on the screen
        length *= _LONG
    return min(length / period, _MOST_DASHES)


def _length(name: str, text: str) -> float:
    if name in ("d", "points") and _POINTS.fullmatch(text):
        return sum(map(_way, text.split("M")))
    if name not in ("d", "points") and _OTHER_UNIT.search(text):
        return _LONG
    return _sum(text, share=_SHARE)


def _way(text: str) -> float:
    """Return how far it is from the first point to the last, and there and back if it is closed."""
    numbers = [*map(float, _SIGNED.findall(text))]
    way = sum(abs(before - after) for before, after in zip(numbers, numbers[2:], strict=False))
    return way if "z" in text.lower() else way / 2


def _sum(text: str, share: float) -> float:
    """Return the sum of the numbers in a text, whatever their signs."""
    numbers = _NUMBER.findall(text)
    return sum(float(digits + power) * (share if per else 1) for digits, power, per in numbers)


def _address(element: ET.Element) -> str:
    return element.get("href") or element.get(LINK) or ""
