"""Where the datasets of the course lie, and how they are written and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.course.files import content_root
from fourps.data.dictionary import dataset
from fourps.data.schema import FileAndLine, parse
from fourps.data.synthetic import label, read, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fourps.data.dictionary import DatasetName

_FIRST = 3  # below the label and the header


def path(name: DatasetName) -> Path:
    """Return where the file of a dataset lies; it need not be there yet.

    Raises
    ------
    ValueError
        If there is no dataset of that name, or it is not stored.

    Examples
    --------
    >>> path("sites").name
    'sites.csv'
    """
    file = dataset(name).file
    if not file:
        raise ValueError(f"The dataset '{name}' is not stored; fourps.data.{name}.make() makes it.")
    return content_root() / file


def load(name: DatasetName, file: Path | None = None) -> pd.DataFrame:
    """Read a dataset and hold it against its schema.

    It has the types that `fourps.data.schema.parse` gives, and the label SYNTHETIC in ``attrs``.

    Parameters
    ----------
    file
        Another file than the course's own.

    Examples
    --------
    >>> load("accounts").attrs
    {'label': 'SYNTHETIC'}
    """
    file = file or path(name)
    tagged = int(any(column.hxl for column in dataset(name).columns.values()))
    # the hashtags are no row
    rows = read(file).iloc[tagged:].reset_index(drop=True)
    return label(parse(rows, name, FileAndLine(file, _FIRST + tagged)))


def loader(name: DatasetName) -> Callable[..., pd.DataFrame]:
    """Make the function by which the module of a dataset reads it, or another file of its shape.

    Examples
    --------
    >>> from fourps.data import accounts
    >>> accounts.load().shape
    (2000, 6)
    """

    def load_dataset(path: Path | None = None) -> pd.DataFrame:
        """Read the dataset from the course's data, or from another file of the same shape.

        It comes as ``make()`` returns it. What was not reported is missing.
        """
        return load(name, path)

    return load_dataset


def save(name: DatasetName, table: pd.DataFrame, file: Path | None = None) -> None:
    """Write a dataset, labelled SYNTHETIC, whole or not at all.

    Parameters
    ----------
    table
        What its ``make()`` returned.
    file
        Another file than the course's own.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save("accounts", load("accounts"), Path(folder) / "accounts.csv")
    ...     load("accounts", Path(folder) / "accounts.csv").equals(load("accounts"))
    True
    """
    shown = with_hashtags(name, texts(name, table))
    about = f"{dataset(name).about} Made by fourps.data.{name}; nobody in it is real."
    write(shown, file or path(name), about)


def with_hashtags(name: DatasetName, shown: pd.DataFrame) -> pd.DataFrame:
    """Put the HXL hashtags of a dataset, if it has any, above its rows, as one row more.

    Parameters
    ----------
    shown
        Its rows as text.

    Examples
    --------
    >>> with_hashtags("activities", texts("activities", load("activities"))).iloc[0, 0]
    '#org'
    """
    tags = {title: column.hxl for title, column in dataset(name).columns.items()}
    return pd.concat([pd.DataFrame([tags]), shown]) if any(tags.values()) else shown


def texts(name: DatasetName, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as it stands in its file: all text, and a blank is empty.

    Whole numbers have no point, and dates are written 2031-05-30.

    Parameters
    ----------
    table
        A typed table.

    Examples
    --------
    >>> texts("accounts", load("accounts")).iloc[0]["account"]
    'A0001'
    """
    shown = table.copy()
    for title, column in dataset(name).columns.items():
        values = table[title]
        match column.type:
            case "integer":
                values = values.map("{:.0f}".format, na_action="ignore")
            case "number":
                values = values.map("{:g}".format, na_action="ignore")
            case "date":
                values = values.dt.strftime("%Y-%m-%d")
        shown[title] = values.astype("object").where(table[title].notna(), "").astype(str)
    return shown
