"""The page "Three questions": a finished module comes back, three questions a week.

``front/weeks.js`` says which, and when. The questions of each quiz that come back are a script of
their own, written with the quiz's page: a page that was opened from disk can read nothing else, and
loads only what it asks.
"""

from __future__ import annotations

import copy
import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import embed, heading_level
from fourps.book.my_course import THREE, WHOLE, course, own
from fourps.book.nodes import PASS, Line, Mount, SourceLine
from fourps.book.player_nodes import place_of
from fourps.book.start import steps
from fourps.course.words import words
from fourps.front import says

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


def _fill(app: Sphinx, doctree: document, name: str) -> None:
    if app.builder.format != "html":
        return
    for node in list(doctree.findall(ThreeQuestions)):
        node["modules"] = [
            {"title": one["title"], "steps": steps(one["parts"]), "three": one["three"]}
            for one in course(app, name)["modules"]
        ]


def _questions(mount: Mount, page: str) -> dict[str, Any]:
    """Return a quiz with all its texts, and of its questions those that come back."""
    spec: dict[str, Any] = copy.deepcopy(mount["spec"])
    for line in mount.findall(Line):
        if line["key"]:
            place, last = place_of(spec, line["key"])
            place[last] = line.astext().strip()
    for cited in mount.findall(SourceLine):
        place, last = place_of(spec, cited["key"])
        place[last] = [_link(one, page) for one in cited.findall(nodes.reference)]
    return spec | {"questions": {name: spec["questions"][name] for name in own(mount)}}


def _link(node: nodes.reference, page: str) -> dict[str, str]:
    """Return a source with its address from the book's folder."""
    href = posixpath.normpath(posixpath.join(posixpath.dirname(page), node["refuri"]))
    return {"label": node.astext(), "href": href}


def _write(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: document | None
) -> None:
    """Write the questions of a page that come back."""
    for mount in doctree.findall(Mount) if doctree else ():
        if own(mount):
            name = mount["spec"]["id"]
            path = Path(app.outdir, "three", f"{name}.js")
            path.parent.mkdir(exist_ok=True)
            text = f"Three.set({embed(name)},{embed(_questions(mount, pagename))});\n"
            path.write_text(text, "utf-8")


def _visit(self: Any, node: ThreeQuestions) -> None:
    every = words(self.config.language)
    mine = {key: text for key, text in every.items() if says("three", key)}
    data = embed({"spec": {"modules": node["modules"]}, "words": mine})
    self.body.append(
        f'<div data-three data-level="{heading_level(node)}">'
        f'<script type="application/json">{data}</script><div class="fp-text">'
    )


def _depart(self: Any, node: ThreeQuestions) -> None:
    links = "".join(
        f'<li><a href="{escape(quiz["href"])}">{escape(module["title"])}</a></li>'
        for module in node["modules"]
        for quiz in module["steps"]
        if quiz["id"] in module["three"][-1:]
    )
    lead = escape(words(self.config.language)["three-quizzes"])
    self.body.append(f"<p>{lead}</p><ul>{links}</ul></div></div>\n")


def register(app: Sphinx) -> None:
    """Add the directive, and connect to the writing of pages."""
    app.add_directive("three", ThreeDirective)
    app.add_node(ThreeQuestions, html=(_visit, _depart), latex=PASS, text=PASS, man=PASS)
    app.connect("doctree-resolved", _fill)
    app.connect("html-page-context", _write)
