"""Tables that are too wide for a phone: there each row is a card, and says what its cells are.

The style sheet draws the cards from the headings that each cell is given here. Elements that are
drawn as blocks may lose their meaning for whoever listens, so each says its role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

CARDS = "fp-cards"
# attributes that the HTML of a node has besides its own
SAID = "said"
# what fits side by side on a phone of 390 pixels: this many letters in two columns, or in more
_CELL, _ROW, _TWO = 60, 60, 2


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


class Cards(SphinxPostTransform):
    """Gives each cell of a wide table its heading."""

    default_priority = 210
    formats = ("html",)

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
    """Add the transform."""
    app.add_post_transform(Cards)
