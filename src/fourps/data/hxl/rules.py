"""Rules that the cells of a table must keep, and the cells that break them."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from fourps.data.hxl.table import Table, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATES = ("%Y-%m-%d", "%Y-%m", "%Y")


class Rule(NamedTuple):
    """One line of an HXL schema."""

    tag: str
    """A pattern: the columns whose cells it looks at. Blank cells are never a fault."""
    test: str
    """The kind of rule, as the column of a schema is tagged: ``#valid_datatype``,
    ``#valid_value+min``, ``#valid_value+list`` or ``#valid_value+regex``."""
    value: str
    """What the test is given: ``date`` or ``number``; the least number; the values that may stand
    there, with ``|`` between them; a regular expression of Python. Capitals do not matter in the
    last two."""
    rows: str = ""
    """Which rows it looks at, as for `Table.only`; all if empty."""

    def allows(self, cell: str) -> bool:
        """Say whether a cell keeps the rule.

        A date is written 2031-05-30, or 2031-05, or 2031; a number as Python reads it. What is no
        number is not above a least one either.

        Parameters
        ----------
        cell
            What stands in it.

        Raises
        ------
        ValueError
            If the kind of rule or the type of data is not known here, or the least number is none.

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
                return plain(cell) in map(plain, listed.split("|"))
            case "#valid_value+regex", expression:
                return bool(re.search(expression, cell, re.IGNORECASE))
        raise ValueError(f"'{self.test}' with '{self.value}' is no rule that is known here.")


class Fault(NamedTuple):
    """A cell that breaks a rule."""

    line: int
    """Of the file."""
    column: str
    """The header of its column."""
    value: str
    """What stands in it."""
    rule: str
    """The name of the rule."""


# What can be asked of any matrix, whatever it is about.
RULES = {
    "dates": Rule("#date", "#valid_datatype", "date"),
    "numbers": Rule(
        "#population,#affected,#inneed,#targeted,#reached,#indicator+num,#output+num,#value",
        "#valid_datatype",
        "number",
    ),
}


def faults(table: Table, rules: Mapping[str, Rule]) -> list[Fault]:
    """Find the cells that break a rule, from the first line of the file to the last.

    Parameters
    ----------
    table
        What `read` returned.
    rules
        From the name of each rule to the rule. One that is about no column of the table finds
        nothing.

    Examples
    --------
    >>> from fourps.data import activities
    >>> from fourps.data.hxl import read
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
