"""What was displayed: a bundle of the same thing in several kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.grading.inert.drawings import drawing
from fourps.grading.inert.formulas import is_formula
from fourps.grading.inert.markdown import as_written, inert_markdown
from fourps.grading.inert.pictures import KINDS, picture
from fourps.grading.inert.readers import attached_pictures
from fourps.grading.inert.tags import clean
from fourps.grading.inert.terminal import plain_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourps.grading.inert.allowance import Allowance

_LEFT_OUT = "[Left out: it is no picture, table or text, or too much.]"
_LARGEST_SIDE = 10_000


def inert_bundle(data: Any, allowance: Allowance) -> dict[str, str]:
    """Return the kinds of a bundle that show themselves and do nothing, each cleaned.

    Examples
    --------
    >>> from fourps.grading.inert.allowance import Allowance
    >>> inert_bundle({"text/html": "<b onclick='a()'>1</b>", "text/plain": "1"}, Allowance())
    {'text/html': '<b>1</b>', 'text/plain': '1'}
    >>> inert_bundle({"application/javascript": "a()"}, Allowance())
    {'text/plain': '[Left out: it is no picture, table or text, or too much.]'}
    """
    found = {}
    for kind, value in data.items() if isinstance(data, dict) else ():
        kept = _inert(kind, value, allowance)
        if kept is not None:
            found[kind] = kept
    return found or {"text/plain": _LEFT_OUT}


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
        said = metadata.get(kind) if isinstance(metadata, dict) else None
        sides = {
            name: value
            for name, value in (said.items() if isinstance(said, dict) else ())
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
