"""``{in-order}``: rows that are looked up stand in the order of the page's language; glossaries do.

Authors write both in the order of English, and a translator changes only the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from fourps.course.glossary import place

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

MARK = "fp-in-order"


class InOrder(SphinxDirective):
    """``{in-order}``: a table whose rows are looked up by their first cell."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        found = self.parse_content_to_nodes()
        for node in found:
            for table in node.findall(nodes.table):
                table[MARK] = True
        return found


def _first(node: nodes.Node, kind: type[nodes.Element]) -> tuple[str, str]:
    return place(next(iter(node.findall(kind))).astext())


def _sort(_app: Sphinx, doctree: document) -> None:
    """Sort what is there by now in the language of the page; what leads to it stays with it."""
    for glossary in doctree.findall(addnodes.glossary):
        for terms in glossary.findall(nodes.definition_list):
            terms.children.sort(key=lambda item: _first(item, nodes.term))
    for table in doctree.findall(nodes.table):
        if table.get(MARK):
            (body,) = table.findall(nodes.tbody)
            body.children.sort(key=lambda row: _first(row, nodes.entry))


def register(app: Sphinx) -> None:
    """Add the directive, and sort before others note what a page holds."""
    app.add_directive("in-order", InOrder)
    app.connect("doctree-read", _sort)
