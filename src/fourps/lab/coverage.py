"""A 4W matrix in HXL: what a check finds in it, where nobody works, and on whom much depends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.data import hxl
from fourps.data.activities import PROTECTED, Matrix
from fourps.data.dictionary import dataset
from fourps.data.sites import REGIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

NOW = ("ongoing",)
VERSIONS = ["as it came", "shelters by region", "shelters as one line", "everything by region"]

RULES = {
    "dates": hxl.RULES["dates"],
    "numbers": hxl.Rule("#targeted,#reached", "#valid_value+min", "0"),
    "sectors": hxl.Rule(
        "#sector",
        "#valid_value+list",
        "|".join(dataset("activities").columns["sector"].choices or []),
    ),
    "names": hxl.Rule("#activity", "#valid_value+regex", r"^(?!.*\b(Mr|Mrs|Ms|Dr)\b).*$"),
    "protected places": hxl.Rule("#loc", "#valid_value+regex", "^$", f"#activity={PROTECTED}"),
}


def faults(path: Path, rules: Iterable[str] = tuple(RULES)) -> pd.DataFrame:
    """Check a file by some of the rules: one row a fault, with line, column, value and rule.

    Parameters
    ----------
    path
        A CSV file with a row of hashtags.
    rules
        Names in `RULES`.

    Examples
    --------
    >>> from fourps.data import activities
    >>> faults(activities.draft_path(), ["sectors"])["value"].tolist()
    ['Protecton']
    >>> len(faults(activities.path()))
    0
    """
    broken = hxl.faults(hxl.read(path), {name: RULES[name] for name in rules})
    return pd.DataFrame(broken, columns=hxl.Fault._fields)


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


def alone(
    matrix: pd.DataFrame, by: str = "subsector", status: Collection[str] = NOW
) -> pd.DataFrame:
    """Say who works alone: the organisation in each cell of `coverage` that has only one.

    The rest is ``""``: nobody works there, or more than one.

    Parameters
    ----------
    matrix, by, status
        As for `coverage`.

    Examples
    --------
    >>> from fourps.data import activities
    >>> alone(activities.load()).loc["Legal aid"].tolist()
    ['', 'Pelluvar', '', '', '']
    """
    return _protection(matrix, by, status).map(lambda who: min(who) if len(who) == 1 else "")


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
