"""Turn an explorable figure into nodes: its words are text of the page, its frames are data."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from docutils import nodes as docutils_nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

from fourps.book.nodes import (
    Caption,
    Control,
    Controls,
    Drawn,
    Fold,
    GuessBefore,
    Mount,
    Picture,
    Plot,
    Shown,
    Summary,
)
from fourps.book.player_nodes import Builder

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.book.player_nodes import PageInBook

# what `fourps.lab.svg` and `fourps.lab.grid` write: the text that an element begins with
_TEXT = re.compile(r"(<(?:text|caption|th|td|span)\b[^>]*>)([^<]*)")
# what a figure is called for short
_CALLED = re.compile(r"\S+ \d+(?=[.:])")
_NUMBER = re.compile(r"[\d\s.,:%+()\N{MINUS SIGN}-]*")


class FigureBeforeCode(SphinxPostTransform):
    """Puts the folded code of a cell after what it drew, for readers who do not program."""

    # after MyST-NB has folded it
    default_priority = 200
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Move each fold whose cell holds a figure or player."""
        for fold in list(self.document.findall(HideCodeCellNode)):
            cell = fold.parent
            drawn = cell.next_node(Mount)
            if fold.next_node(Mount) is None and drawn is not None:
                cell.remove(fold)
                cell.append(fold)
                fold["of"] = drawn.get("called", "")


class _Cell:
    """Where the words of a figure stand: in the cell that made it."""

    def __init__(self, line: int) -> None:
        self._line = line

    def line(self, _place: tuple[str, ...]) -> int:
        return self._line


def figure_nodes(page: PageInBook, path: Path, spec: dict[str, Any]) -> list[docutils_nodes.Node]:
    """Return the nodes of a figure.

    Parameters
    ----------
    page
        The page that shows it.
    path
        The page's own file.
    spec
        The data of `fourps.lab.figure.StaticFigure`.

    Returns
    -------
    list of Node
        A mount, whose children are the figure and the alt texts of what is not shown first.
    """
    carried = {key: value for key, value in spec.items() if key != "table"}
    build = Builder(page, path, carried, _Cell(page.line))
    caption = build.line("caption", tag="figcaption")
    called = short_name(caption.astext())
    mount = Mount(kind="figure", spec=build.bare, called=called)
    drawings = [frame["svg"] for frame in carried["frames"]]
    mount += [_node(build, Drawn, text) for text in _drawn(drawings)]
    for frame, svg in zip(build.bare["frames"], drawings, strict=True):
        frame["svg"] = _translated(page, svg)
    first = _first(carried)
    told, asked = _guess(build) if "guess" in carried else ([], [])
    shown = build.bare["frames"][first]
    picture = Picture(
        "", build.line(f"frames/{first}/alt"), svg=shown["svg"], size=carried.get("size")
    )
    # the page shows this one itself, and the player takes it from there
    shown["svg"] = ""
    controls = [_control(build, place, one) for place, one in enumerate(carried["controls"])]
    data = _fold(build, "figure-data", called, ["fp-data"], [_table(build, spec)])
    mount += Plot(
        "",
        caption,
        *asked,
        Shown("", *told, Controls("", *controls), picture, data),
    )
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
    found = _CALLED.match(caption)
    return found[0] if found else caption


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


def _guess(build: Builder) -> tuple[list[Any], list[Any]]:
    """Return the line that tells, and the question."""
    options = build.lines("guess/options", len(build.spec["guess"]["options"]))
    return [build.line("guess/told")], [GuessBefore("", build.line("guess/ask"), *options)]


def _drawn(drawings: list[str]) -> list[str]:
    """Return every text within drawings and tables once, but for numbers.

    Examples
    --------
    >>> _drawn(['<text x="1">People &amp; more</text><text x="2">12.5</text>'])
    ['People & more']
    >>> _drawn(["<td>few<span>(boxed)</span></td>"])
    ['few', '(boxed)']
    """
    found = [unescape(one[2]) for svg in drawings for one in _TEXT.finditer(svg)]
    return [text for text in dict.fromkeys(found) if not _NUMBER.fullmatch(text)]


def _translated(page: PageInBook, svg: str) -> str:
    """Return a drawing or table whose texts are in the page's language, letter by letter."""
    return _TEXT.sub(
        lambda one: f"{one[1]}{escape(page.translate(unescape(one[2])), quote=False)}", svg
    )


def _node(build: Builder, kind: type[Any], text: str) -> Any:
    """Return a node whose text is translated here, literally: it may hold any signs."""
    node = kind(text, build.page.translate(text), support_smartquotes=False)
    node["translatable"] = build.page.catalogue is None
    return _place(build, node)


def _control(build: Builder, place: int, control: dict[str, Any]) -> Control:
    at = f"controls/{place}"
    first = build.spec["first"][place]
    node = Control("", build.line(f"{at}/label"), kind=control["kind"], first=first)
    if control["kind"] == "select":
        node += build.lines(f"{at}/options", len(control["options"]))
    else:
        node["options"] = control["options"]
    return node


def _fold(build: Builder, word: str, called: str, classes: list[str], children: list[Any]) -> Fold:
    text, of = build.words[word], f", {called}"
    summary = Summary(text, text, translatable=False, support_smartquotes=False)
    summary += docutils_nodes.inline(of, of, classes=["fp-unseen"])
    return Fold("", summary, *children, classes=classes)


def _table(build: Builder, spec: dict[str, Any]) -> docutils_nodes.table:
    columns, rows = spec["table"]["columns"], spec["table"]["rows"]
    widths = [max(map(len, texts)) for texts in zip(columns, *rows, strict=True)]
    group = docutils_nodes.tgroup(cols=len(columns))
    group += [
        docutils_nodes.colspec(colwidth=max(width, 1), stub=int(not place))
        for place, width in enumerate(widths)
    ]
    body = [_row(build, row) for row in rows]
    group += docutils_nodes.thead("", _row(build, columns))
    group += docutils_nodes.tbody("", *body)
    caption = _node(build, Caption, spec["table"]["caption"])
    return docutils_nodes.table("", caption, group, classes=["colwidths-auto"])


def _row(build: Builder, texts: list[str]) -> docutils_nodes.row:
    row = docutils_nodes.row()
    for text in texts:
        # numbers are no work for a translator
        if _NUMBER.fullmatch(text):
            cell = _place(build, docutils_nodes.paragraph(text, text, translatable=False))
            row += docutils_nodes.entry("", cell, classes=["fp-number"])
        else:
            row += docutils_nodes.entry("", _node(build, docutils_nodes.paragraph, text))
    return row


def _place(build: Builder, node: Any) -> Any:
    node.source, node.line = str(build.path), build.page.line
    return node
