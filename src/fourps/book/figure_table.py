"""The numbers behind a figure, as the table below it: numbers are no work for a translator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from fourps.book.player_nodes import Builder

_NUMBER = re.compile(r"[\d\s.,:%+()\N{MINUS SIGN}-]*")


class Caption(nodes.paragraph):
    """The name of a figure's table, which has no number of its own as Sphinx's titles have."""


def table(build: Builder, spec: dict[str, Any]) -> nodes.table:
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
    caption = _node(build, Caption, spec["table"]["caption"])
    return nodes.table("", caption, group, classes=["colwidths-auto"])


def _row(build: Builder, texts: list[str]) -> nodes.row:
    row = nodes.row()
    for text in texts:
        # numbers are no work for a translator
        if _NUMBER.fullmatch(text):
            cell = _place(build, nodes.paragraph(text, text, translatable=False))
            row += nodes.entry("", cell, classes=["fp-number"])
        else:
            row += nodes.entry("", _node(build, nodes.paragraph, text))
    return row


def _place(build: Builder, node: Any) -> Any:
    node.source, node.line = str(build.path), build.page.line
    return node


def _node(build: Builder, kind: type[Any], text: str) -> Any:
    """Return a node with a text of the page's language, literally: it may hold any signs."""
    return _place(build, kind(text, text, support_smartquotes=False, translatable=False))
