"""The whole course as scripts read it, the page "My course", and the mark at a page's end.

Everything is taken from the pages as they were read, translated by then, so that it stands once.
"""

from __future__ import annotations

import copy
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import SKIP, add, add_filled, embed, heading_level, instead, words_that_begin
from fourps.book.panels import KEEPING, ReadMark
from fourps.book.place_in_module import MODULES, exercise_of, is_last, is_piece, module_of, pieces
from fourps.book.player_nodes import Line, Mount, place_of
from fourps.quiz.player import marking, only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# of a page that holds something of every other
WHOLE = "whole-course"
# of a page whose button begins the course: where it leads
START = "start"
# of the page whose questions come back
THREE = "three-questions"
# how the keys of its words begin, but for those of the panel that asks whether to keep
_TOLD = (
    *("course-", "three-", "front-", "import-", "change-", "kind-", "band-"),
    *("record", "cop", "way", "label"),
)
# what of a choice is played; its texts are read on the scenario's own page
_MOVES = ("to", "when", "effects", "score", "critical", "repairs")


class MyCourse(nodes.General, nodes.Element):
    """The page that shows what a device keeps; ``spec`` is filled in when all pages were read."""


class MyCourseDirective(SphinxDirective):
    """``{my-course}``: what a device keeps of the reader's way through the course.

    The options ``test`` and ``weeks`` say after which test, and how much later, a reminder is due.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "test": directives.unchanged_required,
        "weeks": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        reminder = {"test": self.options.get("test", ""), "weeks": self.options.get("weeks", 12)}
        self.env.metadata[self.env.docname][WHOLE] = "yes"
        return [MyCourse(reminder=reminder)]


def _in_order(env: BuildEnvironment, name: str) -> Iterator[str]:
    """Yield a page and all below it in the order of the table of contents."""
    yield name
    for below in env.toctree_includes.get(name, []):
        yield from _in_order(env, below)


def filled(mount: Mount) -> dict[str, Any]:
    """Return the data of a player with its texts, in the language of the page."""
    spec: dict[str, Any] = copy.deepcopy(mount["spec"])
    for line in mount.findall(Line):
        if line["key"]:
            texts, last = place_of(spec, line["key"])
            texts[last] = line.astext().strip()
    return spec


def _scenario(mount: Mount) -> dict[str, Any]:
    """Return what replays a scenario, with the titles of its places, endings and competencies."""
    spec = filled(mount)
    return only(spec, "id", "version", "start", "variables", "title") | {
        "competencies": {
            name: only(competency, "title", "range")
            for name, competency in spec["competencies"].items()
        },
        "nodes": {
            name: {
                "title": node["title"],
                "choices": {key: only(move, *_MOVES) for key, move in node["choices"].items()},
            }
            for name, node in spec["nodes"].items()
        },
        "endings": [only(ending, "id", "kind", "when", "title") for ending in spec["endings"]],
    }


def _quiz(mount: Mount) -> dict[str, Any]:
    return marking(mount["spec"]) | {"title": filled(mount)["title"]}


_PLAYED = {"scenario": _scenario, "quiz": _quiz}
_A_WEEK = 3


def own(mount: Mount) -> list[str]:
    """Return the questions of a quiz that ask for the outcomes of its module; none of a test's."""
    spec, outcomes = mount["spec"], mount.get("outcomes", ())
    asked = spec.get("questions", {}) if not spec.get("test") else {}
    return [name for name, question in asked.items() if question["objective"] in outcomes]


def _note(app: Sphinx, doctree: document) -> None:
    """Keep what is played on a page; Sphinx forgets a page's metadata with the page."""
    mounts = [mount for mount in doctree.findall(Mount) if mount["kind"] in _PLAYED]
    app.env.metadata[app.env.docname]["played"] = [
        {"kind": mount["kind"], "spec": _PLAYED[mount["kind"]](mount), "own": len(own(mount))}
        for mount in mounts
    ]


def is_read(env: BuildEnvironment, name: str) -> bool:
    """Return whether a page is one to read, plays nothing, asks nothing, and not only leads on."""
    to_read = (name.startswith(MODULES) and not exercise_of(name)) or is_piece(env, name)
    return to_read and not env.metadata[name]["played"] and not pieces(env, name)


def parts_of(app: Sphinx, here: str, name: str) -> list[dict[str, Any]]:
    """Return what of one page can be finished: the page itself, or what is played on it.

    Addresses lead from the page `here`; ``front/course.js`` reads the rest.
    """
    title, href = app.env.titles[name].astext(), app.builder.get_relative_uri(here, name)
    if is_read(app.env, name):
        return [{"kind": "page", "name": name, "title": title, "href": href}]
    return [{**played, "href": href} for played in app.env.metadata[name]["played"]]


