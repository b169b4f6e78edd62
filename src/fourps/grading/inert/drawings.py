"""Drawings (SVG): lines, areas and letters, and nothing that acts, moves or asks for a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fourps.grading.inert.pictures import picture_address

if TYPE_CHECKING:
    from collections.abc import Iterator

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
ET.register_namespace("", _SVG[1:-1])
ET.register_namespace("xlink", _LINK[1:-5])

_PARTS = frozenset(
    re.findall(
        r"\w+",
        "svg g defs title desc path rect circle ellipse line polyline polygon text tspan image use "
        "clipPath linearGradient radialGradient stop style",
    )
)
_NAME = re.compile(r"[a-zA-Z][a-zA-Z-]*[12]?")
_WITHIN = re.compile(r"url\(\s*[\"']?#[\w.-]+[\"']?\s*\)")
_LOADS = re.compile(r"url\s*\(|[\\@<]|//|script\s*:|data\s*:|image-set|attr\s*\(", re.IGNORECASE)
_LARGEST = 2_000_000
_DEEPEST = 60


def drawing(text: str) -> str | None:
    """Return a drawing with the parts that only draw, or None if it is none.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script/><path d="M0 0"/></svg>'
    >>> drawing(svg)
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>'
    >>> drawing("<html/>")
    """
    if len(text) > _LARGEST:
        return None
    try:
        # as bytes: text may not name an encoding
        root = fromstring(text.encode("utf-8"))
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    if root.tag != f"{_SVG}svg" or _too_deep(root):
        return None
    _clean(root)
    if _copies_copies(root):
        return None
    root.tail = None
    return ET.tostring(root, encoding="unicode")


def _too_deep(root: ET.Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for one in level for child in one]
    return bool(level)


def _clean(element: ET.Element) -> None:
    for name, value in [*element.attrib.items()]:
        if not _may_stay(name, value):
            del element.attrib[name]
    for child in [*element]:
        kind = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
        style = kind == "style" and _loads(child.text or "")
        if kind in _PARTS and child.tag.startswith(_SVG) and not style:
            _clean(child)
        else:
            element.remove(child)


def _may_stay(name: str, value: str) -> bool:
    if name in ("href", _LINK):
        return bool(re.fullmatch(r"#[\w.-]+", value)) or picture_address(value) is not None
    plain = _NAME.fullmatch(name) and not name.lower().startswith("on")
    return bool(plain) and not _loads(value)


def _loads(value: str) -> bool:
    return bool(_LOADS.search(_WITHIN.sub("", value)))


def _copies_copies(root: ET.Element) -> bool:
    """Say whether a copied part copies others: ten such steps are a million million parts."""
    copied = set(_targets(root))
    return any(
        one.get("id") in copied and next(_targets(one), None)
        for one in root.iter()
        if one.get("id")
    )


def _targets(element: ET.Element) -> Iterator[str]:
    for one in element.iter(f"{_SVG}use"):
        yield (one.get("href") or one.get(_LINK) or "").removeprefix("#")
