"""Tables whose columns carry HXL hashtags: reading one, and choosing rows and columns of it."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fourps.data.hxl.columns import Column
from fourps.data.schema import BrokenDataError

if TYPE_CHECKING:
    from pathlib import Path

_FIRST_ROWS = 25  # as many as libhxl looks through
_QUERY = re.compile(r"([^=!<>~]+)=(.*)", re.DOTALL)


class Row(NamedTuple):
    """One row of data."""

    line: int
    """The line of the file on which it begins, from 1."""
    cells: dict[Column, str]
    """What stands in each column."""


@dataclass(frozen=True)
class Table:
    """The columns of a file, and its rows."""

    columns: list[Column]
    rows: list[Row]

    def find(self, patterns: str) -> list[Column]:
        """Find the columns that a pattern means, from left to right.

        Parameters
        ----------
        patterns
            As for `Column.matches`.

        Examples
        --------
        >>> from fourps.data import activities
        >>> [column.header for column in read(activities.path()).find("#date")]
        ['start', 'end']
        """
        return [column for column in self.columns if column.matches(patterns)]

    def only(self, query: str) -> Table:
        """Keep the rows that say something, with the same columns.

        Parameters
        ----------
        query
            A pattern, ``=`` and a value, such as ``#sector=Protection``. Capitals and the number
            of spaces do not matter; accents do.

        Raises
        ------
        ValueError
            If it is no such query.

        Examples
        --------
        >>> from fourps.data import activities
        >>> len(read(activities.path()).only("#sector=protection").rows)
        71
        """
        asked = _QUERY.fullmatch(query)
        if not asked:
            raise ValueError(
                f"'{query}' is no query: write a hashtag, '=' and a value, "
                "such as #sector=Protection."
            )
        meant, wanted = self.find(asked[1]), plain(asked[2])
        return Table(
            self.columns,
            [row for row in self.rows if wanted in (plain(row.cells[column]) for column in meant)],
        )

    def count(self, patterns: str) -> dict[str, int]:
        """Count the rows by what stands in a column, a blank included, in alphabetical order.

        Parameters
        ----------
        patterns
            As for `Column.matches`; the first column that it means is counted.

        Raises
        ------
        ValueError
            If a pattern is none, or means no column of this table.

        Examples
        --------
        >>> from fourps.data import activities
        >>> read(activities.path()).count("#status")
        {'completed': 37, 'ongoing': 105, 'planned': 26, 'suspended': 14}
        """
        meant = self.find(patterns)
        if not meant:
            raise ValueError(
                f"No column carries {patterns}: there are "
                f"{', '.join(column.hashtag for column in self.columns if column.tag)}."
            )
        return dict(sorted(Counter(row.cells[meant[0]] for row in self.rows).items()))


def read(path: Path) -> Table:
    """Read a file by its row of hashtags.

    The first row counts, among the first 25, in which at least half of the cells that are not
    blank are hashtags; the header is the row above. A column whose cell there is no hashtag
    carries none. What stands in a row to the right of all columns is left out.

    Every value is as it stands in the file; a cell that a short row lacks is blank.

    Parameters
    ----------
    path
        A CSV file in UTF-8, with commas.

    Raises
    ------
    fourps.data.schema.BrokenDataError
        If it has no row of hashtags.

    Examples
    --------
    >>> from fourps.data import activities
    >>> table = read(activities.path())
    >>> [column.hashtag for column in table.columns][:5]
    ['#org', '#sector', '#subsector', '#activity', '#adm1+name']
    >>> (region,) = table.find("#adm1")
    >>> region.header, table.rows[0].line, table.rows[0].cells[region]
    ('region', 4, 'Merrivane')
    """
    rows = _rows(path)
    header: list[str] = []
    for number, (_, cells) in enumerate(rows[:_FIRST_ROWS]):
        columns = list(map(Column.of, itertools.count(), _wide(header, len(cells)), cells))
        filled = sum(bool(cell.strip()) for cell in cells)
        if 0 < filled <= 2 * sum(bool(column.tag) for column in columns):
            width = len(columns)
            return Table(
                columns,
                [
                    Row(line, dict(zip(columns, _wide(values, width), strict=True)))
                    for line, values in rows[number + 1 :]
                ],
            )
        header = cells
    raise BrokenDataError(
        f"{path}: no row of hashtags among the first {_FIRST_ROWS}. Expected a row such as "
        "#org,#sector,#adm1+name below the header."
    )


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return each row that is no blank line, with the line on which it begins."""
    rows, line = [], 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for cells in reader:
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1
    return rows


def _wide(values: list[str], width: int) -> list[str]:
    return [*values, *[""] * width][:width]


def plain(text: str) -> str:
    """Return a text as it is compared: without capitals, with single spaces."""
    return " ".join(text.split()).casefold()
