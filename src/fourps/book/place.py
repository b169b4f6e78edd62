"""Where a page stands in its module, how long it takes, and what belongs to the core route."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from fourps.book.nodes import Mount
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

WORDS_A_MINUTE = 200
MINUTES_A_QUESTION = 0.75
CORE = "fp-core"


@dataclass(frozen=True)
class Part:
    """One page of a module; ``core`` when any of it belongs to the core route."""

    name: str
    title: str
    core: bool


@dataclass(frozen=True)
class Place:
    """A module's title and parts, which of them a page is, and the minutes that it takes."""

    title: str
    parts: list[Part]
    number: int
    minutes: str


class MarkCore(SphinxTransform):
    """Marks each line ``*Core route.*``, and the section that it stands in.

    The line is recognised before it is translated.
    """

    default_priority = 15

    def apply(self, **_options: Any) -> None:
        """Add a class to both."""
        for emphasis in self.document.findall(nodes.emphasis):
            line = emphasis.parent
            if len(line) == 1 and emphasis.astext().startswith("Core route."):
                line["classes"].append("fp-core-line")
                line.parent["classes"].append(CORE)


def minutes(doctree: document) -> int:
    """Return how long a page takes: reading, activities, and what is played on it.

    A page is read at 200 words a minute, a scenario and an activity say their own minutes, and a
    question takes three quarters of one.

    Parameters
    ----------
    doctree
        As it was read, with its citations unresolved: they are not read.

    Returns
    -------
    int
        Minutes, rounded up.

    Examples
    --------
    >>> from docutils.utils import new_document
    >>> page = new_document("")
    >>> page += nodes.paragraph("", "word " * 201)
    >>> minutes(page)
    2
    """
    count = sum(len(text.astext().split()) for text in doctree.findall(nodes.Text) if _read(text))
    titles = doctree.findall(nodes.title)
    return (
        math.ceil(count / WORDS_A_MINUTE)
        + sum(title.get("minutes", 0) for title in titles)
        + sum(map(_played, doctree.findall(Mount)))
    )


def _read(text: nodes.Node) -> bool:
    silent = (Mount, nodes.literal_block, nodes.raw, nodes.comment)
    parent = text.parent
    while parent is not None:
        cited = isinstance(parent, addnodes.pending_xref) and parent.get("refdomain") == "cite"
        if cited or isinstance(parent, silent):
            return False
        parent = parent.parent
    return True


def _played(mount: Mount) -> int:
    spec = mount["spec"]
    return int(spec.get("minutes", 0)) + round(MINUTES_A_QUESTION * len(spec.get("questions", ())))


def _note(app: Sphinx, doctree: document) -> None:
    """Keep what other pages show of this one; Sphinx forgets a page's metadata with the page."""
    metadata: dict[str, Any] = app.env.metadata[app.env.docname]
    metadata.setdefault("minutes", str(minutes(doctree)))
    core = {one for section in _core(doctree) for one in section["ids"]}
    metadata["core"] = bool(core)
    label = words(app.config.language)["page-core"]
    for link in app.env.tocs[app.env.docname].findall(nodes.reference):
        if link["anchorname"].lstrip("#") in core:
            link += [nodes.Text(" "), nodes.inline(label, label, classes=["fp-core-mark"])]


def _core(doctree: document) -> list[nodes.section]:
    return [one for one in doctree.findall(nodes.section) if CORE in one["classes"]]


def place(env: BuildEnvironment, name: str) -> Place | None:
    """Return where a page stands, or None where it belongs to no module.

    A module is a page of the table of contents with sections of its own.
    """
    for chapter, sections in env.toctree_includes.items():
        parts = [chapter, *sections]
        if chapter != env.config.root_doc and name in parts:
            return Place(
                env.titles[chapter].astext(),
                [Part(one, env.titles[one].astext(), env.metadata[one]["core"]) for one in parts],
                parts.index(name) + 1,
                env.metadata[name]["minutes"],
            )
    return None


def _show(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: document | None
) -> None:
    context["fourps_place"] = place(app.env, pagename)


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.add_transform(MarkCore)
    # after Sphinx has noted metadata and headings
    app.connect("doctree-read", _note, priority=900)
    app.connect("html-page-context", _show)
