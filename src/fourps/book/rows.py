"""Tables whose first column names their rows: whoever listens hears the name before each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from fourps.book.cards import SAID

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

# letters: what is longer is no name, and would be heard again before each cell
_NAME = 60


def are_names(texts: list[str]) -> bool:
    """Say whether a first column names its rows: no cell blank or long, and no two the same.

    Parameters
    ----------
    texts
        The texts of the cells.

    Examples
    --------
    >>> are_names(["Individual", "Household"])
    True
    >>> are_names(["Prevention", "Prevention"]), are_names(["1", ""])
    (False, False)
    """
    return len(set(texts)) == len(texts) and all(0 < len(text) <= _NAME for text in texts)


class NamedRows(SphinxPostTransform):
    """Makes a heading of each cell that names its row."""

    # before the tables become cards
    default_priority = 205
    formats = ("html",)

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


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(NamedRows)
