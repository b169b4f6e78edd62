"""Drawings and pictures of a page, as a book can show them.

Their colours are seen on white, on black and in grey, since the paper of a reader of books may be
any of these; and they say how large they are, since old readers do not work it out.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from fourps.book.after.contents import resolve

if TYPE_CHECKING:
    from pathlib import Path

# each at least 3:1 on white and on black; the two of figures differ in grey too
COLOURS = {
    "fp-blue": "#1c6cb0",
    "fp-orange": "#d9780f",
    "fp-line": "#808080",
    "color-background-primary": "#fff",
}
# a number within a bar
INSIDE = "#000"
GREY = "#808080"
_VARIABLE = re.compile(r"var\(--([\w-]+)[^)]*\)")
_WIDE = re.compile(r"max-inline-size:\s*([\d.]+)px")
_SVG = "http://www.w3.org/2000/svg"
# a parser of HTML writes all names small
_NAMES = {"viewbox": "viewBox", "clippath": "clipPath"}
_MAP = "fp-map"
# which of the faces of one file a picture shows
_FACE = re.compile(r"object-position:\s*([\d.]+)%")


def draw(body: Any) -> None:
    """Have each drawing of a page say its size and colours.

    Examples
    --------
    >>> import lxml.html
    >>> body = lxml.html.fromstring('<p><svg viewBox="0 0 2 1"><path stroke="var(--fp-line)"/>')
    >>> draw(body)
    >>> print(etree.tostring(body, encoding="unicode"))
    <p><svg viewBox="0 0 2 1" xmlns="http://www.w3.org/2000/svg" width="2" height="1"><path ...
    """
    for said in body.xpath(".//td[@class='fp-boxed']/span"):
        # seen here, where a box may not be
        said.text = f" {said.text}"
    for drawing in body.xpath(".//svg[not(ancestor::svg)]"):
        is_map = _MAP in drawing.get("class", "")
        for element in list(drawing.iter()):
            _rename(element)
            if not is_map:
                element.attrib.pop("class", None)
        drawing.set("xmlns", _SVG)
        _measure(drawing)


def _rename(element: Any) -> None:
    element.tag = _NAMES.get(element.tag, element.tag)
    for key, value in element.attrib.items():
        if key in _NAMES:
            del element.attrib[key]
        if key in _NAMES or value.startswith("var("):
            shown = _VARIABLE.sub(lambda match: COLOURS[match[1]], value)
            is_inside = element.tag == "text" and shown == COLOURS["color-background-primary"]
            element.set(_NAMES.get(key, key), INSIDE if is_inside else shown)


def _measure(drawing: Any) -> None:
    _, _, width, height = map(float, drawing.get("viewBox").split())
    wide = _WIDE.search(drawing.getparent().get("style", ""))
    shown = float(wide[1]) if wide else width
    drawing.set("width", f"{shown:.0f}")
    drawing.set("height", f"{shown * height / width:.0f}")


class Pictures:
    """The files of pictures that a book takes from a built one, by name."""

    def __init__(self, html: Path) -> None:
        self.html = html
        self.files: dict[str, bytes] = {}

    def take(self, body: Any, name: str) -> None:
        """Take the pictures of a page, and have it show them in the book.

        Parameters
        ----------
        body
            What the page says.
        name
            The page, whose folder in the book is as it was.
        """
        for picture in body.iter("img"):
            address, _ = resolve(name, picture.get("src"))
            face = _FACE.search(picture.get("style", ""))
            file = f"pictures/{posixpath.basename(address)}"
            if face:
                file = f"{file.removesuffix('.svg')}-{float(face[1]):.0f}.svg"
            if file not in self.files:
                data = (self.html / address).read_bytes()
                if face:
                    data = _one_face(data, float(face[1]) / 100)
                self.files[file] = _in_grey(data) if file.endswith(".svg") else data
            folder = posixpath.dirname(name) or "."
            picture.set("src", posixpath.relpath(file, folder))


def _one_face(faces: bytes, share: float) -> bytes:
    """Return one of the faces that stand side by side in a drawing, or that of the only one."""
    root = etree.fromstring(faces)
    every = root.findall(f"{{{_SVG}}}svg") or [root]
    face = every[round(share * (len(every) - 1))]
    face.attrib.pop("x", None)
    etree.cleanup_namespaces(face)
    return bytes(etree.tostring(face, with_tail=False))


def _in_grey(drawing: bytes) -> bytes:
    """Return a drawing without the style that follows a screen, in a grey for day and night."""
    root = etree.fromstring(drawing)
    for style in root.findall(f"{{{_SVG}}}style"):
        root.remove(style)
        root.set("color", GREY)
    return bytes(etree.tostring(root))
