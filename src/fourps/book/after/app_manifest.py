"""What a browser needs to install the book as an app: a manifest and icons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from fourps.book.after.built import MANIFEST
from fourps.course.language import direction, tag

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.config import Config

COLOUR, PAPER = "#1a56a0", "#ffffff"
# the part of an icon's side that the four squares take; a system may cut a mask out of the last
_ICONS = (("icon-192", 192, 0.76, "any"), ("icon-512", 512, 0.76, "any"))
_MASK = ("mask-512", 512, 0.54, "maskable")


def icon(size: int, share: float) -> Image.Image:
    """Draw the course's sign, four squares, in two colours.

    Parameters
    ----------
    size
        Width and height in pixels.
    share
        The part of the side that the squares take, 0 to 1.

    Examples
    --------
    >>> icon(192, 0.76).size
    (192, 192)
    """
    image = Image.new("RGB", (size, size), PAPER)
    draw = ImageDraw.Draw(image)
    start, unit = size * (1 - share) / 2, size * share / 8
    for x in (0.0, 4.5):
        for y in (0.0, 4.5):
            corner = (start + x * unit, start + y * unit)
            draw.rectangle([corner, (corner[0] + 3.5 * unit, corner[1] + 3.5 * unit)], COLOUR)
    return image.quantize(2)


def write(html: Path, config: Config) -> None:
    """Write the manifest and its icons into a built book."""
    icons = []
    (html / "icons").mkdir(exist_ok=True)
    for name, size, share, purpose in (*_ICONS, _MASK):
        source = f"icons/{name}.png"
        icon(size, share).save(html / source, optimize=True)
        sizes = f"{size}x{size}"
        icons.append({"src": source, "sizes": sizes, "type": "image/png", "purpose": purpose})
    manifest = {
        "name": config.html_title,
        "short_name": config.html_short_title,
        "lang": tag(config.language),
        "dir": direction(config.language),
        "start_url": f"{config.root_doc}.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": COLOUR,
        "icons": icons,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (html / MANIFEST).write_text(text + "\n", "utf-8")
