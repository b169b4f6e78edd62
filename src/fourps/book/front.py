"""The first page: where to begin or go on, and the modules as a path.

``{start} safety`` is the one button; ``{modules}`` the path. Both are filled when all pages were
read. For a reader who said yes to keeping, ``front/start.js`` turns the button to where they go on,
and ticks the modules that they finished.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import embed
from fourps.book.land import DRAWINGS, symbols
from fourps.book.my_course import WHOLE, course
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class Start(nodes.General, nodes.Element):
    """The button; its children say what it takes. ``page`` is where it leads at first."""


class ModulePath(nodes.General, nodes.Element):
    """The modules in order; ``modules`` is filled when all pages were read."""


class StartDirective(SphinxDirective):
    """``{start} safety``: the one button, and below it a line."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        page, _ = self.env.relfn2path(f"{self.arguments[0]}.md")
        start = Start(page=page.removesuffix(".md"))
        self.state.nested_parse(self.content, self.content_offset, start)
        return [start]


class ModulesDirective(SphinxDirective):
    """``{modules}``: the modules as a path."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        self.env.note_dependency(str(Path(self.env.srcdir, DRAWINGS, "icons.svg")))
        return [ModulePath()]


def steps(parts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what can be finished: kind, id, title and address."""
    return [
        {"kind": one["kind"], "id": one["name"], "title": one["title"], "href": one["href"]}
        if one["kind"] == "page"
        else {
            "kind": one["kind"],
            "id": one["spec"]["id"],
            "title": one["spec"]["title"],
            "href": one["href"],
        }
        for one in parts
    ]


def _fill(app: Sphinx, doctree: document, name: str) -> None:
    """Give both what they need of the other pages."""
    starts, paths = list(doctree.findall(Start)), list(doctree.findall(ModulePath))
    if app.builder.format != "html" or not (starts or paths):
        return
    whole = course(app, name)
    modules = whole["modules"]
    for start in starts:
        start["href"] = app.builder.get_relative_uri(name, start["page"])
        start["modules"] = [steps(one["parts"]) for one in modules]
        quizzes = [one["three"] for one in modules]
        start["three"] = whole["three"] and {"href": whole["three"]["href"], "quizzes": quizzes}
    for path in paths:
        path["symbols"] = symbols(Path(app.srcdir))
        path["modules"] = [_told(one) for one in modules]


def _told(module: dict[str, Any]) -> dict[str, str]:
    """Return what the path says of a module: its name, its story, and where it begins."""
    ways = steps(module["parts"])
    stories = [one["title"] for one in ways if one["kind"] == "scenario"]
    folder = next((one["id"].split("/")[1] for one in ways if one["kind"] == "page"), "")
    return {
        "title": module["title"],
        "story": stories[0] if stories else "",
        "href": ways[0]["href"],
        "icon": folder,
    }


def _visit_start(self: Any, node: Start) -> None:
    mine = words(self.config.language)
    said = {key: mine[key] for key in ("front-go", "front-where", "front-three")}
    data = {"modules": node["modules"], "three": node["three"], "words": said}
    self.body.append(
        f'<div class="fp-start" data-start><script type="application/json">{embed(data)}</script>'
        f'<a class="fp-btn" href="{escape(node["href"])}">'
        f"<span>{escape(mine['front-start'])}</span>"
        '<svg class="fp-i fp-go" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M5 12h14M13 6l6 6-6 6"/></svg></a>'
    )


def _depart_start(self: Any, _node: Start) -> None:
    self.body.append("</div>\n")


def _visit_path(self: Any, node: ModulePath) -> None:
    drawn = node["symbols"]
    used = "".join(drawn.get(one["icon"], "") for one in node["modules"])
    done = escape(words(self.config.language)["front-done"])
    self.body.append(f'<svg hidden>{used}</svg><ol class="fp-path">')
    for number, one in enumerate(node["modules"], 1):
        icon = f'<svg class="fp-i" aria-hidden="true"><use href="#{one["icon"]}"/></svg>'
        self.body.append(
            f'<li data-done="{done}"><span class="fp-dot" aria-hidden="true">{number}</span>'
            f'<a class="fp-step" href="{escape(one["href"])}">'
            f"{icon if one['icon'] in drawn else ''}<span><b>{escape(one['title'])}</b> "
            f"<span>{escape(one['story'])}</span></span></a></li>\n"
        )
    self.body.append("</ol>\n")
    raise nodes.SkipNode


def _pass(_self: Any, _node: nodes.Node) -> None:
    """Show the children and nothing around them."""


def _skip(_self: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Add directives and nodes."""
    app.add_directive("start", StartDirective)
    app.add_directive("modules", ModulesDirective)
    through, skip = (_pass, _pass), (_skip, None)
    app.add_node(
        Start, html=(_visit_start, _depart_start), latex=through, text=through, man=through
    )
    app.add_node(ModulePath, html=(_visit_path, None), latex=skip, text=skip, man=skip)
    app.connect("doctree-resolved", _fill)