def course(app: Sphinx, here: str) -> dict[str, Any]:
    """Return all that can be finished, once every page was read.

    Addresses lead from the page `here`; ``front/course.js`` reads the rest. The ``modules`` have
    their parts, and so have the ``others``, which count for nothing: stories and routes elsewhere.
    A module's ``three`` are the quizzes whose questions come back, and ``three`` is the page that
    asks them.
    """
    env = app.env
    groups: dict[str, dict[str, Any]] = {}
    tests: list[dict[str, Any]] = []
    seen: set[str] = set()
    # what stands on a module's page and elsewhere too belongs to the module
    pages = sorted(
        _in_order(env, env.config.root_doc), key=lambda page: not page.startswith(MODULES)
    )
    for name in pages:
        first = module_of(env, name) or name
        group = groups.setdefault(first, {"page": first, "parts": []})
        for part in parts_of(app, here, name):
            spec = part.get("spec", {"id": name})
            if spec["id"] not in seen:
                seen.add(spec["id"])
                (tests if spec.get("test") else group["parts"]).append(part)
    shown = [group for group in groups.values() if group["parts"]]
    for group in shown:
        group["title"] = env.titles[group["page"]].astext()
        group["href"] = app.builder.get_relative_uri(here, group["page"])
        group["three"] = _coming_back(group["parts"])
    modules = [group for group in shown if group["page"].startswith(MODULES)]
    others = [group for group in shown if group not in modules]
    return {"modules": modules, "others": others, "tests": tests, "three": _three(app, here)}


def steps(parts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what can be finished: kind, id, title and address."""
    result = []
    for part in parts:
        about = part.get("spec", part)
        known = about["name" if part["kind"] == "page" else "id"]
        step = {"kind": part["kind"], "id": known, "title": about["title"], "href": part["href"]}
        result.append(step)
    return result


def whole(app: Sphinx, here: str) -> dict[str, Any]:
    """Return what ``front/next.js`` reads of the course, and which module the page `here` is of."""
    whole_course, module_page = course(app, here), module_of(app.env, here)
    pages = [module["page"] for module in (*whole_course["modules"], *whole_course["others"])]
    for kind in ("modules", "others"):
        whole_course[kind] = [
            {key: module[key] for key in ("title", "href", "three")}
            | {"steps": steps(module["parts"])}
            for module in whole_course[kind]
        ]
    here_is = pages.index(module_page) if module_page in pages else -1
    return whole_course | {"tests": steps(whole_course["tests"]), "here": here_is}


def onward(writer: Any, whole_course: dict[str, Any]) -> str:
    """Return what ``front/start.js`` reads beside a button, to lead to where a reader goes on."""
    data = {"course": whole_course, "words": words_that_begin(writer, "front-")}
    return f'<script type="application/json">{embed(data)}</script>'


def _coming_back(parts: list[dict[str, Any]]) -> list[str]:
    """Return the quizzes of a module whose questions come back, if they are enough for a week."""
    own = {part["spec"]["id"]: part["own"] for part in parts if part["kind"] == "quiz"}
    return [name for name, count in own.items() if count] if sum(own.values()) >= _A_WEEK else []


def _three(app: Sphinx, here: str) -> dict[str, str] | None:
    """Return the page that asks them, if the book has one."""
    env = app.env
    for name in (name for name, metadata in env.metadata.items() if THREE in metadata):
        href = app.builder.get_relative_uri(here, name)
        return {"title": env.titles[name].astext(), "href": href}
    return None


def _fill(app: Sphinx, node: MyCourse, name: str) -> None:
    first = app.env.metadata[app.env.config.root_doc].get(START)
    start = app.builder.get_relative_uri(name, first) if first else ""
    node["spec"] = {**course(app, name), "reminder": node["reminder"], "start": start}


def _add_mark(app: Sphinx, doctree: document, name: str) -> None:
    """Give each page that is read its mark."""
    if app.builder.format == "html" and is_read(app.env, name):
        doctree += ReadMark(page=name)


def _html(writer: Any, node: MyCourse) -> str:
    mine = words_that_begin(writer, *KEEPING, *_TOLD)
    return (
        f'<div data-course data-level="{heading_level(node)}">'
        f'<script type="application/json">{embed({"spec": node["spec"], "words": mine})}</script>'
        f'<div class="fp-text"><p>{escape(mine["course-text"])}</p></div></div>\n'
    )


def _write_again(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write a page again whenever any page was read, if it holds something of each."""
    return [
        name for name, metadata in env.metadata.items() if WHOLE in metadata or is_last(env, name)
    ]


def register(app: Sphinx) -> None:
    """Add the directive, and connect to Sphinx's events."""
    app.add_directive("my-course", MyCourseDirective)
    add(app, MyCourse, instead(_html), SKIP)
    read: set[str] = set()
    app.connect("doctree-read", lambda app, _doctree: read.add(app.env.docname))
    app.connect("env-merge-info", lambda _app, _env, names, _other: read.update(names))
    app.connect("env-get-updated", lambda app, env: _write_again(app, env) if read else [])
    app.connect("doctree-read", _note, priority=900)
    add_filled(app, MyCourse, _fill)
    app.connect("doctree-resolved", _add_mark)
