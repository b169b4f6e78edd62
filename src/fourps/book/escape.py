"""The switch that lets Escape, pressed three times, leave as the button "Leave" does.

Off unless a reader asks for it: somebody who only closes menus would lose the page. The tab
remembers it, and the script of the button (``templates/partials/leave.html``) reads it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.nodes import SKIP
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class EscapeSwitch(nodes.General, nodes.Element):
    """Where the switch stands; only a page in a browser has it."""


class EscapeDirective(SphinxDirective):
    """``{escape}``: the switch."""

    def run(self) -> list[nodes.Node]:
        return [EscapeSwitch()]


def _visit(self: Any, _node: EscapeSwitch) -> None:
    text = escape(words(self.config.language)["page-escape"])
    self.body.append(
        '<p class="fp-switch"><label><input type="checkbox" data-fourps-escape> '
        f"{text}</label></p>\n"
    )
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("escape", EscapeDirective)
    app.add_node(EscapeSwitch, html=(_visit, None), latex=SKIP, text=SKIP, texinfo=SKIP, man=SKIP)
