"""Where the pages show what the host filled in: its lines, its name, and a bar while there is none.

``book/lines.yaml`` says which line of a page has which id. A page that is built says what holds
without the host's file, "Not filled in" or a blank line; ``front/lines.js`` puts the rest in.

The file lies beside the site's first page (`fourps.course.local`), so a page in a language that has
a folder looks one folder higher. A page that shows nothing of it does not know of it. A page whose
text or reasons state rules shows the host's line beside them, with words of ours around it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.html import SKIP, add, embed, instead, on_page
from fourps.book.page_language import place
from fourps.book.player_nodes import Mount
from fourps.book.tables import SAID
from fourps.course.language import tag
from fourps.course.local import CHECKED, LOCAL, NEXT, SETUP, Lines
from fourps.course.page import marked_rules
from fourps.course.source import Source
from fourps.course.words import words
from fourps.front import page_script

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

TABLE = "book/lines.yaml"
# the page whose lines a reader relies on, and the page that sends readers there first
HELP, SAFETY = "book/local", "book/safety"


class ShowsLocal(nodes.Element):
    """What a page has where it shows something of the host's file: the base of such nodes."""


def marks_rule(node: nodes.Node) -> bool:
    """Return whether this is a comment that marks a rule (``% rule: child-within-a-day``)."""
    return isinstance(node, nodes.comment) and bool(marked_rules(node.astext()))


def _reasons_state_rules(node: nodes.Node) -> bool:
    if not isinstance(node, Mount):
        return False
    scenes, questions = (node["spec"].get(key, {}).values() for key in ("nodes", "questions"))
    reasons = [choice for scene in scenes for choice in scene["choices"].values()]
    return any("rule" in reason for reason in (*reasons, *questions))


def _say_where(app: Sphinx, _page: str, context: dict[str, Any], doctree: document | None) -> None:
    every = [*doctree.findall()] if doctree else []
    rules = any(marks_rule(node) or _reasons_state_rules(node) for node in every)
    if not rules and not any(isinstance(node, ShowsLocal) for node in every):
        return
    config = app.config
    # a reason that states a rule loads the script when it is shown; what browsers keep has its hash
    here = hashlib.sha256(page_script("beside").encode()).hexdigest()[:8]
    context["fourps_here"] = f"{context['content_root']}_static/here.js?v={here}" if rules else ""
    higher = "../" if place(config, tag(config.language)) else ""
    context["fourps_local"] = f"{context['content_root']}{higher}{LOCAL}"


class HostLine(ShowsLocal):
    """Stands in a cell that has a line of the host."""


class HostName(ShowsLocal):
    """The host's name and logo, once they are known."""


class Gate(ShowsLocal):
    """Says that Local help is empty, or overdue; ``ids`` are its lines, ``help`` leads there."""


class SetUp(nodes.General, nodes.Element):
    """Leads the host to the form."""


@cache
def _pages(path: Path, _changed: int) -> dict[str, dict[str, str | None]]:
    return {
        page.removesuffix(".md"): lines for page, lines in Source.load(path, Lines)[0].pages.items()
    }


def _read(app: Sphinx) -> dict[str, dict[str, str | None]]:
    path = Path(app.srcdir) / TABLE
    # a book without Local help has nothing to fill in
    asks = path.is_file() and (Path(app.srcdir) / f"{HELP}.md").is_file()
    return _pages(path, path.stat().st_mtime_ns) if asks else {}


def _note(app: Sphinx, _doctree: document) -> None:
    """Have each page read again when its lines have other ids."""
    if app.env.docname in _read(app):
        app.env.note_dependency(str(Path(app.srcdir) / TABLE))


def lines(doctree: document, named: dict[str, str | None]) -> dict[str, nodes.row]:
    """Return the rows of a page that have lines of the host, by id."""
    rows = {}
    for row in doctree.findall(nodes.row):
        for text in row.children[0].findall(nodes.paragraph):
            # what a translation leaves as it was written
            if name := named.get(text.rawsource.strip()):
                rows[name] = row
    return rows


def _mark(app: Sphinx, doctree: document, name: str) -> None:
    pages = _read(app) if app.builder.format == "html" else {}
    if name not in pages and not (pages and name in (SAFETY, app.config.root_doc)):
        return
    for key, row in lines(doctree, pages.get(name, {})).items():
        cell = list(row.findall(nodes.entry))[1]
        cell[SAID] = cell.get(SAID, {}) | {"data-local": key}
        cell += HostLine()
    title = next(iter(doctree.findall(nodes.title)))
    added: list[nodes.Node] = [HostName(aid=name.endswith("/aid"))] if name != SAFETY else []
    if name in (HELP, SAFETY):
        ids = [line for line in pages[HELP].values() if line not in (CHECKED, NEXT, None)]
        added.append(Gate(ids=ids, help="local.html" if name == SAFETY else ""))
    title.parent[1:1] = added
    if name == HELP:
        # the last part is the host's
        list(doctree.findall(nodes.section))[-1].insert(1, SetUp())


def _gate(writer: Any, node: Gate) -> str:
    word = words(writer.config.language)
    data = escape(embed({"ids": node["ids"], "overdue": word["local-overdue"]}))
    text = f"<p>{escape(word['local-empty'])}</p>"
    link = f'<p><a href="{node["help"]}">{escape(word["local-open"])}</a></p>'
    return f'<div class="fp-gate" data-gate="{data}">{text}{link if node["help"] else ""}</div>\n'


def _set_up(writer: Any, _node: SetUp) -> str:
    text = escape(words(writer.config.language)["local-set"])
    return f'<p><a href="../{SETUP}">{text}</a></p>\n'


def _name(writer: Any, node: HostName) -> str:
    word = words(writer.config.language)
    keys = ("local-by", "local-until", "local-old") if node["aid"] else ("local-by",)
    data = escape(embed({key: word[key] for key in keys}))
    return f'<div class="fp-host" data-host="{data}" hidden></div>\n'


def register(app: Sphinx) -> None:
    """Add the nodes, and mark the pages when they are written."""
    on_page(app, _say_where)
    add(app, HostLine, SKIP, SKIP)
    add(app, HostName, instead(_name), SKIP)
    add(app, Gate, instead(_gate), SKIP)
    add(app, SetUp, instead(_set_up), SKIP)
    app.connect("doctree-read", _note)
    # after the transforms that say what a cell is, and the class of a blank line
    app.connect("doctree-resolved", _mark, priority=800)
