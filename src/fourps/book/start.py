"""``{start} start``: the one button of the first page, and of one with pieces, to begin or go on.

Elsewhere it is a button to begin, and nothing more. For a reader who said yes to keeping,
``front/start.js`` turns it to where they go on.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import ARROW, add, add_filled, tags
from fourps.book.module_path import onward, whole
from fourps.book.my_course import START, WHOLE
from fourps.book.place_bar import MODULES, pieces
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Start(nodes.General, nodes.Element):
    """The button; its children say what it takes. ``page`` is where it leads at first."""


class StartDirective(SphinxDirective):
    """``{start} start``: the one button, and below it a line."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        page = self.env.relfn2path(f"{self.arguments[0]}.md")[0].removesuffix(".md")
        metadata = self.env.metadata[self.env.docname]
        metadata[WHOLE] = "yes"
        metadata.setdefault(START, page)
        start = Start(page=page)
        self.state.nested_parse(self.content, self.content_offset, start)
        return [start]


def _fill(app: Sphinx, start: Start, name: str) -> None:
    """Give the button its word, and on such pages what can be finished."""
    first, of_module = name == app.config.root_doc, name.startswith(MODULES)
    start["href"] = app.builder.get_relative_uri(name, start["page"])
    start["word"] = "front-start" if first else "module-start" if of_module else "begin"
    start["course"] = whole(app, name) if first or pieces(app.env, name) else None


def _button(writer: Any, node: Start) -> str:
    found, word = node["course"], words(writer.config.language)[node["word"]]
    return (
        f'<div class="fp-start"{f" data-start>{onward(writer, found)}" if found else ">"}'
        f'<a class="fp-btn" href="{escape(node["href"])}"><span>{escape(word)}</span>{ARROW}</a>'
    )


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("start", StartDirective)
    add(app, Start, tags(_button, "</div>\n"))
    add_filled(app, Start, _fill)
