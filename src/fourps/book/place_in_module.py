"""Where a page stands in its module, how long it takes, what it teaches, and the core route.

A lesson may be one page or several pieces: pages in a folder that is called like the module's own
page, as ``lesson/risk`` belongs to ``lesson``. The core route is for readers who have little time.
"""

from __future__ import annotations

import math
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from fourps.book.decide import Decide
from fourps.book.figure import Asked
from fourps.book.html import on_page
from fourps.book.player_nodes import Mount
from fourps.course.outcomes import core, marked
from fourps.course.words import words
from fourps.scenario.sittings import WORDS_A_MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

CORE = "fp-core"
MINUTES_A_QUESTION = 0.75
OBJECTIVES = "fp-objectives"
MODULES = "modules/"
_EXERCISE = re.compile(rf"{MODULES}([^/]+)/exercise")


class MarkLines(SphinxTransform):
    """Marks the sections of the core route, and notes which outcomes a section teaches.

    Both stand in a line such as ``*Core route. Outcome 3.1.*``, which is read before it is
    translated.
    """

    default_priority = 15

    def apply(self, **_options: Any) -> None:
        """Mark lines and sections."""
        for emphasis in self.document.findall(nodes.emphasis):
            line, text = emphasis.parent, f"*{emphasis.astext()}*"
            if len(line) != 1:
                continue
            if core(text):
                line["classes"].append("fp-core-line")
                line.parent["classes"].append(CORE)
            if numbers := marked(text):
                line["outcomes"] = numbers
                if isinstance(line.parent, nodes.section):
                    line.parent["outcomes"] = numbers


class HideNumbers(SphinxTransform):
    """Leaves of such a line what it says to a reader, who knows no outcome by its number."""

    # after translation, so that translators see the line
    default_priority = 25

    def apply(self, **_options: Any) -> None:
        """Shorten lines with numbers, or take them away."""
        if self.app.builder.format != "html":
            return
        text = words(self.config.language)["page-core"]
        lines = (
            paragraph
            for paragraph in self.document.findall(nodes.paragraph)
            if "outcomes" in paragraph
        )
        for line in list(lines):
            if CORE in line.parent.get("classes", ()):
                line.children = []
                line.append(nodes.emphasis(text, text))
            else:
                line.parent.remove(line)


def minutes(doctree: document) -> int:
    """Return the minutes that a page takes, rounded up: reading, activities, what is played on it.

    A page is read at 160 words a minute as a story is, an activity says its own minutes, and a
    question, also one that stands within a text, takes three quarters of one. Citations, which are
    not yet resolved, are not read.

    Examples
    --------
    >>> from docutils.utils import new_document
    >>> page = new_document("")
    >>> page += nodes.paragraph("", "word " * 161)
    >>> minutes(page)
    2
    """
    texts = filter(_is_read, doctree.findall(nodes.Text))
    count = sum(len(text.astext().split()) for text in texts)
    titles = doctree.findall(nodes.title)
    decisions = sum(1 for _ in doctree.findall(Decide))
    return (
        math.ceil(count / WORDS_A_MINUTE + MINUTES_A_QUESTION * decisions)
        + sum(title.get("minutes", 0) for title in titles)
        + sum(map(_played, doctree.findall(Mount)))
    )


def _is_read(text: nodes.Node) -> bool:
    silent = (Asked, Mount, Decide, nodes.literal_block, nodes.raw, nodes.comment)
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


@dataclass(frozen=True)
class PageOfModule:
    """One page of a module; ``core`` when any of it belongs to the core route.

    ``plays`` are the ids of what is played on it.
    """

    name: str
    title: str
    core: bool
    plays: str


@dataclass(frozen=True)
class PlaceInModule:
    """A module's title and parts, which of them a page is, and the minutes that it takes.

    The others are for a lesson in pieces: the module's page and its number among so many modules,
    whether it has pieces, and the minutes of the core route and of everything.
    """

    title: str
    parts: list[PageOfModule]
    number: int
    minutes: str
    module: str
    pieces: bool
    among: tuple[int, int]
    whole: tuple[int, int]


