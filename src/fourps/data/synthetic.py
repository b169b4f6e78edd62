"""CSV files whose first line says SYNTHETIC, so that no copy of them can pass for real data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

LABEL = "SYNTHETIC"


def label(table: pd.DataFrame) -> pd.DataFrame:
    """Say in a table's attributes that it is invented; figures made of it say so too.

    Parameters
    ----------
    table
        Any table; it is changed in place.

    Examples
    --------
    >>> label(pd.DataFrame({"age": ["18-29"]})).attrs
    {'label': 'SYNTHETIC'}
    """
    table.attrs["label"] = LABEL
    return table


def is_labelled(path: Path) -> bool:
    """Say whether the first line of a file calls it SYNTHETIC; real files have no such line.

    Parameters
    ----------
    path
        A file in UTF-8.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> is_labelled(content_root() / "modules/protection/data/people-week-16.csv")
    True
    """
    return _first_line(path).startswith(f"# {LABEL}")


def read(path: Path) -> pd.DataFrame:
    """Read a table of text, with or without a label.

    Every value is as it stands in the file: an empty field is ``""``, and Namibia's ``NA`` is
    ``"NA"``, never "missing".

    Parameters
    ----------
    path
        A CSV file in UTF-8.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> read(content_root() / "modules/protection/data/people-week-16.csv").shape
    (39, 4)
    """
    labelled = _first_line(path).startswith("#")
    return pd.read_csv(
        path, dtype=str, keep_default_na=False, skiprows=int(labelled), encoding="utf-8-sig"
    )


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        return file.readline()
