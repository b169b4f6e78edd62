"""What a job aid has besides its text: a button, lines to write on and, on paper, a code.

The button prints it. The code leads to the story of five minutes; it is there only where it is
known under which address the book will be.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from docutils import nodes

from fourps.book.html import SKIP, add, instead
from fourps.course import toc
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

_TRY = "try/"
# no page stands there: it leads on, whatever the story's own page is called
_TRIED = f"{_TRY}index.html"


class OnTop(nodes.Element):
    """The button and the code."""


def code(address: str, language: str) -> str:
    """Return a code that leads to an address, with the address beside it.

    Examples
    --------
    >>> "<figcaption>A story" in code("https://example.org/try/", "en")
    True
    """
    said = words(language)
    drawn = segno.make(address, micro=False).svg_inline(
        omitsize=True, svgclass=None, lineclass=None
    )
    alt = escape(said["aid-code"].format(address=address))
    return (
        f'<figure class="fp-qr"><div role="img" aria-label="{alt}">{drawn}</div>'
        f"<figcaption>{escape(said['aid-try'])} <b>{escape(address)}</b></figcaption></figure>\n"
    )


def _html(writer: Any, node: OnTop) -> str:
    said = words(writer.config.language)["page-print"]
    return (
        f'<p class="fp-print"><button type="button" class="fp-btn">{escape(said)}</button></p>\n'
        '<script>document.querySelector(".fp-print button").onclick = () => print();</script>\n'
        f"{node['code']}"
    )


def _add(app: Sphinx, doctree: document, name: str) -> None:
    if app.builder.format != "html" or not name.endswith("/aid"):
        return
    for cell in doctree.findall(nodes.entry):
        if set(cell.astext().strip()) == {"_"}:
            cell["classes"].append("fp-write")
    base, language = app.config.html_baseurl, app.config.language
    known = base and any(one.address == _TRIED for one in toc.load_addresses(Path(app.srcdir)))
    title = next(iter(doctree.findall(nodes.title)))
    drawn = code(f"{base.rstrip('/')}/{_TRY}", language) if known else ""
    title.parent.insert(1, OnTop(code=drawn))


def register(app: Sphinx) -> None:
    """Add the node, and put one on top of each job aid."""
    add(app, OnTop, instead(_html), SKIP)
    app.connect("doctree-resolved", _add)
