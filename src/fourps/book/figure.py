"""Turn an explorable figure into nodes: its words are text of the page, its frames are data."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from fourps.book.boxes import Fold, Summary
from fourps.book.html import SKIP, add, instead, tags
from fourps.book.player_nodes import Builder, Line, Mount
from fourps.book.tables import ForHtml
from fourps.course.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

    from fourps.book.page_in_book import PageInBook

# CSS pixels for one point, where there is room: no larger than the page's own text
_ENLARGED = 1.35
# what a figure is called for short
_CALLED = re.compile(r"\S+ \d+(?=[.:])")
_NUMBER = re.compile(r"[\d\s.,:%+()\N{MINUS SIGN}-]*")


class Controls(nodes.General, nodes.Element):
    """What a reader can change in a figure; its children are of `Control`."""


class Control(nodes.General, nodes.Element):
    """One control: ``kind`` is range or select, its children the lines of label and options."""


class Plot(nodes.General, nodes.Element):
    """A figure: its caption, what readers are asked before they see it, and what is shown."""


class GuessBefore(nodes.General, nodes.Element):
    """The question before a figure; its children are the lines of the question and its options."""


class Shown(nodes.General, nodes.Element):
    """What is seen of a figure after the question."""


class Picture(nodes.General, nodes.Element):
    """The frame of a figure that is shown first: ``svg`` and ``size``; the line of its alt text."""


class Asked(nodes.paragraph):
    """A text that a cell asked for, with its places: here for translators only."""


class FigureBeforeCode(ForHtml):
    """Puts the folded code of a cell after what it drew, for readers who do not program."""

    # after MyST-NB has folded it
    default_priority = 200

    def run(self, **_options: Any) -> None:
        """Move each fold whose cell holds a figure or player."""
        for fold in list(self.document.findall(HideCodeCellNode)):
            cell = fold.parent
            drawn = cell.next_node(Mount)
            if fold.next_node(Mount) is None and drawn is not None:
                cell.remove(fold)
                cell.append(fold)
                fold["of"] = drawn.get("called", "")


class AskedOutOfSight(ForHtml):
    """Takes out what only translators read, and the output of a cell that was nothing else."""

    # before folds look for what a cell drew
    default_priority = 199

    def run(self, **_options: Any) -> None:
        """Remove each text, and what is empty without it."""
        for node in list(self.document.findall(Asked)):
            parent = node.parent
            parent.remove(node)
            while not parent.children:
                gone, parent = parent, parent.parent
                parent.remove(gone)


class _Cell:
    """Where the words of a figure stand: in the cell that made it."""

    def __init__(self, line: int) -> None:
        self._line = line

    def line(self, _place: tuple[str, ...]) -> int:
        return self._line


def asked_nodes(page: PageInBook, texts: list[str]) -> list[nodes.Node]:
    """Return a node for each text that a cell asked for; Sphinx counts what is lacking."""
    asked: list[nodes.Node] = []
    for text in texts:
        asked.append(node := Asked(text, text, support_smartquotes=False))
        page.mark(node, text)
    return asked


class _Said(Builder):
    """Makes nodes of texts that are in the page's language: the cell has said them so."""

    def text(self, text: str, line: int, **attributes: Any) -> Line:
        given = {"key": "", "tag": "p", "lead": "", "refid": ""} | attributes
        node = Line(text, text, support_smartquotes=False, translatable=False, **given)
        node.source, node.line = str(self.path), line
        return node


def figure_nodes(page: PageInBook, path: Path, spec: dict[str, Any]) -> list[nodes.Node]:
    """Return a mount, whose children are the figure and the alt texts of what is not shown first.

    `path` is the page's own file, and `spec` the data of `fourps.lab.figure.StaticFigure`.
    """
    carried = {key: value for key, value in spec.items() if key != "table"}
    build = _Said(page, path, carried, _Cell(page.line))
    caption = build.line("caption", tag="figcaption")
    called = short_name(caption.astext())
    mount = Mount(kind="figure", spec=build.bare, called=called)
    first = _first(carried)
    told, asked = list[Any](), list[Any]()
    if "guess" in carried:
        options = build.lines("guess/options")
        told = [build.line("guess/told")]
        asked = [GuessBefore("", build.line("guess/ask"), *options)]
    shown = build.bare["frames"][first]
    picture = Picture(
        "", build.line(f"frames/{first}/alt"), svg=shown["svg"], size=carried.get("size")
    )
    # the page shows this one itself, and the player takes it from there
    shown["svg"] = ""
    controls = [
        _control(build, place, control) for place, control in enumerate(carried["controls"])
    ]
    data = _fold(build, "figure-data", called, ["fp-data"], [_table(build, spec)])
    drawn = Shown("", *told, Controls("", *controls), picture, data)
    mount += Plot("", caption, *asked, drawn)
    others = [
        build.line(f"frames/{place}/alt")
        for place in range(len(carried["frames"]))
        if place != first
    ]
    mount += _fold(build, "figure-views", called, ["fp-views"], others)
    return [mount]


def short_name(caption: str) -> str:
    """Return what tells a figure's controls from those of the next, by ear.

    Examples
    --------
    >>> short_name("Figure 2. Who is new?"), short_name("Wallabies on the ferry")
    ('Figure 2', 'Wallabies on the ferry')
    """
    match = _CALLED.match(caption)
    return match[0] if match else caption


