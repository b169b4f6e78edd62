"""Sources: each is said in the language of the book, and cited by a short label ([WHO 2003]).

``{sources}`` lists what a page cites, ``{fact}`` says which fact a claim rests on, and
``{checked}`` the day on which something was last checked.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pybtex.plugin
import pybtex_docutils
import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.labels import BaseLabelStyle
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from fourps.book.boxes import folded
from fourps.book.page_in_book import catalogue, complain
from fourps.book.place_in_module import is_piece
from fourps.course.bibliography import PAGE, entries
from fourps.course.language import day_text
from fourps.course.problem import BrokenSourceError
from fourps.course.source_style import FOREIGN, SourceStyle
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FOLDED = "fp-sources"


class ShortLabels(BaseLabelStyle):  # type: ignore[misc]
    """Labels taken from each entry's ``shorthand``."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """Yield the label of each entry."""
        for entry in sorted_entries:
            yield entry.fields.get("shorthand", entry.key)


class ShortLabelStyle(SourceStyle):
    """The bibliography style ``fourps``: each source is formatted once, for all who list it."""

    # with the source itself, whose number another one could get
    _known: ClassVar[dict[tuple[str, int], tuple[Any, Any]]] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        labels = ShortLabels()
        self.label_style = labels
        self.format_labels = labels.format_labels

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """Format a source; sphinxcontrib-bibtex asks for every page that lists it."""
        key = label, id(entry)
        if key not in self._known:
            self._known[key] = entry, super().format_entry(label, entry, bib_data)
        return self._known[key][1]


class Backend(pybtex_docutils.Backend):
    """Makes nodes of a printed source, with the language of what is in another one."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        """Return the nodes of a tag."""
        if tag_name.startswith(FOREIGN):
            # docutils makes the attribute `lang` of it
            return [nodes.inline("", "", *text, classes=[tag_name])]
        return list(super().format_tag(tag_name, text))


def prepare() -> None:
    """Let pybtex find its plug-ins at once, and print sources as nodes of ours.

    For every citation it looks through the entry points of all installed packages: 19 ms each,
    and a third of the time of a build. They are read once here.
    """
    select = entry_points().select
    # the names by which both know what finds them
    pybtex.plugin.entry_points = select
    sphinxcontrib.bibtex.plugin.entry_points = select  # type: ignore[attr-defined]
    for group, name in (
        ("pybtex.backends", "plaintext"),
        ("pybtex.style.labels", "number"),
        ("pybtex.style.names", "plain"),
        ("pybtex.style.sorting", "author_year_title"),
        ("pybtex.style.sorting", "none"),
    ):
        register_plugin(group, name, find_plugin(group, name), force=True)
    BibliographyTransform.backend = Backend()


def _say(app: Sphinx, env: BuildEnvironment, _names: list[str]) -> None:
    """Have each source said in the reader's language, from what its file says now."""
    if "cite" not in env.domains:
        return
    translations = catalogue(env, PAGE)
    translate = translations.gettext if translations else str
    known = env.get_domain("cite").bibdata.data.entries  # type: ignore[attr-defined]
    for file in app.config.bibtex_bibfiles:
        try:
            sources = entries(Path(app.srcdir, file), app.config.language, translate)
            for key, entry in sources.items():
                known[key] = entry
        except BrokenSourceError as error:
            complain(error.problems)


class SourceList(nodes.General, nodes.Element):
    """Where the sources of a page are listed."""


class SourcesDirective(SphinxDirective):
    """``{sources}``: everything that this page cites, in full; folded in a piece of a lesson."""

    def run(self) -> list[nodes.Node]:
        if not is_piece(self.env, self.env.docname):
            return [SourceList()]
        text = words(self.config.language)["piece-sources"]
        return [folded(text, SourceList(), classes=["fp-answer", FOLDED])]


def _name_once(document: nodes.document, citations: list[addnodes.pending_xref]) -> None:
    """Take the name from a citation that has another one's.

    Sphinx gives all citations of a translated paragraph the same.
    """
    others = (node for node in document.findall(nodes.Element) if node not in citations)
    taken = {name for node in others for name in node["ids"]}
    for node in citations:
        node["ids"] = [name for name in node["ids"] if name not in taken]
        taken.update(node["ids"])


class FillSources(SphinxPostTransform):
    """Lists what a page cites, with a link to the bibliography."""

    # before references are resolved, while the citation keys can still be read
    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Replace each list that is to be filled."""
        asked = self.document.findall(addnodes.pending_xref)
        citations = [node for node in asked if node.get("refdomain") == "cite"]
        _name_once(self.document, citations)
        places = list(self.document.findall(SourceList))
        if not places:
            return
        keys = [key.strip() for node in citations for key in node["reftarget"].split(",")]
        domain: Any = self.env.get_domain("cite")
        known = domain.bibdata.data.entries
        style, backend = ShortLabelStyle(), Backend()
        cited = [known[key] for key in dict.fromkeys(keys) if key in known]
        result = nodes.bullet_list()
        for formatted in style.format_entries(cited):
            paragraph = backend.paragraph(formatted)
            paragraph.insert(0, nodes.Text(" "))
            paragraph.insert(0, nodes.strong("", f"[{formatted.label}]"))
            result += nodes.list_item("", paragraph)
        for place in places:
            place.replace_self(result.deepcopy())


class _Checked(SphinxRole):
    """``{checked}`2026-11-30` ``: such a day."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.Text(day_text(self.text, self.config.language))], []


def register(app: Sphinx) -> None:
    """Add roles, directive and node; say sources before a page lists them."""
    app.connect("env-before-read-docs", _say)
    # {fact}`F-12` says which entry of the fact sheet a claim rests on, and prints nothing
    app.add_role("fact", lambda *_: ([], []))
    app.add_directive("sources", SourcesDirective)
    app.add_node(SourceList)
    app.add_post_transform(FillSources)
    app.add_role("checked", _Checked())
