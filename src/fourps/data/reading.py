"""What a reader of a real file gives back: the frame, and what it could not bring into it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

_COLUMNS = ["what", "rows", "reason"]


@dataclass(frozen=True)
class Reading:
    """A real file in the shape of the course's own table.

    Examples
    --------
    >>> Reading(pd.DataFrame({"gender": ["Man"]}), Notes().table()).unmapped.columns.tolist()
    ['what', 'rows', 'reason']
    """

    frame: pd.DataFrame
    """The columns of the synthetic table, and a label in ``attrs`` that says that it is real."""
    unmapped: pd.DataFrame
    """What is not in the frame or came into it changed: ``what``, in how many ``rows``, and the
    ``reason``. Read it before the frame."""


@dataclass
class Notes:
    """Collects what a reader could not map.

    Examples
    --------
    >>> notes = Notes()
    >>> notes.add("column isAbduction", 3, "the frame has no such column")
    >>> notes.add("gender 'Other'", 0, "not mentioned, since no row has it")
    >>> notes.table().values.tolist()
    [['column isAbduction', 3, 'the frame has no such column']]
    """

    _found: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, what: str, rows: int, reason: str) -> None:
        """Note something, unless no row is concerned."""
        if rows:
            self._found.append((what, rows, reason))

    def table(self) -> pd.DataFrame:
        """Return all notes, one a row."""
        return pd.DataFrame(self._found, columns=_COLUMNS)


def filled(texts: pd.Series) -> int:
    """Return how many values of a column of text are not blank.

    Examples
    --------
    >>> filled(pd.Series(["", "1", " "]))
    1
    """
    return int((texts.str.strip() != "").sum())
