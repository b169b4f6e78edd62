"""The way as a path: ``{modules}`` through the course, ``{pieces}`` through a module.

For a reader who said yes to keeping, ``front/start.js`` ticks what they finished.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.country_map import DRAWINGS, symbols
from fourps.book.html import SKIP, add, add_filled, embed, instead, words_that_begin
from fourps.book.my_course import WHOLE, course
from fourps.book.place_bar import module_of, pieces
from fourps.course.toc import ADDRESSES
from fourps.course.words import words

if TYPE_CHECKING:
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


def steps(parts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what can be finished: kind, id, title and address."""
    found = []
    for part in parts:
        about = part.get("spec", part)
        known = about["name" if part["kind"] == "page" else "id"]
        step = {"kind": part["kind"], "id": known, "title": about["title"], "href": part["href"]}
        found.append(step)
    return found


def whole(app: Sphinx, here: str) -> dict[str, Any]:
    """Return what ``front/next.js`` reads of the course, and which module the page `here` is of."""
    found, own = course(app, here), module_of(app.env, here)
    pages = [one["page"] for one in (*found["modules"], *found["others"])]
    for kind in ("modules", "others"):
        found[kind] = [
            {key: one[key] for key in ("title", "href", "three")} | {"steps": steps(one["parts"])}
            for one in found[kind]
        ]
    here_is = pages.index(own) if own in pages else -1
    return found | {"tests": steps(found["tests"]), "here": here_is}


def onward(writer: Any, found: dict[str, Any]) -> str:
    """Return what ``front/start.js`` reads beside a button, to lead to where a reader goes on."""
    data = {"course": found, "words": words_that_begin(writer, "front-")}
    return f'<script type="application/json">{embed(data)}</script>'


def stops(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return the way through the module that a page is of, or else through the course."""
    if pieces(app.env, here):
        return _of_module(app, here)
    return _of_course(course(app, here)["modules"])


def _fill(app: Sphinx, path: ModulePath, name: str) -> None:
    path["symbols"] = {} if pieces(app.env, name) else symbols(Path(app.srcdir))
    path["stops"] = stops(app, name)


def _of_course(modules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each module: its title, its story, and where it begins."""
    found = []
    for module in modules:
        ways = steps(module["parts"])
        stories = [one["title"] for one in ways if one["kind"] == "scenario"]
        folder = next((one["id"].split("/")[1] for one in ways if one["kind"] == "page"), "")
        found.append(
            {
                "title": module["title"],
                "note": stories[0] if stories else "",
                "href": module["href"],
                "icon": folder,
            }
        )
    return found


def _of_module(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return each page of a module: its title, its minutes, and whether it is on the core route."""
    env, word = app.env, words(app.config.language)
    found = []
    for name in env.toctree_includes[here]:
        note = word["page-minutes"].format(minutes=env.metadata[name]["minutes"])
        found.append(
            {
                "title": env.titles[name].astext(),
                "note": note,
                "core": word["page-core"] if env.metadata[name]["core"] else "",
                "href": app.builder.get_relative_uri(here, name),
                "icon": "",
            }
        )
    return found


def _path(_writer: Any, node: ModulePath) -> str:
    drawn = node["symbols"]
    used = "".join(drawn.get(one["icon"], "") for one in node["stops"])
    html = (f"<svg hidden>{used}</svg>" if used else "") + '<ol class="fp-path">'
    for number, one in enumerate(node["stops"], 1):
        icon = f'<svg class="fp-i" aria-hidden="true"><use href="#{one["icon"]}"/></svg>'
        core = one.get("core") and f' <span class="fp-core-mark">{escape(one["core"])}</span>'
        html += (
            f'<li><span class="fp-dot" aria-hidden="true">{number}</span>'
            f'<a class="fp-step" href="{escape(one["href"])}">'
            f"{icon if one['icon'] in drawn else ''}<span><b>{escape(one['title'])}</b> "
            f"<span>{escape(one['note'])}{core or ''}</span></span></a></li>\n"
        )
    return f"{html}</ol>\n"


def register(app: Sphinx) -> None:
    """Add directives and node."""
    app.add_directive("modules", PathDirective)
    app.add_directive("pieces", PathDirective)
    add(app, ModulePath, instead(_path), SKIP)
    add_filled(app, ModulePath, _fill)
