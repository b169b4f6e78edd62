"""The table behind a figure, as text."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from fourps.lab.number import number

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
    columns = [_title(column) for column in frame.columns]
    # column by column, since a row of mixed types would make floats of integers
    cells = [
        [_cell(value, year="year" in title.lower()) for value in frame.iloc[:, place]]
        for place, title in enumerate(columns)
    ]
    return Table(columns, [list(row) for row in zip(*cells, strict=True)])


def _title(column: Any) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return ", ".join(str(part) for part in parts if str(part))


def _cell(value: Any, *, year: bool) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    if year or isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    return number(float(value))
