"""Where the datasets of the course lie, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.files import content_root
from fourps.data.dictionary import dataset
from fourps.data.schema import FileAndLine, parse
from fourps.data.synthetic import label, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from fourps.data.dictionary import DatasetName

_FIRST = 3  # below the label and the header


def path(name: DatasetName) -> Path:
    """Return where the file of a dataset lies.

    Raises
    ------
    ValueError
        If there is no dataset of that name.

    Examples
    --------
    >>> path("sites").name
    'sites.csv'
    """
    return content_root() / dataset(name).file


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

        What was not reported is missing.
        """
        return load(name, path)

    return load_dataset
