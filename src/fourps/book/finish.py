"""What is written once, when all pages are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book import installed, offline
from fourps.book.assets import version
from fourps.course.language import tag

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def redirect(target: str, title: str, language: str) -> str:
    """Return a page that leads on to another.

    Parameters
    ----------
    target
        Where it leads, relative to the page itself.
    title, language
        Of the book.

    Examples
    --------
    >>> 'url=book/welcome.html' in redirect("book/welcome.html", "Four Ps", "en")
    True
    """
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="icon" href="data:,">\n'
        f'<link rel="canonical" href="{target}">\n'
        f'<meta http-equiv="refresh" content="0; url={target}"></head>\n'
        f'<body><p><a href="{target}">{title}</a></p></body></html>\n'
    )


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    html, config = Path(app.outdir), app.config
    if config.root_doc != "index":
        page = redirect(f"{config.root_doc}.html", config.html_title, tag(config.language))
        (html / "index.html").write_text(page, "utf-8")
    installed.write(html, config)
    # last: it lists all that stands there
    offline.write(html, version())


def register(app: Sphinx) -> None:
    """Connect to the end of a build, after the extensions that write files there."""
    app.connect("build-finished", _finish, priority=900)
