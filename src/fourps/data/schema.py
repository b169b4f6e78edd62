"""From text to typed tables, checked by a pandera schema that the data dictionary makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourps.course.error import FourpsError
from fourps.data.dictionary import Column, dataset

if TYPE_CHECKING:
    from pathlib import Path

    from pandera.pandas import DataFrameSchema

    from fourps.data.dictionary import DatasetName

_MOST = 3  # complaints about a header in one message
_FLAGS = {"True": True, "False": False, "": pd.NA}


class BrokenDataError(FourpsError, ValueError):
    """A file of data that does not fit its schema; the message names file, line and column."""


def schema(name: DatasetName) -> DataFrameSchema:
    """Return the schema of a dataset, as its dictionary says.

    It wants exactly these columns in this order; values, limits, blanks, and a key without
    repetition.

    Examples
    --------
    >>> list(schema("accounts").columns)
    ['account', 'a', 'b', 'region', 'concern', 'reviewed_days']
    """
    import pandera.pandas as pa

    about = dataset(name)
    return pa.DataFrameSchema(
        {
            title: pa.Column(_dtype(column), _checks(column), nullable=bool(column.blank))
            for title, column in about.columns.items()
        },
        strict=True,
        ordered=True,
        unique=about.key or None,
        name=name,
    )


@dataclass(frozen=True)
class FileAndLine:
    """Where a table stands: its file, and the line of its first row."""

    path: Path
    first: int

    def row(self, number: int) -> str:
        """Return the name of a row for a message."""
        return f"{self.path}, line {self.first + number} (data row {number + 1})"


def parse(texts: pd.DataFrame, name: str, place: FileAndLine) -> pd.DataFrame:
    """Turn the texts of a file into a typed table that fits its schema.

    Integers are ``int64``, or ``float64`` where a blank is allowed; flags are ``bool``, or
    ``boolean`` where a blank is allowed; a blank text is ``""``.

    Parameters
    ----------
    texts
        The rows of the file, all of them text.
    name
        The dataset that they belong to.
    place
        Where they stand, for a message.

    Raises
    ------
    BrokenDataError
        If a column is missing or too many, or a value is not what the dictionary allows.

    Examples
    --------
    >>> from pathlib import Path
    >>> row = dict(account="A0001", a="True", b="False", region="Jelisse", concern="False")
    >>> texts = pd.DataFrame([row | {"reviewed_days": "0"}])
    >>> try:
    ...     parse(texts, "accounts", FileAndLine(Path("accounts.csv"), first=3))
    ... except BrokenDataError as error:
    ...     print(error)
    accounts.csv, line 3 (data row 1), column reviewed_days: '0' is not allowed; expected whole \
number, 1 to 60; never blank.
    """
    columns = dataset(name).columns
    _columns(list(texts.columns), list(columns), place)
    table = pd.DataFrame(index=texts.index)
    for title, column in columns.items():
        table[title] = _typed(texts[title], column)
        wrong = table[title].isna() & (texts[title] != "")
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            raise _refusal(texts[title].iloc[row], title, column, place.row(row))
    _check(table, texts, name, place)
    return table


def _columns(titles: list[str], expected: list[str], place: FileAndLine) -> None:
    if titles == expected:
        return
    what = [f"column {title} is missing" for title in expected if title not in titles]
    what += [f"column {title} is not known" for title in titles if title not in expected]
    more = f"; and {len(what) - _MOST} more" if len(what) > _MOST else ""
    raise BrokenDataError(
        f"{place.path}, the header: "
        f"{'; '.join(what[:_MOST]) or 'the columns stand in another order'}{more}. "
        f"Expected {', '.join(expected)}."
    )


def _typed(texts: pd.Series, column: Column) -> pd.Series:
    match column.type:
        case "text":
            return texts
        case "flag":
            flags = texts.map(_FLAGS)
            if column.blank:
                return flags.astype("boolean")
            # one that is no flag stays missing, to be named
            return flags if flags.isna().any() else flags.astype(bool)
        case "date":
            return pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d", errors="coerce")
    numbers = pd.to_numeric(texts.where(texts != ""), errors="coerce")
    if column.type == "integer" and not column.blank and (numbers % 1 == 0).all():
        return numbers.astype("int64")
    if column.type == "integer":
        numbers = numbers.where(numbers % 1 == 0)
    return numbers.astype("float64")


def _dtype(column: Column) -> str | None:
    match column.type:
        case "flag":
            return "boolean" if column.blank else "bool"
        case "integer":
            return "float64" if column.blank else "int64"
        case "number":
            return "float64"
    # text and dates are stored differently by different versions of pandas
    return None


def _checks(column: Column) -> list[Any]:
    import pandera.pandas as pa

    checks = []
    if column.type == "text":
        empty = [""] if column.blank else []
        if column.choices:
            checks.append(pa.Check.isin([*column.choices, *empty]))
        elif column.pattern:
            checks.append(pa.Check.str_matches(f"^({column.pattern}){'?' if empty else ''}$"))
        elif not empty:
            checks.append(pa.Check.str_length(min_value=1))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    return checks


def _check(table: pd.DataFrame, texts: pd.DataFrame, name: str, place: FileAndLine) -> None:
    import pandera.pandas as pa

    try:
        schema(name).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        case = errors.failure_cases.sort_values("index", kind="stable").iloc[0]
        row, title, about = int(case["index"]), str(case["column"]), dataset(name)
        if title in about.columns and case["check"] != "multiple_fields_uniqueness":
            column = about.columns[title]
            raise _refusal(texts[title].iloc[row], title, column, place.row(row)) from errors
        raise BrokenDataError(
            f"{place.row(row)}, columns {', '.join(about.key)}: these values stand in another row "
            "too; expected every row to differ in them."
        ) from errors


def _refusal(text: str, title: str, column: Column, where: str) -> BrokenDataError:
    blank = f"blank may stand for: {column.blank}" if column.blank else "never blank"
    return BrokenDataError(
        f"{where}, column {title}: {text!r} is not allowed; expected {column.allowed}; {blank}."
    )
