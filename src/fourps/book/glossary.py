"""The glossary: in the order of the page's language, with letters, explained where a term is used.

Authors write it in the order of English, and a translator changes only the words. ``{in-order}``
has the rows of a table sorted too, and ``{letters}`` are the first letters of the terms, each a
link to the first such term. A page that uses a term explains it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import SKIP, add, instead, on_page
from fourps.course.glossary import folded, place
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

MARK = "fp-in-order"


class InOrder(SphinxDirective):
    """``{in-order}``: a table whose rows are looked up by their first cell."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        children = self.parse_content_to_nodes()
        for node in children:
            for table in node.findall(nodes.table):
                table[MARK] = True
        return children


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


def _fill_letters(_app: Sphinx, doctree: document, _name: str) -> None:
    for here in doctree.findall(Letters):
        links: dict[str, str] = {}
        for glossary in doctree.findall(addnodes.glossary):
            for term in glossary.findall(nodes.term):
                links.setdefault(first_letter(term.astext()), term["ids"][0])
        here["links"] = dict(sorted(links.items()))


def _letters(writer: Any, node: Letters) -> str:
    label = escape(words(writer.config.language)["page-letters"])
    links = "".join(
        f'<li><a href="#{escape(name)}">{escape(letter)}</a></li>'
        for letter, name in node["links"].items()
    )
    return f'<nav class="fp-letters" aria-label="{label}"><ul>{links}</ul></nav>\n'


class Term(NamedTuple):
    """A term: its id in the glossary and its address there, its name, and what it means."""

    id: str
    href: str
    name: str
    text: str


def meanings(doctree: document) -> dict[str, tuple[str, str]]:
    """Return name and first paragraph of each term of a glossary, by id.

    The sources that a definition cites are left to the glossary.

    Examples
    --------
    >>> from docutils.utils import new_document
    >>> term = nodes.term("", "cluster", ids=["term-cluster"])
    >>> meaning = nodes.definition("", nodes.paragraph("", "A group."))
    >>> item = nodes.definition_list_item("", term, meaning)
    >>> page = new_document("")
    >>> page += addnodes.glossary("", nodes.definition_list("", item))
    >>> meanings(page)
    {'term-cluster': ('cluster', 'A group.')}
    """
    terms = {}
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            paragraph = next(item.findall(nodes.paragraph), nodes.paragraph())
            for term in item.findall(nodes.term):
                for name in term["ids"]:
                    terms[name] = (term.astext(), _plain(paragraph))
    return terms


def _plain(paragraph: nodes.paragraph) -> str:
    copy = paragraph.deepcopy()
    for link in list(copy.findall(addnodes.pending_xref)):
        if link.get("refdomain") == "cite":
            parent, at = link.parent, link.parent.index(link)
            parent.remove(link)
            # with the space that stood before it
            before = parent[at - 1] if at else None
            if isinstance(before, nodes.Text):
                parent.replace(before, nodes.Text(before.rstrip()))
    return " ".join(copy.astext().split())


def _note(app: Sphinx, doctree: document) -> None:
    """Keep a page's definitions where Sphinx forgets them with the page."""
    terms = meanings(doctree)
    if terms:
        app.env.metadata[app.env.docname]["terms"] = terms


def used(app: Sphinx, page: str, doctree: document | None) -> list[Term]:
    """Return each term of the glossary that a page links to, once."""
    if doctree is None:
        return []
    known = {
        f"{app.builder.get_relative_uri(page, name)}#{term}": (term, *meaning)
        for name, metadata in app.env.metadata.items()
        if name != page
        for term, meaning in metadata.get("terms", {}).items()
    }
    links = dict.fromkeys(link.get("refuri", "") for link in doctree.findall(nodes.reference))
    return [Term(known[link][0], link, *known[link][1:]) for link in links if link in known]


def _show(app: Sphinx, page: str, context: dict[str, Any], doctree: document | None) -> None:
    context["fourps_terms"] = used(app, page, doctree)
    if context["fourps_terms"]:
        app.add_js_file("terms.js", loading_method="defer")


def register(app: Sphinx) -> None:
    """Add directives and node; sort before others note what a page holds."""
    app.add_directive("in-order", InOrder)
    app.connect("doctree-read", _sort)
    app.add_directive("letters", LettersDirective)
    add(app, Letters, instead(_letters), SKIP)
    app.connect("doctree-resolved", _fill_letters)
    app.connect("doctree-read", _note, priority=900)
    on_page(app, _show)
