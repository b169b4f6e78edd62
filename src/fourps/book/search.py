"""The text that the search shows of a page: a script beside Sphinx's index for each.

Sphinx's index says which pages hold a word; where on the page, and between which others, says this
script. The page "Search" loads it only for the pages that it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

from fourps.book.boxes import Fold, Summary
from fourps.book.figure import Asked, Controls
from fourps.book.html import embed, on_page
from fourps.book.player_nodes import Line, Mount, PlayerPart, SourceLine, Word
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

# Sphinx puts nothing of such a page into its index
_HIDDEN = "nosearch"
_STOPS = tuple('.!?…:;,»”"')
# not the page's own text, or nothing to look for
_SILENT = (nodes.raw, nodes.comment, Asked, Controls, SourceLine, Summary, Word)


class Passage(NamedTuple):
    """A named place on a page: the id that leads there, its name and its text."""

    id: str
    name: str
    text: str


@dataclass
class _Place:
    """Where text is being gathered: its id, the node that names it, and what it says."""

    id: str
    title: nodes.Node | None
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        if isinstance(self.title, Word):
            return str(self.title["text"])
        return _plain(self.title) if self.title else ""


def passages(doctree: document) -> list[Passage]:
    """Return what a page says, place by place.

    A place is a section, a term of the glossary, or a situation or question, whose id is left
    empty since the player takes its place. What a player tells only after a choice or an answer
    is left out.

    Examples
    --------
    >>> from docutils.utils import new_document
    >>> page, door = new_document(""), nodes.section("", ids=["a-door"])
    >>> door += [nodes.title("", "A door"), nodes.paragraph("", "Knock and wait.")]
    >>> page += door
    >>> passages(page)
    [Passage(id='a-door', name='A door', text='Knock and wait.')]
    """
    places = [_Place("", None)]
    _gather(doctree, places[0], places)
    return [Passage(place.id, place.name, _joined(place.texts)) for place in places if place.texts]


def _joined(texts: list[str]) -> str:
    """Put texts side by side: cells and points of a list, which end in no stop, are kept apart.

    Examples
    --------
    >>> _joined(["Where:", "at a door", "in the rain.", "Wait."])
    'Where: at a door · in the rain. Wait.'
    """
    *most, last = texts
    return "".join(f"{text} " if text.endswith(_STOPS) else f"{text} · " for text in most) + last


def _gather(node: nodes.Element, here: _Place, places: list[_Place]) -> None:
    """Add the text below a node to its place, and each place that begins there."""
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, _SILENT) or _is_held(child):
            continue
        if isinstance(child, nodes.TextElement):
            if child is not here.title and (text := _plain(child)):
                here.texts.append(text)
            continue
        if place := _begun(child):
            places.append(place)
        _gather(child, place or here, places)


def _is_held(node: nodes.Element) -> bool:
    """Return whether this is told only after a choice or an answer, or to programmers."""
    if "cell_input" in node.get("classes", ()):
        return True
    if isinstance(node, PlayerPart):
        return _begun(node) is None
    if isinstance(node, Line):
        return not node["key"]
    return isinstance(node.parent, PlayerPart) and isinstance(node, Fold)


def _begun(node: nodes.Element) -> _Place | None:
    """Return the place that begins with a node, if it has a name."""
    first = node.children[0] if node.children else None
    if isinstance(node, nodes.section):
        return _Place(node["ids"][0], first)
    if isinstance(first, nodes.term) and isinstance(node.parent.parent, addnodes.glossary):
        return _Place(first["ids"][0], first)
    if isinstance(node, PlayerPart):
        asked = isinstance(first, Word) and node.parent["kind"] == "quiz"
        met = isinstance(first, Line) and first["tag"] == "h"
        return _Place("", first) if asked or met else None
    return None


def _plain(node: nodes.Node) -> str:
    return " ".join(node.astext().split())


def _hide_tests(app: Sphinx, doctree: document) -> None:
    """Leave a test out of the search: what it asks would stand before what explains it."""
    if any(mount["spec"].get("test") for mount in doctree.findall(Mount)):
        app.env.metadata[app.env.docname][_HIDDEN] = ""


def _write(app: Sphinx, page: str, _context: dict[str, Any], doctree: document | None) -> None:
    if doctree is None:
        return
    path = Path(app.outdir, "search", f"{page}.js")
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = [] if _HIDDEN in app.env.metadata[page] else passages(doctree)
    text = f"Search.setText({embed(page)},{embed(shown)});\n"
    path.write_text(text, "utf-8")


def _page(app: Sphinx, page: str, context: dict[str, Any], _doctree: document | None) -> None:
    if page == "search":
        # added here, their addresses change with their content
        for name in ("language_data", "search"):
            app.add_js_file(f"{name}.js", priority=900)
        mine = words(app.config.language).items()
        context["fourps_search"] = embed(
            {key: text for key, text in mine if key.startswith("page-search-")}
        )


def _drop_entries(_app: Sphinx, doctree: document, _docname: str) -> None:
    """Leave out the entries of an index that no page has: a second build would lose them anyway."""
    for entry in list(doctree.findall(addnodes.index)):
        entry.parent.remove(entry)


def register(app: Sphinx) -> None:
    """Connect to the reading and the writing of a page."""
    # after Sphinx has noted metadata
    app.connect("doctree-read", _hide_tests, priority=900)
    app.connect("doctree-resolved", _drop_entries)
    on_page(app, _write)
    on_page(app, _page)
