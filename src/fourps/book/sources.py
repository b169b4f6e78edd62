"""What a page cites: ``{sources}`` lists it, and ``{fact}`` says which fact a claim rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from fourps.book.citations import Backend, ShortLabelStyle
from fourps.book.folds import folded
from fourps.book.place_bar import is_piece
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDED = "fp-sources"


class SourceList(nodes.General, nodes.Element):
    """Where the sources of a page are listed."""


class SourcesDirective(SphinxDirective):
    """``{sources}``: everything that this page cites, in full; folded in a piece of a lesson."""

    def run(self) -> list[nodes.Node]:
        if not is_piece(self.env, self.env.docname):
            return [SourceList()]
        text = words(self.config.language)["piece-sources"]
        return [folded(text, SourceList(), classes=["fp-answer", FOLDED])]


class FillSources(SphinxPostTransform):
    """Lists what a page cites, with a link to the bibliography."""

    # before references are resolved, while the citation keys can still be read
    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Replace each list that is to be filled."""
        places = list(self.document.findall(SourceList))
        if not places:
            return
        keys: list[str] = []
        for node in self.document.findall(addnodes.pending_xref):
            if node.get("refdomain") == "cite":
                keys += [key.strip() for key in node["reftarget"].split(",")]
        domain: Any = self.env.get_domain("cite")
        entries = domain.bibdata.data.entries
        style, backend = ShortLabelStyle(), Backend()
        cited = [entries[key] for key in dict.fromkeys(keys) if key in entries]
        result = nodes.bullet_list()
        for formatted in style.format_entries(cited):
            paragraph = backend.paragraph(formatted)
            paragraph.insert(0, nodes.Text(" "))
            paragraph.insert(0, nodes.strong("", f"[{formatted.label}]"))
            result += nodes.list_item("", paragraph)
        for place in places:
            place.replace_self(result.deepcopy())


def _fact(*_: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """``{fact}`F-12` ``: which entry of the fact sheet a claim rests on; prints nothing."""
    return [], []


def register(app: Sphinx) -> None:
    """Add role, directive and node, and what fills the list."""
    app.add_role("fact", _fact)
    app.add_directive("sources", SourcesDirective)
    app.add_node(SourceList)
    app.add_post_transform(FillSources)
