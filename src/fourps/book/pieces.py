"""A lesson in pieces: each page of such a module ends with the way on, and sources stand folded.

The button stands at the end of the text, before the sources. For a reader who said yes to keeping,
``front/mark.js`` marks the page as read when they go on, and on the last page of a module
``front/start.js`` leads to what is not yet done there. Links to a place of the lesson from when
it was one page lead on to the piece that has it now: ``book/addresses.csv`` says which.
"""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.folds import Fold
from fourps.book.html import ARROW, SKIP, add, embed, instead
from fourps.book.module_path import onward, whole
from fourps.book.my_course import MyCourse, is_read
from fourps.book.place_bar import MODULES, is_last, is_piece, module_of, pieces
from fourps.book.sources import FOLDED
from fourps.book.start import Start
from fourps.course import toc
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


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
    folds = (one for one in doctree.findall(Fold) if FOLDED in one["classes"])
    if fold := next(folds, None):
        fold.parent.insert(fold.parent.index(fold), step)
    else:
        doctree += step


def _moved(app: Sphinx, name: str) -> dict[str, str]:
    here = app.builder.get_target_uri(name)
    listed = (one for one in toc.load_addresses(app.srcdir) if one.address.startswith(f"{here}#"))
    folder = posixpath.dirname(here)
    return {
        one.address.partition("#")[2]: posixpath.relpath(one.moved_to, folder) for one in listed
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


def _show(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    nodes_here = doctree.findall() if doctree else ()
    context["fourps_leads"] = any(isinstance(one, _LEADING) for one in nodes_here)
    kinds = {app.config.root_doc: "fp-front"}
    if is_piece(app.env, pagename):
        kinds[pagename] = "fp-piece"
    elif pieces(app.env, pagename):
        kinds[pagename] = "fp-module"
    context["fourps_kind"] = kinds.get(pagename, "")


def register(app: Sphinx) -> None:
    """Add the nodes, and connect to Sphinx's events."""
    add(app, NextStep, instead(_next), SKIP)
    add(app, LastStep, instead(_next), SKIP)
    add(app, MovedHeadings, instead(_moved_html), SKIP)
    # before the mark at a page's end
    app.connect("doctree-resolved", _lead_on, priority=400)
    app.connect("html-page-context", _show)
