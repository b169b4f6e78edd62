"""Read tables whose columns carry HXL hashtags, and check them by rules.

HXL, the Humanitarian Exchange Language, puts a row of hashtags between the header and the data: a
machine finds a column by its hashtag, whatever its header says and in whatever language. Hashtags,
patterns and kinds of rule are spelt as in libhxl, the HXL project's own library, of which this
does a small part: it reads CSV files of this machine and asks no network.
"""

from __future__ import annotations

import csv
import itertools
import math
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fourps.data.schema import BrokenDataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FIRST_ROWS = 25  # as many as libhxl looks through
_WORD = "[a-z][a-z0-9_]*"
_HASHTAG = re.compile(rf"\s*#({_WORD})((?:\s*\+{_WORD})*)\s*")
_PATTERN = re.compile(rf"\s*#?({_WORD}|\*)((?:\s*[+-]{_WORD})*)\s*(!?)\s*")
_QUERY = re.compile(r"([^=!<>~]+)=(.*)", re.DOTALL)
_DATES = ("%Y-%m-%d", "%Y-%m", "%Y")


@dataclass(frozen=True)
class Column:
    """One column of a file.

    Parameters
    ----------
    number
        Its place in the file, from 0.
    header
        What people read above it.
    tag
        Its hashtag without attributes, such as ``#adm1``; empty if it carries none.
    attributes
        What its hashtag says further, such as ``("name", "fr")``.
    """

    number: int
    header: str
    tag: str = ""
    attributes: tuple[str, ...] = ()

    @property
    def hashtag(self) -> str:
        """The hashtag with its attributes.

        Returns
        -------
        str
            Empty if the column carries none.

        Examples
        --------
        >>> Column(4, "region", "#adm1", ("name", "fr")).hashtag
        '#adm1+name+fr'
        """
        return "+".join([self.tag, *self.attributes])

    def matches(self, patterns: str) -> bool:
        """Say whether a pattern of hashtags means this column.

        Parameters
        ----------
        patterns
            ``#adm1`` means the hashtag with whatever attributes, ``#adm1+name`` only with this one,
            ``#adm1-code`` only without that one, ``#adm1+name!`` with exactly this one, and ``#*``
            any hashtag. Several are set apart by commas; one of them is enough.

        Returns
        -------
        bool
            Never true for a column without a hashtag.

        Raises
        ------
        ValueError
            If a pattern is none.

        Examples
        --------
        >>> region = Column(4, "region", "#adm1", ("name", "fr"))
        >>> [region.matches(one) for one in ("#adm1", "#adm1+name", "#adm1-fr", "#adm1+name!")]
        [True, True, False, False]
        >>> region.matches("#loc,#*+fr")
        True
        """
        has = set(self.attributes)
        return any(
            one.tag in (self.tag, "#*")
            and one.wanted <= has
            and not one.barred & has
            and not (one.exactly and has - one.wanted)
            for one in _patterns(patterns)
            if self.tag
        )


class Row(NamedTuple):
    """One row of data.

    Parameters
    ----------
    line
        The line of the file on which it begins, from 1.
    cells
        What stands in each column.
    """

    line: int
    cells: dict[Column, str]


@dataclass(frozen=True)
class Table:
    """The columns of a file, and its rows."""

    columns: list[Column]
    rows: list[Row]

    def find(self, patterns: str) -> list[Column]:
        """Find the columns that a pattern means.

        Parameters
        ----------
        patterns
            As for `Column.matches`.

        Returns
        -------
        list of Column
            From left to right; empty if there is none.

        Raises
        ------
        ValueError
            If a pattern is none.

        Examples
        --------
        >>> from fourps.data import activities
        >>> [column.header for column in read(activities.path()).find("#date")]
        ['start', 'end']
        """
        return [column for column in self.columns if column.matches(patterns)]

    def only(self, query: str) -> Table:
        """Keep the rows that say something.

        Parameters
        ----------
        query
            A pattern, ``=`` and a value, such as ``#sector=Protection``. Capitals and the number
            of spaces do not matter; accents do.

        Returns
        -------
        Table
            The same columns.

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
        meant, wanted = self.find(asked[1]), _plain(asked[2])
        return Table(
            self.columns,
            [row for row in self.rows if wanted in (_plain(row.cells[one]) for one in meant)],
        )

    def count(self, patterns: str) -> dict[str, int]:
        """Count the rows by what stands in a column.

        Parameters
        ----------
        patterns
            As for `Column.matches`; the first column that it means is counted.

        Returns
        -------
        dict
            From each value to the number of its rows, in alphabetical order. A blank is a value.

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


