"""The datasets of the course: what their columns mean, where they lie, and how they are read.

The data dictionary is ``dictionary.yaml``. The first line of each file says SYNTHETIC, so that no
copy of it can pass for real data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd

from fourps.course.files import content_root
from fourps.course.source import Source, Strict, Text

_FILE = Path(__file__).with_name("dictionary.yaml")


class Column(Strict):
    """What one column means and may hold; without `blank` it is never empty."""

    type: Literal["text", "integer", "number", "flag", "date"]
    means: Text
    unit: str = ""
    choices: list[str] = []
    pattern: str = ""
    like: str = ""
    low: float | None = None
    high: float | None = None
    blank: str = ""
    hxl: str = ""


class Dataset(Strict):
    """One table: where its file lies, and its columns in their order."""

    title: Text
    file: str = ""
    about: Text
    row: Text
    key: list[str] = []
    columns: dict[str, Column]


class _Dictionary(Strict):
    datasets: dict[str, Dataset]


@cache
def datasets() -> dict[str, Dataset]:
    """Return the whole dictionary: what each dataset holds, by the name of its module.

    Examples
    --------
    >>> datasets()["sites"].columns["in_debt"].unit
    'share of households'
    """
    return Source.read(_FILE).validate(_Dictionary).datasets


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
    typed = {title: _typed(rows[title], column) for title, column in columns.items()}
    return label(pd.DataFrame(typed))


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
