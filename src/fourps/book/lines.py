"""Where the pages show what the host filled in: its lines, its name, and a bar while there is none.

``book/lines.yaml`` says which line of a page has which id. A page that is built says what holds
without the host's file, "Not filled in" or a blank line; ``front/lines.js`` puts the rest in.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.html import SKIP, add, embed, instead
from fourps.book.shows_local import ShowsLocal
from fourps.book.tables import SAID
from fourps.course.local import CHECKED, NEXT, SETUP, Lines
from fourps.course.source import Source
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

TABLE = "book/lines.yaml"
# the page whose lines a reader relies on, and the page that sends readers there first
HELP, SAFETY = "book/local", "book/safety"


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
    found = {}
    for row in doctree.findall(nodes.row):
        for text in row.children[0].findall(nodes.paragraph):
            # what a translation leaves as it was written
            if name := named.get(text.rawsource.strip()):
                found[name] = row
    return found


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
        ids = [one for one in pages[HELP].values() if one not in (CHECKED, NEXT, None)]
        added.append(Gate(ids=ids, help="local.html" if name == SAFETY else ""))
    title.parent[1:1] = added
    if name == HELP:
        # the last part is the host's
        list(doctree.findall(nodes.section))[-1].insert(1, SetUp())


def _gate(writer: Any, node: Gate) -> str:
    said = words(writer.config.language)
    data = escape(embed({"ids": node["ids"], "overdue": said["local-overdue"]}))
    text = f"<p>{escape(said['local-empty'])}</p>"
    link = f'<p><a href="{node["help"]}">{escape(said["local-open"])}</a></p>'
    return f'<div class="fp-gate" data-gate="{data}">{text}{link if node["help"] else ""}</div>\n'


def _set_up(writer: Any, _node: SetUp) -> str:
    text = escape(words(writer.config.language)["local-set"])
    return f'<p><a href="../{SETUP}">{text}</a></p>\n'


def _name(writer: Any, node: HostName) -> str:
    said = words(writer.config.language)
    keys = ("local-by", "local-until", "local-old") if node["aid"] else ("local-by",)
    data = escape(embed({key: said[key] for key in keys}))
    return f'<div class="fp-host" data-host="{data}" hidden></div>\n'


def register(app: Sphinx) -> None:
    """Add the nodes, and mark the pages when they are written."""
    add(app, HostLine, SKIP, SKIP)
    add(app, HostName, instead(_name), SKIP)
    add(app, Gate, instead(_gate), SKIP)
    add(app, SetUp, instead(_set_up), SKIP)
    app.connect("doctree-read", _note)
    # after the transforms that say what a cell is, and the class of a blank line
    app.connect("doctree-resolved", _mark, priority=800)
