"""A bundle that was displayed: the same thing in several kinds, text with colours among them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from nbseal.inert.drawings import drawing
from nbseal.inert.markdown import as_written, attached_pictures, inert_markdown, is_formula
from nbseal.inert.pictures import KINDS, picture
from nbseal.inert.tags import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbseal.inert.cost import Allowance

_LEFT_OUT = "[Left out: it is no picture, table or text, or too much.]"
_LARGEST_SIDE = 10_000
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?)?")
_COLOUR = re.compile(r"\x1b\[([\d;]{0,40})m", re.ASCII)
# how many numbers follow 38;5 and 38;2: a colour of 256, or red, green and blue
_FOLLOW = {5: 1, 2: 3}
# nbconvert cuts what is left of a text at each colour
_DEAREST = 200_000_000
# texts that are cleaned once: how many, and of how many characters
_MOST_KEPT, _SHORT = 1_000, 10_000


def inert_bundle(data: Any, allowance: Allowance) -> dict[str, str]:
    """Return the kinds of a bundle that show themselves and do nothing, each cleaned.

    Examples
    --------
    >>> from nbseal.inert.cost import Allowance
    >>> inert_bundle({"text/html": "<b onclick='a()'>1</b>", "text/plain": "1"}, Allowance())
    {'text/html': '<b>1</b>', 'text/plain': '1'}
    >>> inert_bundle({"application/javascript": "a()"}, Allowance())
    {'text/plain': '[Left out: it is no picture, table or text, or too much.]'}
    """
    kinds = {}
    for kind, value in data.items() if isinstance(data, dict) else ():
        if (kept := _inert(kind, value, allowance)) is not None:
            kinds[kind] = kept
    return kinds or {"text/plain": _LEFT_OUT}


def inert_metadata(metadata: Any) -> dict[str, Any]:
    """Return what is said about a picture, as whole numbers and text.

    nbconvert writes a width into the page as it stands.

    Examples
    --------
    >>> inert_metadata({"image/png": {"width": 20, "height": "1 onload=a()", "alt": "A chart"}})
    {'image/png': {'width': 20, 'alt': 'A chart'}}
    >>> inert_metadata({"isolated": True, "image/png": 3})
    {}
    """
    kept = {}
    for kind in KINDS | {"image/svg+xml"}:
        about = metadata.get(kind) if isinstance(metadata, dict) else None
        sides = {
            name: value
            for name, value in (about.items() if isinstance(about, dict) else ())
            if (name in ("width", "height") and type(value) is int and 0 < value < _LARGEST_SIDE)
            or (name == "alt" and isinstance(value, str))
            or (name == "unconfined" and value is True)
        }
        if sides:
            kept[kind] = sides
    return kept


def _inert(kind: str, value: Any, allowance: Allowance) -> str | None:
    if isinstance(value, list):
        value = "".join(map(str, value))
    if kind in KINDS:
        return picture(kind, value)
    if kind not in _CLEANED or not isinstance(value, str):
        return None
    which = "text" if kind in ("text/plain", "text/latex") else "markup"
    return _CLEANED[kind](value, allowance) if allowance.take(which, len(value)) else None


def _markdown(value: str, allowance: Allowance) -> str:
    # what is displayed has no attachments, and nbconvert gives up the page over one
    return as_written(value) if attached_pictures(value) else inert_markdown(value, allowance)


_CLEANED: dict[str, Callable[[str, Allowance], str | None]] = {
    "text/html": lambda value, _: clean(value).strip() or None,
    "text/markdown": _markdown,
    "image/svg+xml": drawing,
    "text/latex": lambda value, _: value if is_formula(value) else None,
    "text/plain": lambda value, _: plain_colours(value),
}


def plain_colours(text: str) -> str:
    r"""Return a text without escape sequences, but for colours as IPython writes them.

    nbconvert gives up a whole page over a colour that is not there, and takes the square of the
    length for a text that is full of colours.

    Examples
    --------
    >>> plain_colours("\x1b[31mred\x1b[0m \x1b[38;5;241mgrey \x1b[1;4mloud")
    '\x1b[31mred\x1b[0m \x1b[38;5;241mgrey \x1b[1;4mloud'
    >>> plain_colours("\x1b[38mred \x1b[2J\x1b]0;title\x07 \x1b[38;5m \x1b")
    'red ]0;title\x07  '
    """
    if "\x1b" not in text:
        return text
    return _same(text) if len(text) < _SHORT else _without_others(text)


def _without_others(text: str) -> str:
    cheap = text.count("\x1b") * len(text) < _DEAREST
    return _ESCAPE.sub(lambda match: match[0] if cheap and _is_colour(match[0]) else "", text)


# learners make the same errors
_same = functools.lru_cache(_MOST_KEPT)(_without_others)


def _is_colour(sequence: str) -> bool:
    match = _COLOUR.fullmatch(sequence)
    numbers = [int(number or 0) for number in match[1].split(";")] if match else []
    while numbers:
        if numbers.pop(0) in (38, 48):
            follow = _FOLLOW.get(numbers.pop(0) if numbers else 0)
            if follow is None or len(numbers) < follow:
                return False
            del numbers[:follow]
    return bool(match)