class Rule(NamedTuple):
    """One line of an HXL schema.

    Parameters
    ----------
    tag
        A pattern: the columns whose cells it looks at. Blank cells are never a fault.
    test
        The kind of rule, as the column of a schema is tagged: ``#valid_datatype``,
        ``#valid_value+min``, ``#valid_value+list`` or ``#valid_value+regex``.
    value
        What the test is given: ``date`` or ``number``; the least number; the values that may
        stand there, with ``|`` between them; a regular expression of Python. Capitals do not
        matter in the last two.
    rows
        Which rows it looks at, as for `Table.only`; all if empty.
    """

    tag: str
    test: str
    value: str
    rows: str = ""

    def allows(self, cell: str) -> bool:
        """Say whether a cell keeps the rule.

        Parameters
        ----------
        cell
            What stands in it.

        Returns
        -------
        bool
            A date is written 2031-05-30, or 2031-05, or 2031; a number as Python reads it. What
            is no number is not above a least one either.

        Raises
        ------
        ValueError
            If the kind of rule or the type of data is not known here, or the least number is none.
        re.error
            If the regular expression is none.

        Examples
        --------
        >>> dates = Rule("#date", "#valid_datatype", "date")
        >>> dates.allows("2031-02-28"), dates.allows("2031-02-30")
        (True, False)
        >>> Rule("#org", "#valid_value+list", "Tarsane|Pelluvar").allows(" pelluvar")
        True
        """
        match self.test, self.value:
            case "#valid_datatype", "date":
                return _is_date(cell)
            case "#valid_datatype", "number":
                return not math.isnan(_number(cell))
            case "#valid_value+min", least:
                return _number(cell) >= float(least)
            case "#valid_value+list", listed:
                return _plain(cell) in map(_plain, listed.split("|"))
            case "#valid_value+regex", expression:
                return bool(re.search(expression, cell, re.IGNORECASE))
        raise ValueError(f"'{self.test}' with '{self.value}' is no rule that is known here.")


class Fault(NamedTuple):
    """A cell that breaks a rule.

    Parameters
    ----------
    line
        Of the file.
    column
        The header of its column.
    value
        What stands in it.
    rule
        The name of the rule.
    """

    line: int
    column: str
    value: str
    rule: str


# What can be asked of any matrix, whatever it is about.
RULES = {
    "dates": Rule("#date", "#valid_datatype", "date"),
    "numbers": Rule(
        "#population,#affected,#inneed,#targeted,#reached,#indicator+num,#output+num,#value",
        "#valid_datatype",
        "number",
    ),
}


def read(path: Path) -> Table:
    """Read a file by its row of hashtags.

    The first row counts, among the first 25, in which at least half of the cells that are not
    blank are hashtags; the header is the row above. A column whose cell there is no hashtag
    carries none. What stands in a row to the right of all columns is left out.

    Parameters
    ----------
    path
        A CSV file in UTF-8, with commas.

    Returns
    -------
    Table
        Every value as it stands in the file; a cell that a short row lacks is blank.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
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
        columns = list(map(_column, itertools.count(), _wide(header, len(cells)), cells))
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


def faults(table: Table, rules: Mapping[str, Rule]) -> list[Fault]:
    """Find the cells that break a rule.

    Parameters
    ----------
    table
        What `read` returned.
    rules
        From the name of each rule to the rule. One that is about no column of the table finds
        nothing.

    Returns
    -------
    list of Fault
        From the first line of the file to the last.

    Raises
    ------
    ValueError
        If a rule is none.

    Examples
    --------
    >>> from fourps.data import activities
    >>> faults(read(activities.draft_path()), RULES)
    [Fault(line=24, column='start', value='2031-02-30', rule='dates')]
    """
    return sorted(
        (
            Fault(row.line, column.header, cell, name)
            for name, rule in rules.items()
            for column in table.find(rule.tag)
            for row in (table.only(rule.rows) if rule.rows else table).rows
            if (cell := row.cells[column]).strip() and not rule.allows(cell)
        ),
        key=lambda fault: fault.line,
    )


class _Pattern(NamedTuple):
    tag: str
    wanted: set[str]
    barred: set[str]
    exactly: bool


@cache
def _patterns(text: str) -> list[_Pattern]:
    return [_pattern(one) for one in text.split(",")]


def _pattern(text: str) -> _Pattern:
    found = _PATTERN.fullmatch(text.lower())
    if not found or ("-" in found[2] and found[3]):
        raise ValueError(
            f"'{text}' is no pattern of hashtags: write one such as #adm1, #adm1+name "
            "or #adm1-code."
        )
    signed = re.findall(rf"([+-])({_WORD})", found[2])
    return _Pattern(
        f"#{found[1]}",
        {word for sign, word in signed if sign == "+"},
        {word for sign, word in signed if sign == "-"},
        found[3] == "!",
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


def _column(number: int, header: str, cell: str) -> Column:
    found = _HASHTAG.fullmatch(cell.lower())
    if not found:
        return Column(number, header)
    return Column(number, header, f"#{found[1]}", tuple(re.findall(_WORD, found[2])))


def _wide(values: list[str], width: int) -> list[str]:
    return [*values, *[""] * width][:width]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_date(text: str) -> bool:
    for form in _DATES:
        with suppress(ValueError):
            datetime.strptime(text.strip(), form)  # noqa: DTZ007  # a day has no time zone
            return True
    return False


def _number(text: str) -> float:
    with suppress(ValueError):
        number = float(text)
        if math.isfinite(number):
            return number
    return math.nan
