"""Where the datasets of the course lie, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.course.files import content_root
from fourps.data.dictionary import datasets
from fourps.data.synthetic import label, read

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.data.dictionary import Column

_FLAGS = {"True": True, "False": False, "": pd.NA}


def path(name: str, **parts: object) -> Path:
    """Return where the file of a dataset lies.

    Parameters
    ----------
    parts
        What distinguishes the files of a dataset that has several, as ``week``.

    Examples
    --------
    >>> path("sites").name
    'sites.csv'
    """
    return content_root() / datasets()[name].file.format(**parts)


def load(name: str, **parts: object) -> pd.DataFrame:
    """Read a dataset, with the types that the dictionary names and the label SYNTHETIC.

    Integers are ``int64``, or ``float64`` where a blank is allowed; flags are ``bool``, or
    ``boolean`` where a blank is allowed; a blank text is ``""``. What was not reported is missing.

    Examples
    --------
    >>> load("accounts").attrs
    {'label': 'SYNTHETIC'}
    """
    columns = datasets()[name].columns
    tagged = int(any(column.hxl for column in columns.values()))
    # the hashtags are no row
    rows = read(path(name, **parts)).iloc[tagged:].reset_index(drop=True)
    return label(pd.DataFrame({title: _typed(rows[title], one) for title, one in columns.items()}))


def _typed(texts: pd.Series, column: Column) -> pd.Series:
    match column.type:
        case "text":
            return texts
        case "flag":
            return texts.map(_FLAGS).astype("boolean" if column.blank else bool)
        case "date":
            return pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d")
    whole = column.type == "integer" and not column.blank
    return pd.to_numeric(texts.where(texts != "")).astype("int64" if whole else "float64")
