"""Tables of counts, and the counts in them that are too small to print."""

from __future__ import annotations

import pandas as pd

ALL = "All"
HOLE = "hidden"


def cross(people: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Count people by two of their columns, with totals.

    Parameters
    ----------
    people
        One row a person.
    rows, columns
        The two columns to count by.

    Returns
    -------
    pandas.DataFrame
        Counts; the last row and the last column are called ``All``.

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
    """Mark the counts that are under a threshold.

    Zero is marked too: "nobody at Ferry Road asked for legal advice" also says something.

    Parameters
    ----------
    table
        Counts.
    threshold
        The smallest count that may be printed.

    Returns
    -------
    pandas.DataFrame
        True where a count is too small; the shape of `table`.

    Examples
    --------
    >>> small(pd.DataFrame({"men": [3, 8]}), 5)["men"].tolist()
    [True, False]
    """
    return table < threshold


def cells(marked: pd.DataFrame) -> list[tuple[str, str]]:
    """List what is marked in a table.

    Parameters
    ----------
    marked
        A table of truth values.

    Returns
    -------
    list of tuple
        Row and column of each true cell, row by row.

    Examples
    --------
    >>> table = pd.DataFrame({"men": [3, 8]}, index=["North", "South"])
    >>> cells(small(table, 5))
    [('North', 'men')]
    """
    places = zip(*marked.to_numpy().nonzero(), strict=True)
    return [(marked.index[row], marked.columns[column]) for row, column in places]


def publish(table: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Print a table with holes.

    Parameters
    ----------
    table
        Counts.
    hidden
        True where the count is left out; the shape of `table`.

    Returns
    -------
    pandas.DataFrame
        The counts as text, and ``hidden`` in each hole.

    Examples
    --------
    >>> table = pd.DataFrame({"men": [3, 8]})
    >>> publish(table, small(table, 5))["men"].tolist()
    ['hidden', '8']
    """
    return table.astype(str).mask(hidden, HOLE)
