"""Tables of counts, and the counts in them that are too small to print."""

from __future__ import annotations

import pandas as pd

ALL = "All"
HOLE = "hidden"


def cross(people: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Count people by two of their columns, with totals in the last row and column, called ``All``.

    Parameters
    ----------
    people
        One row a person.
    rows, columns
        The two columns to count by.

    Examples
    --------
    >>> from fourps.data import people
    >>> cross(people.load(16), "site", "sex").loc["Ferry Road"].to_dict()
    {'female': 8, 'male': 3, 'All': 11}
    """
    table = pd.crosstab(people[rows], people[columns], dropna=False)
    table.index, table.columns = list(table.index), list(table.columns)
    table[ALL] = table.sum(axis=1)
    table.loc[ALL] = table.sum()
    return table


def small(table: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Mark the counts that are under a threshold with True.

    Zero is marked too: "nobody at Ferry Road asked for legal advice" also says something.

    Parameters
    ----------
    table
        Counts.
    threshold
        The smallest count that may be printed.

    Examples
    --------
    >>> small(pd.DataFrame({"men": [3, 8]}), 5)["men"].tolist()
    [True, False]
    """
    return table < threshold


def cells(marked: pd.DataFrame) -> list[tuple[str, str]]:
    """List row and column of what is marked in a table, row by row.

    Parameters
    ----------
    marked
        A table of truth values.

    Examples
    --------
    >>> table = pd.DataFrame({"men": [3, 8]}, index=["North", "South"])
    >>> cells(small(table, 5))
    [('North', 'men')]
    """
    places = zip(*marked.to_numpy().nonzero(), strict=True)
    return [(marked.index[row], marked.columns[column]) for row, column in places]


def publish(table: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Print a table as text, with ``hidden`` in each hole.

    Parameters
    ----------
    table
        Counts.
    hidden
        True where the count is left out; the shape of `table`.

    Examples
    --------
    >>> table = pd.DataFrame({"men": [3, 8]})
    >>> publish(table, small(table, 5))["men"].tolist()
    ['hidden', '8']
    """
    return table.astype(str).mask(hidden, HOLE)
