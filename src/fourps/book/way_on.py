"""The way through the course: a path, the button to begin or go on, and the step to the next page.

``{modules}`` is a path through the course, ``{pieces}`` one through a module. ``{start} start`` is
the one button of the first page, and of one with pieces; elsewhere it is a button to begin, and
nothing more. Each page of a lesson in pieces ends with the way on, before its sources.

For a reader who said yes to keeping, ``front/start.js`` ticks what they finished, turns the button
to where they go on, and on the last page of a module leads to what is not yet done there;
``front/mark.js`` marks a page as read when they go on. Links to a place of the lesson from when it
was one page lead on to the piece that has it now: ``book/addresses.csv`` says which.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.boxes import Fold
from fourps.book.citations import FOLDED
from fourps.book.country import DRAWINGS, symbols
from fourps.book.html import ARROW, SKIP, add, add_filled, embed, instead, on_page, tags
from fourps.book.my_course import START, WHOLE, MyCourse, course, is_read, onward, steps, whole
from fourps.book.place_in_module import MODULES, is_last, is_piece, module_of, pieces
from fourps.course import toc
from fourps.course.toc import ADDRESSES
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class ModulePath(nodes.General, nodes.Element):
    """The modules, or the pages of one, in order; ``stops`` is filled when all pages were read."""


class PathDirective(SphinxDirective):
    """``{modules}``: the modules as a path. ``{pieces}``: the pages of this module as one."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        used = (Path(self.env.srcdir, name) for name in (f"{DRAWINGS}/icons.svg", ADDRESSES))
        for path in filter(Path.is_file, used):
            self.env.note_dependency(str(path))
        return [ModulePath()]


