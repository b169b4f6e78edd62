"""How many people look the same, and whose secret that gives away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def alike(people: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Count, for each person, how many people look the same in some columns, themselves included.

    Parameters
    ----------
    people
        One row a person.
    columns
        What somebody may know about a person, such as ``["site", "age"]``.

    Examples
    --------
    >>> import pandas as pd
    >>> alike(pd.DataFrame({"site": ["A", "A", "B"]}), ["site"]).tolist()
    [2, 2, 1]
    """
    return people.groupby(list(columns), observed=True)[columns[0]].transform("size")


def k(people: pd.DataFrame, columns: Sequence[str]) -> int:
    """Return the k of k-anonymity: the size of the smallest group of people who look the same.

    It is 1 if somebody stands alone.

    Parameters
    ----------
    people
        One row a person; at least one.
    columns
        What somebody may know about a person.

    Examples
    --------
    >>> from fourps.data import people
    >>> k(people.load(16), ["site"]), k(people.load(16), ["site", "sex", "age"])
    (11, 1)
    """
    return int(alike(people, columns).min())


def told(people: pd.DataFrame, columns: Sequence[str], secret: str) -> pd.Series:
    """Mark the people whose secret is known to whoever knows some columns.

    A group gives its secret away when all who look the same share it, however many they are. This
    is the limit of k-anonymity, called homogeneity.

    Parameters
    ----------
    people
        One row a person.
    columns
        What somebody may know about a person.
    secret
        The column that nobody should learn.

    Examples
    --------
    >>> from fourps.data import people
    >>> week = people.load(16)
    >>> week.loc[told(week, ["site", "sex"], "support"), "site"].value_counts()["Old Brickworks"]
    np.int64(6)
    """
    kinds = people.groupby(list(columns), observed=True)[secret].transform("nunique")
    return kinds == 1
