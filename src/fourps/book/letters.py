"""``{letters}``: the first letters of a glossary's terms, each a link to the first such term."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import SKIP, add, instead
from fourps.course.glossary import folded
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class Letters(nodes.General, nodes.Element):
    """Where the letters stand; ``links`` is filled when the page was read and translated."""


class LettersDirective(SphinxDirective):
    """``{letters}``: letters to jump to."""

    def run(self) -> list[nodes.Node]:
        return [Letters(links={})]


def first_letter(text: str) -> str:
    """Return the letter under which a term is looked up, without its accent.

    Examples
    --------
    >>> first_letter("état"), first_letter("PSEA"), first_letter("16.2.2"), first_letter("œuvre")
    ('E', 'P', '1', 'O')
    """
    return folded(text.strip())[:1].upper()


def _fill(_app: Sphinx, doctree: document, _name: str) -> None:
    for here in doctree.findall(Letters):
        links: dict[str, str] = {}
        for glossary in doctree.findall(addnodes.glossary):
            for term in glossary.findall(nodes.term):
                links.setdefault(first_letter(term.astext()), term["ids"][0])
        here["links"] = dict(sorted(links.items()))


def _html(writer: Any, node: Letters) -> str:
    label = escape(words(writer.config.language)["page-letters"])
    links = "".join(
        f'<li><a href="#{escape(name)}">{escape(letter)}</a></li>'
        for letter, name in node["links"].items()
    )
    return f'<nav class="fp-letters" aria-label="{label}"><ul>{links}</ul></nav>\n'


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("letters", LettersDirective)
    add(app, Letters, instead(_html), SKIP)
    app.connect("doctree-resolved", _fill)