def stops(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return the way through the module that a page is of, or else through the course."""
    if pieces(app.env, here):
        return _of_module(app, here)
    return _of_course(course(app, here)["modules"])


def _fill_path(app: Sphinx, path: ModulePath, name: str) -> None:
    path["symbols"] = {} if pieces(app.env, name) else symbols(Path(app.srcdir))
    path["stops"] = stops(app, name)


def _of_course(modules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each module: its title, its story, and where it begins."""
    listed = []
    for module in modules:
        parts = steps(module["parts"])
        story = next((step["title"] for step in parts if step["kind"] == "scenario"), "")
        folder = next((step["id"].split("/")[1] for step in parts if step["kind"] == "page"), "")
        stop = {"title": module["title"], "note": story, "href": module["href"], "icon": folder}
        listed.append(stop)
    return listed


def _of_module(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return each page of a module: its title, its minutes, and whether it is on the core route."""
    env, word = app.env, words(app.config.language)
    return [
        {
            "title": env.titles[name].astext(),
            "note": word["page-minutes"].format(minutes=env.metadata[name]["minutes"]),
            "core": word["page-core"] if env.metadata[name]["core"] else "",
            "href": app.builder.get_relative_uri(here, name),
            "icon": "",
        }
        for name in env.toctree_includes[here]
    ]


def _path(_writer: Any, node: ModulePath) -> str:
    drawn = node["symbols"]
    used = "".join(drawn.get(stop["icon"], "") for stop in node["stops"])
    html = (f"<svg hidden>{used}</svg>" if used else "") + '<ol class="fp-path">'
    for number, stop in enumerate(node["stops"], 1):
        icon = f'<svg class="fp-i" aria-hidden="true"><use href="#{stop["icon"]}"/></svg>'
        core = stop.get("core") and f' <span class="fp-core-mark">{escape(stop["core"])}</span>'
        html += (
            f'<li><span class="fp-dot" aria-hidden="true">{number}</span>'
            f'<a class="fp-step" href="{escape(stop["href"])}">'
            f"{icon if stop['icon'] in drawn else ''}<span><b>{escape(stop['title'])}</b> "
            f"<span>{escape(stop['note'])}{core or ''}</span></span></a></li>\n"
        )
    return f"{html}</ol>\n"


class Start(nodes.General, nodes.Element):
    """The button; its children say what it takes. ``page`` is where it leads at first."""


class StartDirective(SphinxDirective):
    """``{start} start``: the one button, and below it a line."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        page = self.env.relfn2path(f"{self.arguments[0]}.md")[0].removesuffix(".md")
        metadata = self.env.metadata[self.env.docname]
        metadata[WHOLE] = "yes"
        metadata.setdefault(START, page)
        start = Start(page=page)
        self.state.nested_parse(self.content, self.content_offset, start)
        return [start]


def _fill_start(app: Sphinx, start: Start, name: str) -> None:
    """Give the button its word, and on such pages what can be finished."""
    first, of_module = name == app.config.root_doc, name.startswith(MODULES)
    start["href"] = app.builder.get_relative_uri(name, start["page"])
    start["word"] = "front-start" if first else "module-start" if of_module else "begin"
    start["course"] = whole(app, name) if first or pieces(app.env, name) else None


def _button(writer: Any, node: Start) -> str:
    word = words(writer.config.language)[node["word"]]
    start = f" data-start>{onward(writer, node['course'])}" if node["course"] else ">"
    return (
        f'<div class="fp-start"{start}'
        f'<a class="fp-btn" href="{escape(node["href"])}"><span>{escape(word)}</span>{ARROW}</a>'
    )


class NextStep(nodes.General, nodes.Element):
    """The way on: ``href``, ``title`` and ``minutes`` of the next page, and the page to mark."""


class LastStep(NextStep):
    """The way on from the last page of a module; ``course`` is what can be finished."""


# where the text of a page leads on by itself
_LEADING = (NextStep, Start, MyCourse)


class MovedHeadings(nodes.General, nodes.Element):
    """Where each place of a page went that now stands elsewhere."""


def _lead_on(app: Sphinx, doctree: document, name: str) -> None:
    """Put the button before the sources, or at the end."""
    module = module_of(app.env, name)
    if app.builder.format != "html" or not pieces(app.env, module):
        return
    if name == module:
        if places := _moved(app, name):
            doctree += MovedHeadings(places=places)
        return
    _, _, following = app.builder.relations[name]  # type: ignore[attr-defined]
    if not following:
        return
    kind = LastStep if is_last(app.env, name) else NextStep
    step = kind(
        title=app.env.titles[following].astext(),
        href=app.builder.get_relative_uri(name, following),
        minutes=app.env.metadata[following]["minutes"],
        page=name if is_read(app.env, name) else "",
    )
    if isinstance(step, LastStep):
        step["course"] = whole(app, name)
    folds = (fold for fold in doctree.findall(Fold) if FOLDED in fold["classes"])
    if fold := next(folds, None):
        fold.parent.insert(fold.parent.index(fold), step)
    else:
        doctree += step


def _moved(app: Sphinx, name: str) -> dict[str, str]:
    here = app.builder.get_target_uri(name)
    listed = (row for row in toc.load_addresses(app.srcdir) if row.address.startswith(f"{here}#"))
    folder = posixpath.dirname(here)
    return {
        row.address.partition("#")[2]: posixpath.relpath(row.moved_to, folder) for row in listed
    }


def _next(writer: Any, node: NextStep) -> str:
    mine = words(writer.config.language)
    # what is played is not done because its page was opened
    mark = f' data-done="{escape(node["page"])}"' if node["page"] else ""
    # what is said aloud, filled in or played apart may not be done yet
    word = mine["piece-next" if node["page"].startswith(MODULES) else "piece-on"]
    last = isinstance(node, LastStep)
    taken = mine["page-minutes"].format(minutes=node["minutes"])
    return (
        f'<nav class="fp-onward" aria-label="{escape(mine["piece-way"])}"{" data-start" * last}>'
        f"{onward(writer, node['course']) if last else ''}"
        f'<a class="fp-btn" href="{escape(node["href"])}"{mark}><span>{escape(word)} '
        f"<b>{escape(node['title'])}</b> <span>{escape(taken)}</span></span>"
        f"{ARROW}</a></nav>\n"
    )


def _moved_html(_writer: Any, node: MovedHeadings) -> str:
    return f'<script type="application/json" data-moved>{embed(node["places"])}</script>\n'


def _show(app: Sphinx, page: str, context: dict[str, Any], doctree: document | None) -> None:
    nodes_here = doctree.findall() if doctree else ()
    context["fourps_leads"] = any(isinstance(node, _LEADING) for node in nodes_here)
    kinds = {app.config.root_doc: "fp-front"}
    if is_piece(app.env, page):
        kinds[page] = "fp-piece"
    elif pieces(app.env, page):
        kinds[page] = "fp-module"
    context["fourps_kind"] = kinds.get(page, "")


def register(app: Sphinx) -> None:
    """Add directives and nodes, and connect to Sphinx's events."""
    app.add_directive("modules", PathDirective)
    app.add_directive("pieces", PathDirective)
    add(app, ModulePath, instead(_path), SKIP)
    add_filled(app, ModulePath, _fill_path)
    app.add_directive("start", StartDirective)
    add(app, Start, tags(_button, "</div>\n"))
    add_filled(app, Start, _fill_start)
    add(app, NextStep, instead(_next), SKIP)
    add(app, LastStep, instead(_next), SKIP)
    add(app, MovedHeadings, instead(_moved_html), SKIP)
    # before the mark at a page's end
    app.connect("doctree-resolved", _lead_on, priority=400)
    on_page(app, _show)
