"""What is written once, when all pages are."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.after import app_manifest, offline, unused
from fourps.book.after.bare_pages import notice, redirect
from fourps.course import addresses
from fourps.course.version import version

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    html, config = Path(app.outdir), app.config
    title, language = config.html_title, config.language
    if config.root_doc != "index":
        page = redirect(f"{config.root_doc}.html", title, language)
        (html / "index.html").write_text(page, "utf-8")
    listed = addresses.load(Path(app.srcdir))
    # a place within a page leads on from that page (`fourps.book.pieces`)
    moved = {one.address: one.moved_to for one in listed if one.moved_to and "#" not in one.address}
    for address, new in moved.items():
        old = html / address
        old.parent.mkdir(parents=True, exist_ok=True)
        target = posixpath.relpath(new, posixpath.dirname(address) or ".")
        old.write_text(redirect(target, title, language), "utf-8")
    page = notice("unsaved-title", "unsaved-text", "./", title, language)
    (html / "unsaved.html").write_text(page, "utf-8")
    if config.html_theme == "furo":
        # another theme may load files that no page names
        unused.drop(html)
    app_manifest.write(html, config)
    # last: it lists all that stands there
    offline.write(html, version(), moved)


def register(app: Sphinx) -> None:
    """Connect to the end of a build, after the extensions that write files there."""
    app.connect("build-finished", _finish, priority=900)
