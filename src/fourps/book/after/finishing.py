"""The end of a build: what is written or taken away once, when all pages are there."""

from __future__ import annotations

import json
import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PIL import Image, ImageDraw

from fourps.book.after.bare_pages import leading_page, redirect, units, unsaved
from fourps.book.after.built import MANIFEST, Built, write_offline
from fourps.course import toc, version
from fourps.course.language import direction, tag
from fourps.course.local import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

COLOUR, PAPER = "#1a56a0", "#ffffff"
# the part of an icon's side that the four squares take; a system may cut a mask out of the last
_ICONS = (
    *(("icon-192", 192, 0.76, "any"), ("icon-512", 512, 0.76, "any")),
    ("mask-512", 512, 0.54, "maskable"),
)
# Sphinx copies into folders that begin so; a page's own links to other pages are not looked at
_LOADED = re.compile(r'(?:href|src)="((?:\.\./)*_[^"?#]*)')
_DRAWN = re.compile(r"""url\(["']?(?!["']?data:)([^)"'?#]+)""")
# a licence travels with the script that it is of
_LICENCE = ".LICENSE.txt"


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


def write_manifest(html: Path, config: Config) -> None:
    """Write the manifest and its icons into a built book."""
    icons = []
    (html / "icons").mkdir(exist_ok=True)
    for name, size, share, purpose in _ICONS:
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


def drop_unused(html: Path) -> None:
    """Remove each file that Sphinx copied and no page loads, nor a style sheet that one loads.

    The folder is that of one language. Sphinx copies again whatever a later build needs.

    Examples
    --------
    >>> import tempfile
    >>> html = Path(tempfile.mkdtemp())
    >>> (html / "_static").mkdir()
    >>> for name in ("used.js", "unused.js"):
    ...     (html / "_static" / name).touch()
    >>> _ = (html / "page.html").write_text('<script src="_static/used.js?v=1"></script>')
    >>> drop_unused(html)
    >>> [path.name for path in html.glob("_static/*")]
    ['used.js']
    """
    loaded = {path for page in Built(html).pages for path in _named(page, _LOADED)}
    for path in [path for path in loaded if path.suffix == ".css" and path.is_file()]:
        loaded.update(_named(path, _DRAWN))
    for path in html.glob("_*/**/*"):
        if path.is_file() and path.with_name(path.name.removesuffix(_LICENCE)) not in loaded:
            path.unlink()


def _named(path: Path, pattern: re.Pattern[str]) -> Iterator[Path]:
    """Yield each file that a page or style sheet names."""
    for address in dict.fromkeys(pattern.findall(path.read_text("utf-8"))):
        yield Path(os.path.normpath(path.parent / unquote(address)))


def _index(config: Config, home: str) -> str:
    """Return the page for the folder itself, which leads on: at the top to each language."""
    first, *others = map(tag, config.fourps_languages)
    if others and tag(config.language) == first:
        folders = {first: "./"} | {code: f"{code}/" for code in others}
        titles = (config.html_title, *(config.fourps_titles.get(code) for code in others))
        return leading_page(" · ".join(dict.fromkeys(filter(None, titles))), home, folders)
    return redirect(home, config.html_title, config.language)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    html, config = Path(app.outdir), app.config
    title, language = config.html_title, config.language
    home = f"{config.root_doc}.html"
    if config.root_doc != "index":
        (html / "index.html").write_text(_index(config, home), "utf-8")
    listed = toc.load_addresses(Path(app.srcdir))
    # a place within a page leads on from that page (`fourps.book.way_on`)
    moved = {old: new for old, new, _ in listed if new and "#" not in old}
    for address, new in moved.items():
        old = html / address
        old.parent.mkdir(parents=True, exist_ok=True)
        target = posixpath.relpath(new, posixpath.dirname(address) or ".")
        old.write_text(redirect(target, title, language), "utf-8")
    (html / "units.html").write_text(units(language), "utf-8")
    (html / "unsaved.html").write_text(unsaved(home, title, language), "utf-8")
    if config.html_theme == "furo":
        # another theme may load files that no page names
        drop_unused(html)
    write_manifest(html, config)
    # last: it lists all that stands there
    higher = "" if tag(language) == tag(config.fourps_languages[0]) else "../"
    write_offline(html, version(), moved, f"{higher}{LOCAL}")


def register(app: Sphinx) -> None:
    """Connect to the end of a build, after the extensions that write files there."""
    app.connect("build-finished", _finish, priority=900)
