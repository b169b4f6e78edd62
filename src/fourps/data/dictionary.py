"""The data dictionary: what each column of each dataset means. It reads ``dictionary.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

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
