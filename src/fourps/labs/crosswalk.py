"""Lay texts against trafficking over four Ps and seven entry points, and see what stays empty.

The table is no complete map of any text: it holds what the fact sheet of the course has seen, and
the place of each row is the course's choice. ``basis`` says how far the choice goes: ``seen`` where
the fact names the activity, ``reading`` where only the course reads it so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from fourps.course.files import content_root
from fourps.data.store import read

if TYPE_CHECKING:
    from pathlib import Path


PS = ["prevention", "protection", "prosecution", "partnership"]
ENTRIES = [
    *("preparedness", "assessment", "analysis", "planning"),
    *("implementation", "monitoring", "review"),
]
KINDS = ["treaty", "resolution", "plan", "compact", "target", "group", "guidance"]
BASES = ["seen", "reading"]
LABEL = "The course's reading"
Rows: TypeAlias = pd.DataFrame
"""Any rows of the crosswalk."""
_VALUES = {"p": PS, "entry": ENTRIES, "kind": KINDS, "basis": BASES}
_COLUMNS = ["text", "kind", "key", "fact", "p", "entry", "says", "basis"]


def load(path: Path | None = None) -> pd.DataFrame:
    """Read the crosswalk.

    Parameters
    ----------
    path
        Another file of the same shape.

    Returns
    -------
    pandas.DataFrame
        One row for each thing that a text says: the text, its kind, the key of its source, the
        fact, the P, the entry point, what it says, and the basis of its place.

    Raises
    ------
    ValueError
        If a column is missing, a value is not one of those known, or a text has two kinds.

    Examples
    --------
    >>> load()["text"].nunique()
    12
    """
    source = path or content_root() / "modules" / "frameworks" / "data" / "crosswalk.csv"
    table = read(source)
    if list(table) != _COLUMNS:
        raise ValueError(f"{source}: expected the columns {', '.join(_COLUMNS)}.")
    for column, known in _VALUES.items():
        strange = table[~table[column].isin(known)]
        if len(strange):
            line = strange.index[0] + 2
            raise ValueError(
                f"{source}, line {line}: {column} is {strange[column].iloc[0]!r}; "
                f"write one of {', '.join(known)}."
            )
    mixed = table.groupby("text")["kind"].nunique()
    if (mixed > 1).any():
        raise ValueError(f"{source}: {mixed.idxmax()!r} has more than one kind; give it one.")
    table.attrs["label"] = LABEL
    return table


def cells(rows: Rows) -> pd.DataFrame:
    """Count the texts in each cell, zeros included; a text counts once, however much it says there.

    Examples
    --------
    >>> cells(load()).loc["implementation", "protection"]
    np.int64(9)
    """
    once = rows.drop_duplicates(["text", "entry", "p"])
    counts = pd.crosstab(once["entry"], once["p"])
    table = counts.reindex(index=ENTRIES, columns=PS, fill_value=0)
    table.index.name = table.columns.name = None
    table.attrs["label"] = LABEL
    return table


def uncovered(rows: Rows) -> list[tuple[str, str]]:
    """Return the cells (entry point, P) in which no text says anything, in the order of the cycle.

    Examples
    --------
    >>> ("review", "prevention") in uncovered(load())
    True
    """
    table = cells(rows)
    return [(entry, p) for entry in ENTRIES for p in PS if not table.loc[entry, p]]


def alone(rows: Rows, text: str) -> list[tuple[str, str]]:
    """Return the cells (entry point, P) that only one text fills: without it they are empty.

    Parameters
    ----------
    text
        The name of the text.

    Raises
    ------
    KeyError
        If no row is of this text.

    Examples
    --------
    >>> alone(load(), "Alliance 8.7")
    [('assessment', 'partnership'), ('monitoring', 'partnership')]
    """
    if text not in set(rows["text"]):
        raise KeyError(f"{text!r} is in no row of the crosswalk.")
    before = uncovered(rows)
    after = uncovered(rows[rows["text"] != text])
    return [cell for cell in after if cell not in before]