def _note(app: Sphinx, doctree: document) -> None:
    """Keep what other pages show of this one; Sphinx forgets a page's metadata with the page."""
    metadata: dict[str, Any] = app.env.metadata[app.env.docname]
    metadata["reckoned"] = "minutes" not in metadata
    metadata.setdefault("minutes", str(minutes(doctree)))
    sections: list[Any] = list(doctree.findall(nodes.section))
    core = {name for section in sections if CORE in section["classes"] for name in section["ids"]}
    metadata["core"] = bool(core)
    metadata["teaches"] = [
        (number, section["ids"][0], section[0].astext())
        for section in sections
        for number in section.get("outcomes", ())
    ]
    lists: Iterable[Any] = doctree.findall(nodes.bullet_list)
    promised = (
        item for outcomes in lists if OBJECTIVES in outcomes["classes"] for item in outcomes
    )
    metadata["promises"] = {item[0].astext(): item[1].astext() for item in promised}
    label = words(app.config.language)["page-core"]
    for link in app.env.tocs[app.env.docname].findall(nodes.reference):
        if link["anchorname"].lstrip("#") in core:
            link += [nodes.Text(" "), nodes.inline(label, label, classes=["fp-core-mark"])]


def exercise_of(name: str) -> str:
    """Return the exercise that a page is, or nothing.

    Examples
    --------
    >>> exercise_of("modules/protection/exercise"), exercise_of("modules/protection/lab")
    ('protection', '')
    """
    match = _EXERCISE.fullmatch(name)
    return match[1] if match else ""


def is_piece(env: BuildEnvironment, name: str) -> bool:
    """Return whether a page is a piece of a lesson."""
    return posixpath.dirname(name) in env.found_docs


def module_of(env: BuildEnvironment, name: str) -> str:
    """Return the module's page, or nothing where a page belongs to no module.

    A module is a page of the table of contents with sections of its own.
    """
    for chapter, sections in env.toctree_includes.items():
        if chapter != env.config.root_doc and name in (chapter, *sections):
            return chapter
    return ""


def pieces(env: BuildEnvironment, module: str) -> tuple[str, ...]:
    """Return the pieces of a module's lesson, in order."""
    return tuple(page for page in env.toctree_includes.get(module, ()) if is_piece(env, page))


def is_last(env: BuildEnvironment, name: str) -> bool:
    """Return whether a page is the last of a module whose lesson comes in pieces."""
    module = module_of(env, name)
    return bool(pieces(env, module)) and name == env.toctree_includes[module][-1]


def place(env: BuildEnvironment, name: str) -> PlaceInModule | None:
    """Return where a page stands, or None where it belongs to no module."""
    module = module_of(env, name)
    if not module:
        return None
    names = [module, *env.toctree_includes[module]]
    parts = [_page(env, page) for page in names]
    chapters = env.toctree_includes[env.config.root_doc]
    modules = [chapter for chapter in chapters if chapter.startswith(MODULES)]
    known = env.metadata[name]
    # a story says itself how long it takes, a chapter too
    tells = known["reckoned"] and any(
        activity["kind"] == "scenario" for activity in known["played"]
    )
    return PlaceInModule(
        title=parts[0].title,
        parts=parts,
        number=names.index(name) + 1,
        minutes="" if tells else known["minutes"],
        module=module,
        pieces=bool(pieces(env, module)),
        among=(modules.index(module) + 1 if module in modules else 0, len(modules)),
        whole=_whole(env, parts[1:]),
    )


def _page(env: BuildEnvironment, name: str) -> PageOfModule:
    known = env.metadata[name]
    plays = " ".join(played["spec"]["id"] for played in known["played"])
    return PageOfModule(name, env.titles[name].astext(), known["core"], plays)


def _whole(env: BuildEnvironment, parts: list[PageOfModule]) -> tuple[int, int]:
    """Return the minutes of the core route, on which all is played, and of everything.

    An exercise is for who wants it, and takes as long as all the rest.
    """
    parts = [part for part in parts if not exercise_of(part.name)]
    taken = [int(env.metadata[part.name]["minutes"]) for part in parts]
    on_core = [part.core or bool(part.plays) for part in parts]
    return sum(n for n, core in zip(taken, on_core, strict=True) if core), sum(taken)


def _show(app: Sphinx, page: str, context: dict[str, Any], _doctree: document | None) -> None:
    context["fourps_place"] = place(app.env, page)


def register(app: Sphinx) -> None:
    """Add the transforms, and connect to Sphinx's events."""
    app.add_transform(MarkLines)
    app.add_transform(HideNumbers)
    # after Sphinx has noted metadata and headings
    app.connect("doctree-read", _note, priority=900)
    on_page(app, _show)
