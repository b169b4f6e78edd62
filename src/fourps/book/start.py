"""``{start} start``: the one button of the first page, and of one with pieces, to begin or go on.

Elsewhere it is a button to begin, and nothing more. For a reader who said yes to keeping,
``front/start.js`` turns it to where they go on.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import ARROW, add, add_filled, embed, tags
from fourps.book.module_path import stops
from fourps.book.my_course import WHOLE, course
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
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        page, _ = self.env.relfn2path(f"{self.arguments[0]}.md")
        start = Start(page=page.removesuffix(".md"))
        self.state.nested_parse(self.content, self.content_offset, start)
        return [start]


def _fill(app: Sphinx, start: Start, name: str) -> None:
    """Give the button what it needs of the course, or of the module that this is."""
    first, whole = name == app.config.root_doc, course(app, name)
    start["href"] = app.builder.get_relative_uri(name, start["page"])
    of_module = name.startswith(MODULES)
    start["word"] = "front-start" if first else "module-start" if of_module else "begin"
    ways = stops(app, name) if first or pieces(app.env, name) else []
    start["modules"] = [stop["steps"] for stop in ways]
    quizzes = [one["three"] for one in whole["modules"]]
    asks = whole["three"] and first
    start["three"] = {"href": whole["three"]["href"], "quizzes": quizzes} if asks else None


def _button(writer: Any, node: Start) -> str:
    mine = words(writer.config.language)
    said = {key: mine[key] for key in ("front-go", "front-where", "front-three")}
    data = {"modules": node["modules"], "three": node["three"], "words": said}
    return (
        f'<div class="fp-start" data-start><script type="application/json">{embed(data)}</script>'
        f'<a class="fp-btn" href="{escape(node["href"])}">'
        f"<span>{escape(mine[node['word']])}</span>{ARROW}</a>"
    )


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("start", StartDirective)
    add(app, Start, tags(_button, "</div>\n"))
    add_filled(app, Start, _fill)
