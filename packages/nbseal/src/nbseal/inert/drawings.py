"""Drawings (SVG): lines, areas and letters, and nothing that acts, moves or asks for a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nbseal.inert.cost import LINK, SVG, cost, declared
from nbseal.inert.pictures import picture_address

if TYPE_CHECKING:
    from nbseal.inert.cost import Allowance

ET.register_namespace("", SVG[1:-1])
ET.register_namespace("xlink", LINK[1:-5])

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
# what works on all that is under it, pixel by pixel, and what makes dashes of any length
_COSTLY = re.compile(
    r"(?<![\w-])(?:-\w+-)?(?:\w+-)*(?:filter|mask|blend-mode|reflect|shadow|will-change|perspective"
    r"|preserve-3d|gradient(?=\())\b",
    re.IGNORECASE,
)
_COSTLY_NAMES = re.compile(r"filter|mask|pathlength|mix-blend-mode", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
# rules are for all that is on the page: what they may say costs nothing
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\s*[\w.#*-]+(?:[\s>]+[\w.#*-]+){0,3}\s*")
_SAID = re.compile(
    r"(fill(-opacity|-rule)?|stroke(-opacity|-width|-linejoin|-miterlimit)?|font(-\w+)?|text-anchor"
    r"|dominant-baseline):[^(]*|stroke-linecap:butt"
)
_LARGEST = 2_000_000
_DEEPEST = 60


def drawing(text: str, allowance: Allowance) -> str | None:
    """Return a drawing with the parts that only draw, or None if it is none or costs too much.

    Examples
    --------
    >>> from nbseal.inert.cost import Allowance
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script/><path d="M0 0"/></svg>'
    >>> drawing(svg, Allowance())
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>'
    >>> drawing("<html/>", Allowance())
    """
    if len(text) > _LARGEST:
        return None
    try:
        # as bytes: text may not name an encoding
        root = fromstring(text.encode("utf-8"))
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    if root.tag != f"{SVG}svg" or _too_deep(root):
        return None
    _clean(root)
    _drop_lost_copies(root)
    if not allowance.take("drawing", cost(root, allowance.parts)):
        return None
    root.tail = None
    return ET.tostring(root, encoding="unicode")


def _too_deep(root: ET.Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for parent in level for child in parent]
    return bool(level)


def _clean(element: ET.Element) -> None:
    for name, value in [*element.attrib.items()]:
        if not _may_stay(name, value):
            del element.attrib[name]
    for child in [*element]:
        kind = child.tag.removeprefix(SVG) if isinstance(child.tag, str) else ""
        if kind == "style":
            text = (child.text or "") + "".join(part.tail or "" for part in child)
            child[:], child.text = [], _simple_rules(text)
        if kind in _PARTS and child.tag.startswith(SVG) and (kind != "style" or child.text):
            _clean(child)
        else:
            element.remove(child)


def _simple_rules(text: str) -> str:
    """Return the rules of a style sheet that cost a browser nothing, as they stand if all do.

    Examples
    --------
    >>> _simple_rules("*{stroke-linejoin: round}")
    '*{stroke-linejoin: round}'
    >>> _simple_rules("*{stroke-linejoin: round} .a, g b {opacity:.1;fill: red}")
    '*{stroke-linejoin:round} .a, g b{fill:red}'
    """
    rules = [] if _loads(text) else _RULE.findall(_COMMENT.sub(" ", text))
    kept, every = [], bool(rules) and "/*" not in text and not _RULE.sub("", text).strip()
    for selectors, body in rules:
        values = [f"{name}:{value}" for name, value in declared(body)]
        simple = [*filter(_SAID.fullmatch, values)]
        known = simple and all(map(_SELECTOR.fullmatch, selectors.split(",")))
        every &= bool(known) and len(simple) == body.strip(" ;").count(";") + 1
        if known:
            kept.append(f"{selectors.strip()}{{{';'.join(simple)}}}")
    return text if every else " ".join(kept)


def _may_stay(name: str, value: str) -> bool:
    if name in ("href", LINK):
        return bool(re.fullmatch(r"#[\w.-]+", value)) or picture_address(value) is not None
    if "/*" in value or name.lower() == "id" != name:
        return False
    # a page of HTML does not tell capitals apart
    plain = _NAME.fullmatch(name) and not re.match("on|href$", name, re.IGNORECASE)
    styled = name.lower() == "style" and _COSTLY.search(value)
    costly = styled or _COSTLY_NAMES.fullmatch(name)
    return bool(plain) and not costly and not _loads(value)


def _loads(value: str) -> bool:
    return bool(_LOADS.search(_WITHIN.sub("", value)))


def _drop_lost_copies(root: ET.Element) -> None:
    """Have nothing copy what is not there: on a page it may be another drawing's."""
    known = {part.get("id") for part in root.iter()}
    for part in root.iter(f"{SVG}use"):
        for name in ("href", LINK):
            if part.get(name, "").removeprefix("#") not in known:
                part.attrib.pop(name, None)
