"""The data dictionary: what each column of each dataset means. It reads ``dictionary.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from fourps.course.source import Source, Strict, Text

if TYPE_CHECKING:
    import pandas as pd

DatasetName: TypeAlias = str
"""The name of a dataset's module, such as ``sites``."""
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

    @property
    def allowed(self) -> str:
        """Say in words what may stand in the column."""
        if self.choices:
            return ", ".join(self.choices)
        if self.type == "flag":
            return "True, False"
        if self.type == "date":
            return "date, as 2031-05-30"
        if self.type == "text":
            return f"text, as {self.like}" if self.like else "text"
        kind = "whole number" if self.type == "integer" else "number"
        if self.low is None:
            return kind
        end = " or more" if self.high is None else f" to {self.high:g}"
        return f"{kind}, {self.low:g}{end}"


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


def datasets() -> dict[str, Dataset]:
    """Return the whole dictionary: what each dataset holds, by the name of its module.

    Examples
    --------
    >>> datasets()["sites"].columns["in_debt"].unit
    'share of households'
    """
    return _read().datasets


def dataset(name: DatasetName) -> Dataset:
    """Return what the dictionary says about one dataset.

    Raises
    ------
    ValueError
        If there is no dataset of that name; the message lists those there are.

    Examples
    --------
    >>> dataset("accounts").row
    'one account'
    """
    known = datasets()
    if name not in known:
        raise ValueError(f"There is no dataset '{name}'; there are {', '.join(sorted(known))}.")
    return known[name]


def describe(name: DatasetName) -> pd.DataFrame:
    """Return the dictionary of one dataset as a table that a page can show, one row a column.

    Examples
    --------
    >>> describe("accounts").loc[5].tolist()[:3]
    ['reviewed_days', 'How long the review took.', 'working days']
    """
    import pandas as pd

    return pd.DataFrame(
        [
            (name, column.means, column.unit, column.allowed, column.blank or "never blank")
            for name, column in dataset(name).columns.items()
        ],
        columns=["column", "meaning", "unit", "values", "blank means"],
    )


def markdown(name: DatasetName) -> str:
    """Return the dictionary of one dataset as a Markdown table, narrow enough for a phone.

    Examples
    --------
    >>> print(markdown("accounts").splitlines()[-1])
    | `reviewed_days` | How long the review took. *Whole number, 1 to 60 (working days).* |
    """
    lines = ["| Column | What it holds |", "| --- | --- |"]
    for title, column in dataset(name).columns.items():
        stands = column.allowed + (f" ({column.unit})" if column.unit else "")
        if column.unit == "year":
            # its limits are of this world, and read like a claim about ours
            stands = "year"
        blank = f" Blank: {column.blank}." if column.blank else ""
        lines.append(f"| `{title}` | {column.means} *{stands[0].upper()}{stands[1:]}.*{blank} |")
    return "\n".join(lines)


@cache
def _read() -> _Dictionary:
    return Source.read(_FILE).validate(_Dictionary)
