"""What is written once, when all pages are."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.after import app_manifest, offline, unused
from fourps.book.after.bare_pages import redirect, unsaved
from fourps.book.after.leading_page import leading_page
from fourps.book.after.units_page import units
from fourps.course import addresses
from fourps.course.language import tag
from fourps.course.local import LOCAL
from fourps.course.version import version

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


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
    listed = addresses.load(Path(app.srcdir))
    # a place within a page leads on from that page (`fourps.book.way_on`)
    moved = {one.address: one.moved_to for one in listed if one.moved_to and "#" not in one.address}
    for address, new in moved.items():
        old = html / address
        old.parent.mkdir(parents=True, exist_ok=True)
        target = posixpath.relpath(new, posixpath.dirname(address) or ".")
        old.write_text(redirect(target, title, language), "utf-8")
    (html / "units.html").write_text(units(language), "utf-8")
    (html / "unsaved.html").write_text(unsaved(home, title, language), "utf-8")
    if config.html_theme == "furo":
        # another theme may load files that no page names
        unused.drop(html)
    app_manifest.write(html, config)
    # last: it lists all that stands there
    higher = "" if tag(language) == tag(config.fourps_languages[0]) else "../"
    offline.write(html, version(), moved, f"{higher}{LOCAL}")


def register(app: Sphinx) -> None:
    """Connect to the end of a build, after the extensions that write files there."""
    app.connect("build-finished", _finish, priority=900)
