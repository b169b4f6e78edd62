"""Pages to print and to write on: job aids, and the sheet of the law (``{law-sheet}``).

A job aid has a button that prints it, lines to write on and, on paper, a code. The code leads to
the story of five minutes; it is there only where it is known under which address the book will be.

The sheet has the clauses of the invented country's law, with room for ours beside each. A lawyer
fills it in, on paper or for the host's file. The clauses are those that `book/world.md` marks as
rules, as that page says them in each language; beside them stand the host's own lines.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from docutils import nodes

from fourps.book.html import SKIP, add, instead
from fourps.book.lines import marks_rule
from fourps.book.page_in_book import CourseDirective
from fourps.book.tables import ForHtml, table
from fourps.course import toc
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import document
    from sphinx.application import Sphinx

_TRY = "try/"
# no page stands there: it leads on, whatever the story's own page is called
_TRIED = f"{_TRY}index.html"
_LAW = "book/world"


class OnTop(nodes.Element):
    """The button and the code."""


def code(address: str, language: str) -> str:
    """Return a code that leads to an address, with the address beside it.

    Examples
    --------
    >>> "<figcaption>A story" in code("https://example.org/try/", "en")
    True
    """
    word = words(language)
    drawn = segno.make(address, micro=False).svg_inline(
        omitsize=True, svgclass=None, lineclass=None
    )
    alt = escape(word["aid-code"].format(address=address))
    return (
        f'<figure class="fp-qr"><div role="img" aria-label="{alt}">{drawn}</div>'
        f"<figcaption>{escape(word['aid-try'])} <b>{escape(address)}</b></figcaption></figure>\n"
    )


def _on_top(writer: Any, node: OnTop) -> str:
    text = words(writer.config.language)["page-print"]
    return (
        f'<p class="fp-print"><button type="button" class="fp-btn">{escape(text)}</button></p>\n'
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
    known = base and any(row.address == _TRIED for row in toc.load_addresses(Path(app.srcdir)))
    title = next(iter(doctree.findall(nodes.title)))
    drawn = code(f"{base.rstrip('/')}/{_TRY}", language) if known else ""
    title.parent.insert(1, OnTop(code=drawn))


class LawSheet(nodes.Element):
    """Where the table stands once all pages were read."""


class LawSheetDirective(CourseDirective):
    """``{law-sheet}``, with a button that prints the page."""

    def draw(self) -> list[nodes.Node]:
        self.env.note_dependency(f"{_LAW}.md")
        return [OnTop(code=""), LawSheet()]


class FillLawSheet(ForHtml):
    """Puts the clauses in the place of the directive."""

    # before links and citations of what is taken from the other page are resolved
    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Make the table, a row a clause."""
        word = words(self.config.language)
        for node in list(self.document.findall(LawSheet)):
            heads = ([nodes.paragraph("", word[key])] for key in ("law-theirs", "law-ours"))
            node.replace_self(table((50, 50), heads, self._clauses(), ["fp-law"]))

    def _clauses(self) -> Iterator[tuple[list[nodes.Node], list[nodes.Node]]]:
        """Yield each clause with its number, and the marks of its rules."""
        items = self.env.get_doctree(_LAW).findall(nodes.list_item)
        numbered = (item for item in items if isinstance(item.parent, nodes.enumerated_list))
        for number, item in enumerate(filter(_is_rule, numbered), 1):
            marks = [child for child in item.children if marks_rule(child)]
            next(item.findall(nodes.paragraph)).insert(0, nodes.Text(f"{number}. "))
            yield [child for child in item.children if child not in marks], marks


def _is_rule(item: nodes.list_item) -> bool:
    return any(map(marks_rule, item.children))


def register(app: Sphinx) -> None:
    """Add directive and nodes, and put one on top of each job aid."""
    add(app, OnTop, instead(_on_top), SKIP)
    app.connect("doctree-resolved", _add)
    app.add_directive("law-sheet", LawSheetDirective)
    app.add_post_transform(FillLawSheet)
    add(app, LawSheet, SKIP, SKIP)
