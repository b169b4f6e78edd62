"""The fact sheet: what was checked, and how."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from pathlib import Path


def table(path: Path) -> dict[str, str]:
    """Read the fact sheet: the status of each fact by its id.

    Parameters
    ----------
    path
        A CSV file with the columns ``id`` and ``status``: ``V1`` was seen on the publisher's own
        page, ``V2`` elsewhere, ``R-h``, ``R-m`` and ``R-l`` were recalled with high, medium and low
        confidence, ``design`` is the course's own idea; ``V2+R-h`` is partly the one, partly the
        other.

    Raises
    ------
    BrokenSourceError
        If it is not UTF-8 text, or a row lacks its id or status.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> table(content_root() / "book" / "facts.csv")["F-12"]
    'V1+V2'
    """
    found: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if not row.get("id") or not row.get("status"):
                    message = "expected a row under the header id,status,note,fact"
                    raise BrokenSourceError(Problem(path, rows.line_num, "shape", "", message))
                found[row["id"]] = row["status"]
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"cannot be read as a CSV file in UTF-8: {error}"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error
    return found
