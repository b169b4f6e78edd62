"""The terms of the course in two languages, and how far each pair was checked.

They are rows of a CSV file with a column for each language, ``status``, and ``note``, which is for
translators and stands on no page.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from fourps.course.language import without_region
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from pathlib import Path

# each with the word that says it
STATUSES = {
    "iom": "term-iom",
    "official": "term-official",
    "usage": "term-usage",
    "proposed": "term-proposed",
}
_LANGUAGES = ("en", "fr")


def columns(language: str) -> list[str]:
    """Return the two languages, the reader's own first.

    Examples
    --------
    >>> columns("fr-CA"), columns("es")
    (['fr', 'en'], ['en', 'fr'])
    """
    return sorted(_LANGUAGES, key=lambda code: code != without_region(language))


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of terms.

    Raises
    ------
    BrokenSourceError
        With file and line of a row without one of the languages, or with an unknown status.
    """
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    problems = [
        Problem(
            path,
            line,
            "shape",
            "",
            f"expected {', '.join(_LANGUAGES)} and a status that is one of {', '.join(STATUSES)}",
        )
        for line, row in enumerate(rows, 2)
        if row.get("status") not in STATUSES or not all(row.get(code) for code in _LANGUAGES)
    ]
    if problems:
        raise BrokenSourceError(*problems)
    return rows
