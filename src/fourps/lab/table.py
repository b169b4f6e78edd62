"""The table behind a figure, as text."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from fourps.lab.number import number
from fourps.lab.sentence import listed, word

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Table:
    """Column titles, and rows of as many texts; the first cell of a row names it."""

    columns: list[str]
    rows: list[list[str]]


def table(data: pd.DataFrame) -> Table:
    """Read a data frame as readers see it.

    Missing values are blank; numbers have commas and at most two decimals. A column with "year" in
    its title has no commas.

    Parameters
    ----------
    data
        The numbers behind a figure. An index with a meaning becomes the first columns.

    Raises
    ------
    TypeError
        If it is no data frame.
    ValueError
        If it has no rows or columns.

    Examples
    --------
    >>> import pandas as pd
    >>> table(pd.DataFrame({"region": ["North", "South"], "share": [0.5, None]})).rows
    [['North', '0.5'], ['South', '']]
    """
    import pandas as pd

    if not isinstance(data, pd.DataFrame):
        raise TypeError(
            f"data is {type(data).__name__}: expected the pandas DataFrame behind the figure."
        )
    plain = isinstance(data.index, pd.RangeIndex) and data.index.name is None
    frame = data if plain else data.reset_index()
    if frame.empty:
        raise ValueError("data has no rows: readers see the numbers behind a figure as a table.")
    titles = [_names(column) for column in frame.columns]
    # column by column, since a row of mixed types would make floats of integers
    cells = [
        [_cell(value, year=any("year" in name.lower() for name in names)) for value in column]
        for (_, column), names in zip(frame.items(), titles, strict=True)
    ]
    columns = [listed(names) if len(names) > 1 else word("".join(names)) for names in titles]
    return Table(columns, [list(row) for row in zip(*cells, strict=True)])


def _names(column: Any) -> list[str]:
    parts = column if isinstance(column, tuple) else (column,)
    return [str(part) for part in parts if str(part)]


def _cell(value: Any, *, year: bool) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    if year or isinstance(value, bool) or not isinstance(value, Real):
        return word(str(value))
    return number(float(value))
