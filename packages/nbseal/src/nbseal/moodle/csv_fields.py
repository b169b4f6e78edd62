"""A CSV file of which single fields are changed, and every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from nbseal.base.errors import UserError

_DELIMITERS = (",", ";", "\t")


class TableError(UserError, ValueError):
    """A file that is no table; the message names the line."""


class _Field(NamedTuple):
    raw: str
    end: str


class CsvFile:
    """A CSV file with its header, byte order mark, quoting and line ends.

    Parameters
    ----------
    data
        The file: UTF-8, separated by commas, semicolons or tabs.

    Attributes
    ----------
    header
        Names of the columns.

    Raises
    ------
    TableError
        If it cannot be read, or a line has another number of fields than the header.

    Examples
    --------
    >>> table = CsvFile(b'Name,Grade\\r\\n"Brown, Ada",\\r\\n')
    >>> table.get(0, 0), table.get(0, 1)
    ('Brown, Ada', '')
    >>> table.set(0, 1, "7.50")
    >>> table.data
    b'Name,Grade\\r\\n"Brown, Ada",7.50\\r\\n'
    """

    def __init__(self, data: bytes) -> None:
        self._mark = data.startswith(codecs.BOM_UTF8)
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError as error:
            raise TableError("it is not UTF-8; save it as CSV (UTF-8)") from error
        first = re.sub(r'"(?:[^"]|"")*"', "", text.split("\n", 1)[0])
        self._delimiter = max(_DELIMITERS, key=first.count)
        self._rows = self._read(text)
        self.header = [_value(field.raw) for field in self._rows[0]]

    def __len__(self) -> int:
        return len(self._rows) - 1

    def get(self, row: int, column: int) -> str:
        """Return a field's text; rows are counted from the one below the header."""
        return _value(self._rows[row + 1][column].raw)

    def set(self, row: int, column: int, text: str) -> None:
        """Replace a field's text; it is quoted if it must be, or if the field was."""
        old = self._rows[row + 1][column]
        quoted = old.raw.startswith('"') or re.search(rf'[\s"{self._delimiter}]', text)
        raw = '"{}"'.format(text.replace('"', '""')) if quoted else text
        self._rows[row + 1][column] = _Field(raw, old.end)

    @property
    def data(self) -> bytes:
        """The file with what was changed."""
        text = "".join(raw + end for row in self._rows for raw, end in row)
        return (codecs.BOM_UTF8 if self._mark else b"") + text.encode("utf-8")

    def _read(self, text: str) -> list[list[_Field]]:
        mark = re.escape(self._delimiter)
        # PHP, which Moodle is written in, leaves a quote behind a backslash as it is
        strict, loose = r'"(?:[^"]|"")*"', r'"(?:[^"\\]|\\.|"")*"'
        try:
            return _fields(text, rf'({strict}|[^"{mark}\r\n][^{mark}\r\n]*|)({mark}|\r\n|\n|\r|\Z)')
        except TableError:
            return _fields(text, rf'({loose}|[^"{mark}\r\n][^{mark}\r\n]*|)({mark}|\r\n|\n|\r|\Z)')


def _fields(text: str, pattern: str) -> list[list[_Field]]:
    field = re.compile(pattern, re.DOTALL)
    rows: list[list[_Field]] = []
    row: list[_Field] = []
    place = 0
    while place < len(text) or row:
        match = field.match(text, place)
        line = text.count("\n", 0, place) + 1
        if not match:
            raise TableError(f"line {line}: a quote is not closed, or stands inside a field")
        row.append(_Field(match[1], match[2]))
        place = match.end()
        if match[2] in ("\r\n", "\n", "\r", ""):
            if rows and len(row) != len(rows[0]):
                raise TableError(
                    f"line {line}: {len(row)} fields, but {len(rows[0])} in the header"
                )
            rows.append(row)
            row = []
    if not rows:
        raise TableError("it is empty")
    return rows


def _value(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
