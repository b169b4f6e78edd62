"""A table of texts with boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.lab.draw.axes import labelled
from fourps.lab.grid import Grid

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
        [_one_line(name), *map(_one_line, cells)]
        for name, cells in zip(texts.index, texts.to_numpy(), strict=True)
    ]
    columns = [_one_line(texts.index.name or ""), *map(_one_line, texts)]
    return Grid(labelled(title, texts), columns, rows, boxed.to_numpy().tolist())


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())