def _first(spec: dict[str, Any]) -> int:
    """Return the place of the frame that is shown first: the last control moves first.

    Examples
    --------
    >>> _first({"controls": [{"options": "ab"}, {"options": "xyz"}], "first": [1, 2]})
    5
    """
    place = 0
    for control, chosen in zip(spec["controls"], spec["first"], strict=True):
        place = place * len(control["options"]) + chosen
    return place


def _control(build: Builder, place: int, control: dict[str, Any]) -> Control:
    at = f"controls/{place}"
    first = build.spec["first"][place]
    node = Control("", build.line(f"{at}/label"), kind=control["kind"], first=first)
    if control["kind"] == "select":
        node += build.lines(f"{at}/options")
    else:
        node["options"] = control["options"]
    return node


def _fold(build: Builder, word: str, called: str, classes: list[str], children: list[Any]) -> Fold:
    text, of = build.words[word], f", {called}"
    summary = Summary(text, text, translatable=False, support_smartquotes=False)
    summary += nodes.inline(of, of, classes=["fp-unseen"])
    return Fold("", summary, *children, classes=classes)


def _control_html(_writer: Any, node: Control) -> str:
    label, *options = node.children
    if options:
        inner = "".join(_keyed(option, "option") for option in options)
        field = f"<select>{inner}</select>"
    else:
        shown, first = node["options"], node["first"]
        width = max(map(len, shown))
        field = f'<input type="range" value="{first}" max="{len(shown) - 1}">'
        field += f'<output style="min-inline-size:{width}ch">{escape(shown[first])}</output>'
    return f'<div class="fp-control">{_keyed(label, "label")}{field}</div>'


def _keyed(line: Any, tag: str) -> str:
    return f'<{tag} data-text="{line["key"]}">{escape(line.astext())}</{tag}>'


def _picture(_writer: Any, node: Picture) -> str:
    (alt,) = node.children
    style = ""
    if node["size"]:
        width, height = node["size"]
        style = f' style="aspect-ratio:{width:g} / {height:g};'
        style += f'max-inline-size:{round(_ENLARGED * width)}px"'
    # the words beside it say the same to listeners
    svg = node["svg"].replace("<svg", '<svg aria-hidden="true"', 1)
    return f'<div class="fp-frame"{style}>{svg}</div><p class="fp-alt">{_keyed(alt, "span")}</p>\n'


def _asked(writer: Any, node: GuessBefore) -> str:
    # as the player draws it, which finds the room it needs; without one nothing is asked
    ask, *options = node.children
    mine = words(writer.config.language)
    choices = "".join(
        f'<label><input type="radio">{_keyed(option, "span")}</label>' for option in options
    )
    return (
        f'<fieldset class="fp-guess" inert><legend>{escape(mine["figure-guess"])} '
        f"{_keyed(ask, 'span')}</legend>{choices}"
        f'<button type="button">{escape(mine["figure-show"])}</button></fieldset>'
    )


class Caption(nodes.paragraph):
    """The name of a figure's table, which has no number of its own as Sphinx's titles have."""


def _table(build: Builder, spec: dict[str, Any]) -> nodes.table:
    """Return the table of a figure's data, in the words of the page's language."""
    columns, rows = spec["table"]["columns"], spec["table"]["rows"]
    widths = [max(map(len, texts)) for texts in zip(columns, *rows, strict=True)]
    group = nodes.tgroup(cols=len(columns))
    group += [
        nodes.colspec(colwidth=max(width, 1), stub=int(not place))
        for place, width in enumerate(widths)
    ]
    body = [_row(build, row) for row in rows]
    group += nodes.thead("", _row(build, columns))
    group += nodes.tbody("", *body)
    caption = _literal(build, Caption, spec["table"]["caption"])
    return nodes.table("", caption, group, classes=["colwidths-auto"])


def _row(build: Builder, texts: list[str]) -> nodes.row:
    row = nodes.row()
    for text in texts:
        # numbers are no work for a translator
        if _NUMBER.fullmatch(text):
            cell = _placed(build, nodes.paragraph(text, text, translatable=False))
            row += nodes.entry("", cell, classes=["fp-number"])
        else:
            row += nodes.entry("", _literal(build, nodes.paragraph, text))
    return row


def _placed(build: Builder, node: Any) -> Any:
    node.source, node.line = str(build.path), build.page.line
    return node


def _literal(build: Builder, kind: type[Any], text: str) -> Any:
    """Return a node with a text of the page's language, literally: it may hold any signs."""
    return _placed(build, kind(text, text, support_smartquotes=False, translatable=False))


def register(app: Sphinx) -> None:
    """Add the nodes, and what moves a cell's code below its figure."""
    app.add_post_transform(AskedOutOfSight)
    app.add_post_transform(FigureBeforeCode)
    # controls stand here only so that the player, which makes its own, finds the room it needs
    add(app, Controls, tags('<div class="fp-controls" inert>', "</div>\n"))
    add(app, Control, instead(_control_html))
    add(app, Plot, tags("<figure>", "</figure>\n"))
    add(app, GuessBefore, instead(_asked))
    add(app, Shown, tags('<div class="fp-shown">', "</div>"))
    add(app, Picture, instead(_picture))
    # other tables have no room for a caption, and the figure has said it
    add(app, Caption, tags("<caption>", "</caption>\n"), SKIP)
    add(app, Asked, SKIP, SKIP)
