"""A table of texts with boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.lab.draw.axes import labelled
from fourps.lab.grid import Grid
from fourps.lab.sentence import word

if TYPE_CHECKING:
    import pandas as pd


def grid(texts: pd.DataFrame, boxed: pd.DataFrame, title: str) -> Grid:
    """Make a small table, with a box around some of its cells, for `fourps.lab.explore`.

    Parameters
    ----------
    texts
        What stands in each cell; the name of its index heads the names of the rows.
    boxed
        True where a cell gets a box; the shape of `texts`.
    title
        Stands above, after the label.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"men": ["3"], "women": ["8"]}, index=["Ferry Road"])
    >>> found = grid(table, table == "3", "week 16")
    >>> found.title, found.columns, found.rows, found.boxed
    ('SYNTHETIC: week 16', ['', 'men', 'women'], [['Ferry Road', '3', '8']], [[True, False]])
    """
    rows = [
        [word(str(text)) for text in (name, *cells)]
        for name, cells in zip(texts.index, texts.to_numpy(), strict=True)
    ]
    columns = [word(str(name)) for name in (texts.index.name or "", *texts)]
    return Grid(labelled(title, texts), columns, rows, boxed.to_numpy().tolist())
