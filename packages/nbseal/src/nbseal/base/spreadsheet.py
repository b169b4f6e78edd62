"""Tables that a spreadsheet opens and does not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell = str | int | float | None
Row = Sequence[Cell]
# what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula.

    Texts that begin like one get an apostrophe; numbers stay as they are.

    Examples
    --------
    >>> safe("=1+1"), safe("Zoë"), safe(-0.5)
    ("'=1+1", 'Zoë', -0.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def table(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV (UTF-8 with a mark, which Excel looks for).

    Parameters
    ----------
    rows
        Lines of cells; None becomes a blank.

    Examples
    --------
    >>> table([["learner", "points"], ["@ada", 1.5]]).decode("utf-8-sig").splitlines()
    ['learner,points', "'@ada,1.5"]
    """
    stream = io.StringIO()
    csv.writer(stream).writerows([safe(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
