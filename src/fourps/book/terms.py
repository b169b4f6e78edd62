"""Terms of the glossary, explained on the page that uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


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
    found = {}
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            paragraph = next(item.findall(nodes.paragraph), nodes.paragraph())
            for term in item.findall(nodes.term):
                for name in term["ids"]:
                    found[name] = (term.astext(), _plain(paragraph))
    return found


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
    found = meanings(doctree)
    if found:
        app.env.metadata[app.env.docname]["terms"] = found


def used(app: Sphinx, pagename: str, doctree: document | None) -> list[Term]:
    """Return each term of the glossary that a page links to, once."""
    if doctree is None:
        return []
    known = {
        f"{app.builder.get_relative_uri(pagename, name)}#{term}": (term, *meaning)
        for name, metadata in app.env.metadata.items()
        if name != pagename
        for term, meaning in metadata.get("terms", {}).items()
    }
    links = dict.fromkeys(link.get("refuri", "") for link in doctree.findall(nodes.reference))
    return [Term(known[link][0], link, *known[link][1:]) for link in links if link in known]


def _show(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    context["fourps_terms"] = used(app, pagename, doctree)
    if context["fourps_terms"]:
        app.add_js_file("terms.js", loading_method="defer")


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("doctree-read", _note, priority=900)
    app.connect("html-page-context", _show)
