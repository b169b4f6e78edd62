"""What people decided over written tasks: rows are added, and what counts is read from them.

A row says what one marker decided over one text, or takes an earlier row of the same marker back.
nbgrader's own score and comment follow from them; `nbseal.gradebook.by_hand` writes those.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nbseal.gradebook import tables
from nbseal.gradebook.tables import DECISION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

Kind = Literal["mark", "stop", "undo"]
Text: TypeAlias = tuple[str, str, str]
"""A learner, a notebook and a graded cell, by nbgrader's names."""
APART = 2
"""Points by which two markers may differ before a text waits for both."""


@dataclass(frozen=True)
class Decision:
    """What one marker decided over one text."""

    assignment: str
    student: str
    notebook: str
    cell: str
    """nbgrader's names."""
    marker: str
    """What the person who marked is called."""
    kind: Kind
    """``stop``: it tells a real case, and nobody marks it; ``undo``: an earlier row is taken
    back."""
    text_hash: str
    """Of the text that was read: see `text_hash`."""
    scores: tuple[float, ...] = ()
    """Points of each criterion; where there is no rubric, one number."""
    cap: bool = False
    """Whether the text could do harm, so that it gets no more than the rubric's cap."""
    points: float | None = None
    """What that comes to."""
    comment: str = ""
    at: datetime = datetime(1, 1, 1)  # noqa: DTZ001 - databases keep none with a zone
    """When, in UTC."""
    undoes: int | None = None
    """The row that is taken back."""
    id: int = 0
    """Of the row; later ones have higher ids."""

    @property
    def text(self) -> Text:
        """What it is about."""
        return self.student, self.notebook, self.cell


def text_hash(text: str) -> str:
    """Return by what a text is known.

    Examples
    --------
    >>> text_hash("A man has a question about pay.")[:8]
    'db84f72a'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def add(connection: Connection, decision: Decision, at: datetime | None = None) -> Decision:
    """Add a row, and return it with its id and its time, which by default is now."""
    made = replace(decision, at=at or datetime.now(UTC).replace(tzinfo=None))
    values = {name: getattr(made, name) for name in _COLUMNS}
    values["scores"] = json.dumps(made.scores)
    key = connection.scalar(DECISION.insert().values(values).returning(DECISION.c.id))
    return replace(made, id=key or 0)


def rows(connection: Connection, assignment: str, **columns: str) -> list[Decision]:
    """Return all rows of an assignment, the earliest first; none if nobody has decided anything.

    Parameters
    ----------
    columns
        What else they have, such as ``cell="task-10"``.
    """
    kept = tables.rows(connection, DECISION, assignment=assignment, **columns)
    return [_read(row) for row in kept]


def standing(every: Iterable[Decision]) -> dict[Text, dict[str, Decision]]:
    """Return what each marker's decision over each text is by now, by text and marker.

    Parameters
    ----------
    every
        Rows in their order. A row that was taken back leaves the one before it.
    """
    known = [*every]
    undone = {one.undoes for one in known if one.kind == "undo"}
    found: dict[Text, dict[str, Decision]] = {}
    for one in known:
        if one.kind != "undo" and one.id not in undone:
            found.setdefault(one.text, {})[one.marker] = one
    return found


def is_stopped(markers: Mapping[str, Decision]) -> bool:
    """Say whether one of them stopped at a text: then nobody marks it."""
    return any(one.kind == "stop" for one in markers.values())


def are_apart(markers: Mapping[str, Decision]) -> bool:
    """Say whether two markers have to talk about a text first.

    They differ by more than two points, or one saw harm where the other saw none and that changes
    the mark.
    """
    marked = _marks(markers)
    points = [one.points or 0.0 for one in marked]
    apart = max(points, default=0.0) - min(points, default=0.0)
    return apart > APART or (apart > 0 and len({one.cap for one in marked}) > 1)


def counting(markers: Mapping[str, Decision]) -> Decision | None:
    """Return what counts of several markers' decisions over a text; None if nothing does yet.

    The higher points count, and of equal ones those that came first. The learner gets the comments
    of all, that of the one who counts first.
    """
    marked = sorted(_marks(markers), key=lambda one: (-(one.points or 0.0), one.id))
    if not marked or is_stopped(markers) or are_apart(markers):
        return None
    comments = dict.fromkeys(one.comment for one in marked if one.comment)
    return replace(marked[0], comment="\n\n".join(comments))


def latest(
    connection: Connection, assignment: str, notebook: str = ""
) -> dict[tuple[str, str], Decision]:
    """Return the decisions of an assignment that count, by learner and cell.

    What was set elsewhere afterwards they do not know: nbgrader's own score and comment say it.

    Parameters
    ----------
    notebook
        The one that is meant, where two notebooks have cells of the same name.
    """
    columns = {"notebook": notebook} if notebook else {}
    texts = standing(rows(connection, assignment, **columns))
    counted = {text: counting(markers) for text, markers in texts.items()}
    return {(student, cell): one for (student, _, cell), one in counted.items() if one}


def stopped(connection: Connection, assignment: str) -> list[Text]:
    """Return the texts of an assignment at which somebody stopped: each needs another task."""
    texts = standing(rows(connection, assignment))
    return sorted(text for text, markers in texts.items() if is_stopped(markers))


def _marks(markers: Mapping[str, Decision]) -> list[Decision]:
    """Return the marks of the text that was read last: another was handed in before it."""
    marked = [one for one in markers.values() if one.kind == "mark"]
    newest = max(marked, key=lambda one: one.id, default=None)
    return [one for one in marked if newest and one.text_hash == newest.text_hash]


_COLUMNS = [column.name for column in DECISION.columns if column.name != "id"]


def _read(row: Any) -> Decision:
    scores: Sequence[float] = json.loads(row.scores)
    return Decision(**row._asdict() | {"scores": tuple(scores)})
