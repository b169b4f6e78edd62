"""A 4W matrix in HXL: what a check finds in it, where nobody works, and on whom much depends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from fourps.data.activities import PROTECTED, Matrix
from fourps.data.sites import REGIONS
from fourps.data.store import datasets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path


NOW = ("ongoing",)
VERSIONS = ["as it came", "shelters by region", "shelters as one line", "everything by region"]


class Rule(NamedTuple):
    """What the cells below some hashtags must keep; a blank cell breaks no rule."""

    tags: tuple[str, ...]
    keeps: Callable[[pd.Series], pd.Series]
    activity: str = ""
    """Only in the lines of this activity; all if empty."""


def _dates(texts: pd.Series) -> pd.Series:
    known = [pd.to_datetime(texts, format=form, errors="coerce") for form in ("%Y-%m-%d", "%Y-%m")]
    return known[0].notna() | known[1].notna() | texts.str.fullmatch(r"\d{4}")


def _numbers(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts, errors="coerce")


_COLUMNS = datasets()["activities"].columns
_SECTORS = _COLUMNS["sector"].choices
_COUNTS = ("#targeted", "#reached")
_TITLE = r"\b(?:Mr|Mrs|Ms|Dr)\b"
RULES = {
    "dates": Rule(("#date+start", "#date+end"), _dates),
    "numbers": Rule(_COUNTS, lambda texts: _numbers(texts) >= 0),
    "sectors": Rule(("#sector",), lambda texts: texts.isin(_SECTORS)),
    "names": Rule(("#activity",), lambda texts: ~texts.str.contains(_TITLE, case=False)),
    "protected places": Rule(("#loc+name",), lambda texts: texts == "", PROTECTED),
}
ANY_MATRIX = {
    "dates": RULES["dates"],
    "numbers": Rule(_COUNTS, lambda texts: _numbers(texts).notna()),
}
"""What can be asked of any matrix, whatever it is about."""


def tagged(path: Path) -> pd.DataFrame:
    """Read a table by its line of hashtags, which becomes the header; the index counts its lines.

    Parameters
    ----------
    path
        A CSV file in UTF-8, whose first line is a label.

    Examples
    --------
    >>> from fourps.data import activities
    >>> table = tagged(activities.path())
    >>> table.columns[:5].tolist()
    ['#org', '#sector', '#subsector', '#activity', '#adm1+name']
    >>> table.index[0], table.loc[4, "#adm1+name"], len(table)
    (4, 'Merrivane', 182)
    """
    rows = pd.read_csv(path, skiprows=1, header=None, dtype=str, keep_default_na=False)
    rows.index += 2
    at = rows.index[rows[0].str.startswith("#")][0]
    return rows.loc[at + 1 :].set_axis(rows.loc[at].tolist(), axis=1)


def faults(path: Path, rules: Mapping[str, Rule] = RULES) -> pd.DataFrame:
    """Check a file by some rules: one row a fault, with line, column, value and rule.

    Parameters
    ----------
    path
        As for `tagged`.
    rules
        Such as `RULES`.

    Examples
    --------
    >>> from fourps.data import activities
    >>> faults(activities.draft_path(), {"sectors": RULES["sectors"]})["value"].tolist()
    ['Protecton']
    >>> len(faults(activities.path()))
    0
    """
    table = tagged(path)
    headers = {column.hxl: name for name, column in _COLUMNS.items()}
    rows = [
        (line, headers[tag], value, name)
        for name, rule in rules.items()
        for tag in rule.tags
        for line, value in _broken(table, tag, rule).items()
    ]
    return pd.DataFrame(sorted(rows), columns=["line", "column", "value", "rule"])


def _broken(table: pd.DataFrame, tag: str, rule: Rule) -> pd.Series:
    texts = table.loc[table["#activity"] == rule.activity, tag] if rule.activity else table[tag]
    return texts[(texts != "") & ~rule.keeps(texts)]


def coverage(matrix: Matrix, by: str = "subsector", status: Collection[str] = NOW) -> pd.DataFrame:
    """Count the organisations that do each kind of protection work in each region.

    One row is a kind of work that the matrix knows, one column a region, also where nobody works.

    Parameters
    ----------
    by
        ``subsector`` or ``activity``.
    status
        Which lines count as work.

    Examples
    --------
    >>> from fourps.data import activities
    >>> coverage(activities.load())["Varrouen"].tolist()
    [0, 0, 0, 0]
    """
    return _protection(matrix, by, status).map(len)


def without(matrix: Matrix, organisation: str) -> pd.DataFrame:
    """Take one organisation out of the matrix.

    Parameters
    ----------
    organisation
        Who leaves.

    Raises
    ------
    ValueError
        If it is not in the matrix.

    Examples
    --------
    >>> from fourps.data import activities
    >>> coverage(without(activities.load(), "Pelluvar"))["Oriveth"].tolist()
    [0, 0, 0, 0]
    """
    if organisation not in set(matrix["organisation"]):
        raise ValueError(f"'{organisation}' is no organisation of the matrix.")
    return matrix[matrix["organisation"] != organisation]


def version(matrix: pd.DataFrame, name: str) -> pd.DataFrame:
    """Make the version of a matrix that a circle of readers gets.

    It has the columns ``organisation``, ``activity``, ``region`` and ``site``.

    Parameters
    ----------
    matrix
        As `fourps.data.activities.load` or `fourps.data.activities.draft` returns it.
    name
        One of ``VERSIONS``.

    Raises
    ------
    ValueError
        If there is no version of that name.

    Examples
    --------
    >>> from fourps.data import activities
    >>> shown = version(activities.draft(), "shelters by region")
    >>> set(shown.loc[shown["activity"] == "Safe accommodation", "site"])
    {''}
    """
    if name not in VERSIONS:
        raise ValueError(f"'{name}' is no version: write one of {', '.join(VERSIONS)}.")
    shown = matrix[["organisation", "activity", "region", "site"]].copy()
    protected = shown["activity"] == PROTECTED
    if name != "as it came":
        shown.loc[protected, "site"] = ""
    if name == "shelters as one line":
        shown.loc[protected, "organisation"] = "withheld"
        shown = shown[~(protected & shown.duplicated())]
    if name == "everything by region":
        shown["site"] = ""
    return shown


def _protection(matrix: pd.DataFrame, by: str, status: Collection[str]) -> pd.DataFrame:
    """Return in each cell the set of organisations."""
    every = matrix[matrix["sector"] == "Protection"]
    work = every[every["status"].isin(status)]
    return pd.DataFrame(
        {
            region: {
                kind: {*work.loc[(work[by] == kind) & (work["region"] == region), "organisation"]}
                for kind in sorted(every[by].unique())
            }
            for region in REGIONS
        }
    )
