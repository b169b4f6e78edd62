"""The scripts and styles that a page loads, and the furniture around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils.nodes import comment
from markupsafe import escape
from rcssmin import cssmin
from rjsmin import jsmin

from fourps.book.aloud import Aloud
from fourps.book.exercise import HandIn
from fourps.book.furo import theme_style
from fourps.book.html import on_page
from fourps.book.lines import Gate, HostLine, HostName, marks_rule
from fourps.book.my_course import MyCourse
from fourps.book.panels import AskPanel, KeptPanel, OfflinePanel, ReadMark
from fourps.book.player_nodes import Mount
from fourps.book.three_questions import ThreeQuestions
from fourps.book.way_on import LastStep, MovedHeadings, NextStep, Start
from fourps.course import version
from fourps.course.words import words
from fourps.front import PLAYER_SHEETS, page_script, page_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Node, document
    from sphinx.application import Sphinx
    from sphinx.config import Config

# each script: the module that it begins with, and the nodes that need it
_SCRIPTS: dict[str, tuple[str, *tuple[type[Node], ...]]] = {
    "fourps.js": ("page", Mount, KeptPanel),
    "story.js": ("story", Mount),
    "offline.js": ("offline", OfflinePanel),
    "course.js": ("course", MyCourse),
    "mark.js": ("marked", ReadMark, NextStep, AskPanel),
    "terms.js": ("terms",),  # loaded by `fourps.book.glossary`
    "start.js": ("start", Start, LastStep, MovedHeadings),
    "three.js": ("three", ThreeQuestions),
    "aloud.js": ("sayaloud", Aloud),
    "exercise.js": ("exercise", HandIn),
    "here.js": ("beside", comment),
    "lines.js": ("lines", HostLine, HostName, Gate),
    "setup.js": ("setup",),  # loaded by `fourps.book.setup_page`
    "search.js": ("search",),  # loaded by `fourps.book.search`
}


def _ship(app: Sphinx, config: Config) -> None:
    """Add our script and style sheet, which are made here, to what Sphinx copies."""
    static = Path(app.outdir).parent / ".fourps-static"
    static.mkdir(parents=True, exist_ok=True)
    for name, (entry, *_) in _SCRIPTS.items():
        (static / name).write_text(jsmin(page_script(entry)), "utf-8")
    (static / "fourps.css").write_text(cssmin(page_style(*PLAYER_SHEETS)), "utf-8")
    for name in ("front", "exercise"):
        (static / f"{name}.css").write_text(cssmin(page_style(name)), "utf-8")
    if config.html_theme == "furo":
        (static / "styles").mkdir(exist_ok=True)
        (static / "styles" / "furo.css").write_text(theme_style(), "utf-8")
    config.html_static_path = [*config.html_static_path, str(static)]


def _plays(name: str, marks: Sequence[Node]) -> bool:
    """Say whether a page needs a script: a player's carries the marks of its page too."""
    if not any(isinstance(mark, _SCRIPTS[name][1:]) for mark in marks):
        return False
    if name == "here.js":
        return any(map(marks_rule, marks))
    kinds = {mark["kind"] for mark in marks if isinstance(mark, Mount)}
    kept = any(isinstance(mark, KeptPanel) for mark in marks)
    if name == "story.js":
        return "scenario" in kinds
    if name == "mark.js":
        return not kinds and not kept and not any(isinstance(mark, HandIn) for mark in marks)
    return name != "fourps.js" or kinds != {"scenario"} or kept


def _page(app: Sphinx, page: str, context: dict[str, Any], doctree: document | None) -> None:
    """Load only what the page uses, and say what it is."""
    app.add_css_file("fourps.css")
    needing = tuple(kind for _, *kinds in _SCRIPTS.values() for kind in kinds)
    marks = [node for node in doctree.findall() if isinstance(node, needing)] if doctree else []
    for name in _SCRIPTS:
        if _plays(name, marks):
            app.add_js_file(name, loading_method="defer")
    # a story is the heaviest page, and has no map, path or decision besides its own
    if not any(isinstance(mark, Mount) and mark["kind"] == "scenario" for mark in marks):
        app.add_css_file("front.css")
    if any(isinstance(mark, HandIn) for mark in marks):
        app.add_css_file("exercise.css")
    metadata = app.env.metadata.get(page, {})
    context["fourps_description"] = str(metadata.get("description", "")).strip()
    # whatever a translator wrote stays text, and what fills its braces too
    context["word"] = {key: escape(text) for key, text in words(app.config.language).items()}
    context["fourps_version"] = version()
    bar = [name for name in ("book/world", "book/my-course") if name in app.env.all_docs]
    context["fourps_bar"] = [{"name": name, "title": app.env.titles[name].astext()} for name in bar]
    for name in ("report", "offline", "news", "notebooks"):
        docname = f"book/{name}"
        context[f"fourps_{name}"] = docname if docname in app.env.all_docs else ""


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    # after Sphinx has looked: plain `sphinx-build` keeps its doctrees inside the output
    app.connect("config-inited", _ship, priority=900)
    # after the theme and the other extensions have had their say
    on_page(app, _page, 900)
