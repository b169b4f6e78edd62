"""Finds out how a table of counts gives people away, and what may be done about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class Range(NamedTuple):
    """The least and the most that a hidden count can be; None where nothing printed limits it."""

    low: int
    high: int | None


def possible(table: pd.DataFrame, hidden: pd.DataFrame, row: str, column: str) -> Range:
    """Work out the whole numbers that a hidden count can be for a reader of all that is printed.

    Other tables, and what a neighbour knows, can only narrow it further.

    Parameters
    ----------
    table
        Counts with totals, as `cross` makes them.
    hidden
        True where the count is left out; the shape of `table`.
    row, column
        The hidden count to ask about.

    Examples
    --------
    One hole is no hole, since the totals fill it:

    >>> from fourps.data import people
    >>> from fourps.labs.privacy import cross
    >>> table = cross(people.load(16), "site", "sex")
    >>> possible(table, small(table, 5), "Ferry Road", "male")
    Range(low=3, high=3)
    """
    return _range(_holes(table, hidden), _pipe((row, column)))


def known(table: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Mark with True the hidden counts that a reader can work out exactly.

    Parameters
    ----------
    table
        Counts with totals, as `cross` makes them.
    hidden
        True where the count is left out; the shape of `table`.

    Examples
    --------
    >>> from fourps.data import people
    >>> from fourps.labs.privacy import cross
    >>> table = cross(people.load(16), "site", "sex")
    >>> int(known(table, small(table, 5)).to_numpy().sum())
    1
    """
    exact = _exact(table, hidden)
    marks = [[(row, column) in exact for column in hidden] for row in hidden.index]
    return pd.DataFrame(marks, hidden.index, hidden.columns)


def helpers(table: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Hide the small counts, and as many others as it takes that no total gives them back.

    This is complementary suppression. It looks at one table alone: a second table, or the same one
    six weeks later, can undo it.

    Parameters
    ----------
    table
        Counts with totals, as `cross` makes them.
    threshold
        The smallest count that may be printed.

    Examples
    --------
    >>> from fourps.data import people
    >>> from fourps.labs.privacy import cross
    >>> table = cross(people.load(16), "site", "sex")
    >>> hidden = helpers(table, 5)
    >>> int(hidden.to_numpy().sum()), possible(table, hidden, "Ferry Road", "male")
    (4, Range(low=0, high=9))
    """
    hidden = small(table, threshold)
    while _exact(table, hidden):
        # the helper after which fewest holes can be filled; then no total, then a small count
        _, *_, row, column = min(
            (len(_exact(table, _also(hidden, cell))), ALL in cell, count, *cell)
            for cell, count in ((cell, table.loc[cell]) for cell in cells(~hidden))
        )
        hidden = _also(hidden, (row, column))
    return hidden


_Node = tuple[str, str]
_Pipe = tuple[_Node, _Node]


def _also(hidden: pd.DataFrame, cell: tuple[str, str]) -> pd.DataFrame:
    more = hidden.copy()
    more.loc[cell] = True
    return more


def _pipe(cell: tuple[str, str]) -> _Pipe:
    """Return where a count, or a total, flows from and to."""
    row, column = cell
    source, drain = ("all", "rows"), ("all", "columns")
    ends = {
        (False, False): (("row", row), ("column", column)),
        (False, True): (source, ("row", row)),
        (True, False): (("column", column), drain),
        (True, True): (drain, source),
    }
    return ends[row == ALL, column == ALL]


def _holes(table: pd.DataFrame, hidden: pd.DataFrame) -> dict[_Pipe, int]:
    """Return the count in each hole, as what flows there."""
    counts = table.to_numpy()[hidden.to_numpy()]
    return {_pipe(cell): int(count) for cell, count in zip(cells(hidden), counts, strict=True)}


def _exact(table: pd.DataFrame, hidden: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the holes of which a reader knows the count."""
    flow = _holes(table, hidden)
    ranges = {cell: _range(flow, _pipe(cell)) for cell in cells(hidden)}
    return {cell for cell, (low, high) in ranges.items() if low == high}


def _range(flow: dict[_Pipe, int], pipe: _Pipe) -> Range:
    # A table with totals is a network: people flow from "All" into the rows, through the counts
    # into the columns, and back. Two tables that agree in all that is printed differ by flows that
    # go round in circles through the holes; so a count can change if and only if it lies on such a
    # circle, and by as many as that lets through.
    least, most = dict(flow), dict(flow)
    while _push(least, pipe, -1):
        pass
    while by := _push(most, pipe, +1):
        if by == math.inf:
            return Range(least[pipe], None)
    return Range(least[pipe], most[pipe])


def _push(flow: dict[_Pipe, int], pipe: _Pipe, step: int) -> float:
    """Change one flow, and others with it, if that is possible; return by how many.

    By infinitely many, where nothing limits it; then nothing is changed.
    """
    start, end = pipe[::-1] if step > 0 else pipe
    came: dict[_Node, tuple[_Node, _Pipe, int]] = {}
    reached = [start]
    for node in reached:
        for other, amount in flow.items():
            for here, there, change in ((*other, +1), (*other[::-1], -1)):
                free = other != pipe and (change > 0 or amount > 0)
                if free and here == node and there != start and there not in came:
                    came[there] = (node, other, change)
                    reached.append(there)
    if end not in came:
        return 0
    circle = [(pipe, step)]
    while end != start:
        end, other, change = came[end]
        circle.append((other, change))
    by = min((flow[other] for other, change in circle if change < 0), default=math.inf)
    if by != math.inf:
        for other, change in circle:
            flow[other] += change * int(by)
    return by
