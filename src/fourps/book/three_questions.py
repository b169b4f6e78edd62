"""The page "Three questions": a module that was played comes back, three questions a week.

``front/weeks.js`` says which, and when. The questions of each quiz that come back are a script of
their own, written with the quiz's page: a page that was opened from disk can read nothing else, and
loads only what it asks.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import add, add_filled, embed, heading_level, on_page, tags
from fourps.book.my_course import THREE, WHOLE, filled, own, whole
from fourps.book.player_nodes import Mount, SourceLine, place_of, words_said
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class ThreeQuestions(nodes.General, nodes.Element):
    """Where they are asked; its children are for whom they cannot come back.

    ``modules`` is filled when all pages were read.
    """


class ThreeDirective(SphinxDirective):
    """``{three}``: this week's three questions, and when the next are due.

    The content is for readers who did not say yes to keeping, and where there is no JavaScript.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname] |= {WHOLE: "yes", THREE: "yes"}
        three = ThreeQuestions()
        self.state.nested_parse(self.content, self.content_offset, three)
        return [three]


def _fill(app: Sphinx, node: ThreeQuestions, name: str) -> None:
    node["modules"] = whole(app, name)["modules"]


def _questions(mount: Mount, page: str) -> dict[str, Any]:
    """Return a quiz with all its texts, and of its questions those that come back."""
    spec = filled(mount)
    for cited in mount.findall(SourceLine):
        place, last = place_of(spec, cited["key"])
        place[last] = [_link(reference, page) for reference in cited.findall(nodes.reference)]
    return spec | {"questions": {name: spec["questions"][name] for name in own(mount)}}


def _link(node: nodes.reference, page: str) -> dict[str, str]:
    """Return a source with its address from the book's folder."""
    href = posixpath.normpath(posixpath.join(posixpath.dirname(page), node["refuri"]))
    return {"label": node.astext(), "href": href}


def _write(app: Sphinx, page: str, _context: dict[str, Any], doctree: document | None) -> None:
    """Write the questions of a page that come back."""
    for mount in doctree.findall(Mount) if doctree else ():
        if own(mount):
            name = mount["spec"]["id"]
            path = Path(app.outdir, "three", f"{name}.js")
            path.parent.mkdir(exist_ok=True)
            text = f"Three.set({embed(name)},{embed(_questions(mount, page))});\n"
            path.write_text(text, "utf-8")


def _start(writer: Any, node: ThreeQuestions) -> str:
    mine = words_said(writer, "three")
    data = embed({"spec": {"modules": node["modules"]}, "words": mine})
    return (
        f'<div data-three data-level="{heading_level(node)}">'
        f'<script type="application/json">{data}</script><div class="fp-text">'
    )


def _end(writer: Any, node: ThreeQuestions) -> str:
    links = "".join(
        f'<li><a href="{escape(quiz["href"])}">{escape(module["title"])}</a></li>'
        for module in node["modules"]
        for quiz in module["steps"]
        if quiz["id"] in module["three"][-1:]
    )
    lead = escape(words(writer.config.language)["three-quizzes"])
    return f"<p>{lead}</p><ul>{links}</ul></div></div>\n"


def register(app: Sphinx) -> None:
    """Add directive and node, and connect to the writing of pages."""
    app.add_directive("three", ThreeDirective)
    add(app, ThreeQuestions, tags(_start, _end))
    add_filled(app, ThreeQuestions, _fill)
    on_page(app, _write)
