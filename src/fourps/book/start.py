"""The first page, and that of a module: where to begin or go on, and the way as a path.

``{start} safety`` is the one button; ``{modules}`` the path through the course, ``{pieces}`` that
through a module. All are filled when all pages were read. For a reader who said yes to keeping,
``front/start.js`` turns the button to where they go on, and ticks what they finished.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.country_map import DRAWINGS, symbols
from fourps.book.html import embed
from fourps.book.my_course import WHOLE, course, parts_of
from fourps.book.nodes import PASS, SKIP
from fourps.book.place_bar import pieces
from fourps.course.addresses import ADDRESSES
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class Start(nodes.General, nodes.Element):
    """The button; its children say what it takes. ``page`` is where it leads at first."""


class ModulePath(nodes.General, nodes.Element):
    """The modules, or the pages of one, in order; ``stops`` is filled when all pages were read."""


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


class PathDirective(SphinxDirective):
    """``{modules}``: the modules as a path. ``{pieces}``: the pages of this module as one."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        used = (Path(self.env.srcdir, name) for name in (f"{DRAWINGS}/icons.svg", ADDRESSES))
        for path in filter(Path.is_file, used):
            self.env.note_dependency(str(path))
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
    """Give both what they need of the other pages: of the course, or of the module that this is."""
    starts, paths = list(doctree.findall(Start)), list(doctree.findall(ModulePath))
    if app.builder.format != "html" or not (starts or paths):
        return
    own, whole = pieces(app.env, name), course(app, name)
    stops = _of_module(app, name) if own else _of_course(whole["modules"])
    for start in starts:
        start["href"] = app.builder.get_relative_uri(name, start["page"])
        start["modules"] = [stop["steps"] for stop in stops]
        start["word"] = "module-start" if own else "front-start"
        quizzes = [one["three"] for one in whole["modules"]]
        asks = whole["three"] and not own
        start["three"] = {"href": whole["three"]["href"], "quizzes": quizzes} if asks else None
    for path in paths:
        path["symbols"] = {} if own else symbols(Path(app.srcdir))
        path["stops"] = stops


def _of_course(modules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each module: its title, its story, where it begins, and what of it can be finished."""
    stops = []
    for module in modules:
        ways = steps(module["parts"])
        stories = [one["title"] for one in ways if one["kind"] == "scenario"]
        folder = next((one["id"].split("/")[1] for one in ways if one["kind"] == "page"), "")
        stops.append(
            {
                "title": module["title"],
                "note": stories[0] if stories else "",
                "href": module["href"],
                "icon": folder,
                "steps": ways,
            }
        )
    return stops


def _of_module(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return each page of a module: its title, its minutes, and whether it is on the core route."""
    env, word = app.env, words(app.config.language)
    stops = []
    for name in env.toctree_includes[here]:
        note = word["page-minutes"].format(minutes=env.metadata[name]["minutes"])
        stops.append(
            {
                "title": env.titles[name].astext(),
                "note": note,
                "core": word["page-core"] if env.metadata[name]["core"] else "",
                "href": app.builder.get_relative_uri(here, name),
                "icon": "",
                "steps": steps(parts_of(app, here, name)),
            }
        )
    return stops


def _visit_start(self: Any, node: Start) -> None:
    mine = words(self.config.language)
    said = {key: mine[key] for key in ("front-go", "front-where", "front-three")}
    data = {"modules": node["modules"], "three": node["three"], "words": said}
    self.body.append(
        f'<div class="fp-start" data-start><script type="application/json">{embed(data)}</script>'
        f'<a class="fp-btn" href="{escape(node["href"])}">'
        f"<span>{escape(mine[node['word']])}</span>"
        '<svg class="fp-i fp-go" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M5 12h14M13 6l6 6-6 6"/></svg></a>'
    )


def _depart_start(self: Any, _node: Start) -> None:
    self.body.append("</div>\n")


def _visit_path(self: Any, node: ModulePath) -> None:
    drawn = node["symbols"]
    used = "".join(drawn.get(one["icon"], "") for one in node["stops"])
    done = escape(words(self.config.language)["front-done"])
    self.body.append((f"<svg hidden>{used}</svg>" if used else "") + '<ol class="fp-path">')
    for number, one in enumerate(node["stops"], 1):
        icon = f'<svg class="fp-i" aria-hidden="true"><use href="#{one["icon"]}"/></svg>'
        core = one.get("core") and f' <span class="fp-core-mark">{escape(one["core"])}</span>'
        self.body.append(
            f'<li data-done="{done}"><span class="fp-dot" aria-hidden="true">{number}</span>'
            f'<a class="fp-step" href="{escape(one["href"])}">'
            f"{icon if one['icon'] in drawn else ''}<span><b>{escape(one['title'])}</b> "
            f"<span>{escape(one['note'])}{core or ''}</span></span></a></li>\n"
        )
    self.body.append("</ol>\n")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Add directives and nodes."""
    app.add_directive("start", StartDirective)
    app.add_directive("modules", PathDirective)
    app.add_directive("pieces", PathDirective)
    app.add_node(Start, html=(_visit_start, _depart_start), latex=PASS, text=PASS, man=PASS)
    app.add_node(ModulePath, html=(_visit_path, None), latex=SKIP, text=SKIP, man=SKIP)
    app.connect("doctree-resolved", _fill)
