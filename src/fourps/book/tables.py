"""Tables: those that cells printed, columns that name their rows, and rows that become cards.

A table that is too wide for a phone is drawn there as cards: each row is one, and says what its
cells are, by the headings that each cell is given here. Elements that are drawn as blocks may lose
their meaning for whoever listens, so each says its role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    # a row: of each cell what it holds
    Cells = Iterable[Iterable[nodes.Node]]

CARDS = "fp-cards"
# attributes that the HTML of a node has besides its own
SAID = "said"
# what fits side by side on a phone of 390 pixels: this many letters in two columns, or in more
_CELL, _ROW, _TWO = 60, 60, 2
# letters: what is longer is no name, and would be heard again before each cell
_NAME = 60


def table(
    widths: Iterable[int], heads: Cells, rows: Iterable[Cells], classes: Iterable[str] = ()
) -> nodes.table:
    """Return a table, given the widths of its columns and what each cell holds."""

    def drawn(cells: Cells) -> nodes.row:
        return nodes.row("", *(nodes.entry("", *cell) for cell in cells))

    columns = [nodes.colspec(colwidth=width) for width in widths]
    group = nodes.tgroup("", *columns, cols=len(columns))
    group += [nodes.thead("", drawn(heads)), nodes.tbody("", *map(drawn, rows))]
    return nodes.table("", group, classes=[*classes])


class TablesInBoxes(SphinxTransform):
    """Says where the cells of a table in a box stand: Sphinx translates nothing that is nowhere."""

    # before what is translated is looked for
    default_priority = 5

    def apply(self, **_options: Any) -> None:
        """Give each cell the place of its table."""
        for table in self.document.findall(nodes.table):
            for cell in table.findall(nodes.paragraph):
                if cell.source is None:
                    cell.source, cell.line = table.source, table.line


class ForHtml(SphinxPostTransform):
    """A last change of pages that is for HTML alone."""

    formats = ("html",)


class PrintedTables(ForHtml):
    """Gives a table that a cell printed what other tables have.

    It scrolls in a frame that the keyboard reaches, and its empty corner is a cell: it heads
    nothing.
    """

    default_priority = 200

    def run(self, **_options: Any) -> None:
        """Mend the HTML that pandas writes."""
        for node in list(self.document.findall(nodes.raw)):
            if "<table" not in node.astext():
                continue
            node.children = [nodes.Text(node.astext().replace("<th></th>", "<td></td>"))]
            frame = nodes.container(classes=["table-wrapper"])
            node.replace_self(frame)
            frame += node


def are_names(texts: list[str]) -> bool:
    """Return whether a first column names its rows: no cell is blank or long, no two the same.

    Examples
    --------
    >>> are_names(["Individual", "Household"])
    True
    >>> are_names(["Prevention", "Prevention"]), are_names(["1", ""])
    (False, False)
    """
    return len(set(texts)) == len(texts) and all(0 < len(text) <= _NAME for text in texts)


class NamedRows(ForHtml):
    """Makes a heading of each cell that names its row."""

    # before the tables become cards
    default_priority = 205

    def run(self, **_options: Any) -> None:
        """Mark the first columns that name their rows."""
        for group in self.document.findall(nodes.tgroup):
            first = next(group.findall(nodes.colspec))
            body = next(group.findall(nodes.tbody))
            cells = [next(row.findall(nodes.entry)) for row in body.findall(nodes.row)]
            if first.get("stub") or are_names([cell.astext().strip() for cell in cells]):
                first["stub"] = 1
                for cell in cells:
                    cell[SAID] = {"scope": "row"}


def is_wide(rows: list[list[str]]) -> bool:
    """Return whether a table is too wide for a phone, by the texts of its cells below the heading.

    Examples
    --------
    >>> is_wide([["A", "9"], ["B", "hidden"]])
    False
    >>> is_wide([["yes", "do what was agreed, and no more than what was agreed, on that same day"]])
    True
    """
    return any(
        max(map(len, row), default=0) > _CELL or (len(row) > _TWO and sum(map(len, row)) > _ROW)
        for row in rows
    )


class Cards(ForHtml):
    """Gives each cell of a wide table its heading."""

    default_priority = 210

    def run(self, **_options: Any) -> None:
        """Mark tables, and what is in them."""
        for table in self.document.findall(nodes.table):
            head = next(table.findall(nodes.thead), None)
            body = next(table.findall(nodes.tbody), None)
            if head is None or body is None:
                continue
            titles = [entry.astext() for entry in head.findall(nodes.entry)]
            rows = [list(row.findall(nodes.entry)) for row in body.findall(nodes.row)]
            if is_wide([[cell.astext() for cell in row] for row in rows]):
                table["classes"].append(CARDS)
                _mark(table, head, titles, rows)


def _mark(
    table: nodes.table, head: nodes.thead, titles: list[str], rows: list[list[nodes.entry]]
) -> None:
    table[SAID] = {"role": "table"}
    for group in (*table.findall(nodes.thead), *table.findall(nodes.tbody)):
        group[SAID] = {"role": "rowgroup"}
    for row in table.findall(nodes.row):
        row[SAID] = {"role": "row"}
    for entry in head.findall(nodes.entry):
        entry[SAID] = {"role": "columnheader" if entry.astext().strip() else "cell"}
    for cells in rows:
        for title, cell in zip(titles, cells, strict=False):
            # what names its row says so already
            role = "rowheader" if SAID in cell else "cell"
            cell[SAID] = cell.get(SAID, {}) | {"role": role, "data-heading": title}


def register(app: Sphinx) -> None:
    """Add the transforms."""
    app.add_transform(TablesInBoxes)
    for transform in (PrintedTables, NamedRows, Cards):
        app.add_post_transform(transform)
