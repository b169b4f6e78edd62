"""What reviewers have answered: the course's ``book/review.csv``."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

FILE = "book/review.csv"
VERDICTS = ("yes", "no", "better")
COLUMNS = (
    *("number", "field", "id", "wording", "statement"),
    *("verdict", "words", "who", "date", "settled"),
)
# what a pack says besides is for whoever fills it in
_NEEDED = tuple(name for name in COLUMNS if name not in ("number", "statement"))


class Answer(NamedTuple):
    """One row that was filled in.

    Attributes
    ----------
    line
        Of the file.
    field, id
        Who was asked, and about which statement.
    wording
        That of the statement as it was then.
    verdict
        ``yes``, ``no`` or ``better``.
    settled
        What was done about a ``no`` or ``better``; empty while nothing is.
    """

    line: int
    field: str
    id: str
    wording: str
    verdict: str
    settled: str

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide what follows from it."""
        return self.verdict != "yes" and not self.settled


def read(path: Path, fields: Collection[str]) -> list[Answer]:
    """Read the rows that were filled in.

    Parameters
    ----------
    path
        A CSV file with the columns of a pack.
    fields
        The names of those who may be asked.

    Raises
    ------
    BrokenSourceError
        With the line of each row that cannot be understood.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "review.csv"
    >>> _ = path.write_text("field,id,wording,verdict,words,who,date,settled\\n"
    ...                     "lawyer,rule/child,abcdefgh,Yes,,,2026-12-01,\\n")
    >>> [(one.line, one.verdict) for one in read(path, ["lawyer"])]
    [(2, 'yes')]
    """
    answers: list[Answer] = []
    problems: list[Problem] = []
    for line, row in _rows(path):
        wrong = _wrong(row, fields)
        if wrong:
            problems.append(Problem(path, line, "review", *wrong))
        elif row["verdict"]:
            names = ("field", "id", "wording", "verdict", "settled")
            answers.append(Answer(line, *(row[name] for name in names)))
    if problems:
        raise BrokenSourceError(*problems)
    return answers


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the line that it ends on; ``more`` counts cells without a column."""
    try:
        text = path.read_text("utf-8-sig")
        # a spreadsheet writes semicolons where a comma stands in numbers
        first = text.partition("\n")[0]
        comma = ";" if first.count(";") > first.count(",") else ","
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
        head = [name.strip().lower() for name in next(rows, [])]
        if missing := [name for name in _NEEDED if name not in head]:
            message = (
                f"the columns {', '.join(missing)} are missing: keep the first line of the file "
                "that the pack brought"
            )
            raise BrokenSourceError(Problem(path, 1, "review", "", message))
        for cells in rows:
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            short = dict.fromkeys(_NEEDED, "") | row | {"more": "x" * (len(cells) > len(head))}
            yield rows.line_num, short | {"verdict": short["verdict"].lower()}
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"cannot be read: {error}. Save it as 'CSV UTF-8', with text in quotation marks"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error


def _wrong(row: dict[str, str], fields: Collection[str]) -> tuple[str, str] | None:
    """Return the column that is wrong in a row, and what was expected; None if nothing is."""
    if row["more"]:
        return "", "more cells than the first line has: a text with commas needs quotation marks"
    if not row["verdict"]:
        if row["words"]:
            return "verdict", f"expected {_OR} beside the words"
        return None
    if row["verdict"] not in VERDICTS:
        return "verdict", f"expected {_OR}, found {row['verdict']!r}"
    if row["verdict"] == "better" and not row["words"]:
        return "words", "'better' needs words: how would it be better?"
    if row["field"] not in fields:
        return "field", f"expected one of {', '.join(fields)}, found {row['field']!r}"
    if not row["id"]:
        return "id", "is empty: copy it from the pack"
    if not re.fullmatch(r"[a-p]{8}", row["wording"]):
        return "wording", f"expected eight letters as the pack has them, found {row['wording']!r}"
    if row["date"] and not _is_date(row["date"]):
        return "date", f"expected a day such as 2026-12-01, or nothing, found {row['date']!r}"
    return None


_OR = "yes, no or better"


def _is_date(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
