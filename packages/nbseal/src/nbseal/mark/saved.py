"""Marks that the desk of a folder saved as a file (`log.js`), taken into the gradebook."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import UserError
from nbseal.gradebook.decisions import text_hash
from nbseal.mark.checked import BadDecisionError
from nbseal.mark.desk import NotSavedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nbseal.mark.desk import Desk

FORMAT = 1
_LARGEST = 20_000_000
_TEXT = ("id", "at", "marker", "assignment", "cell", "text")

Marks = dict[str, dict[str, Any]]
"""What one marker decided, by the hash of each text."""


class NoMarksError(UserError):
    """A file that has no marks in it; the message says which and why."""


@dataclass
class Taken:
    """What came of a file."""

    marks: int = 0
    """How many were taken."""
    there: int = 0
    """How many the gradebook had already."""
    refused: list[str] = field(default_factory=list)
    """Why others were not, each with its learner."""


def read(path: Path, assignment: str, cell: str, marker: str) -> dict[str, Marks]:
    """Return what was decided over a task, by marker.

    Parameters
    ----------
    path
        The file.
    assignment, cell
        nbgrader's names.
    marker
        What whoever saved the file is called; other markers have their names in the file.

    Raises
    ------
    NoMarksError
        If it is no such file, or has nothing of this task.
    """
    rows, mine = _rows(path)
    undone = {row.get("undoes") for row in rows}
    found: dict[str, Marks] = {}
    for row in sorted(rows, key=lambda row: row["at"]):
        is_here = (row["assignment"], row["cell"]) == (assignment, cell)
        if is_here and "decision" in row and row["id"] not in undone:
            name = marker if row["marker"] in mine else row["marker"]
            found.setdefault(name, {})[row["text"]] = row["decision"]
    if not found:
        raise NoMarksError(f"{path}: nothing of {assignment}/{cell} is in it.")
    return found


def take(desk: Desk, marks: Marks) -> Taken:
    """Take one marker's marks into the gradebook; what is there stays.

    Parameters
    ----------
    desk
        The task as this marker sees it.
    marks
        Of this marker.
    """
    taken, unknown, seen = Taken(), [], set()
    for text in desk.load()["texts"]:
        who, written = desk.who(text["key"]), desk.written(text["key"])
        name = hash_of(written.source) if written else ""
        seen.add(name)
        if name in marks:
            _take(desk, text, marks[name], who, taken)
        elif not (text["empty"] or text["mine"]):
            unknown.append(who)
    if {*marks} - seen:
        taken.refused += (f"{who}: the text here is not one that was marked." for who in unknown)
    return taken


def _take(
    desk: Desk, text: dict[str, Any], decision: dict[str, Any], who: str, taken: Taken
) -> None:
    if _is_same(text, decision):
        taken.there += 1
        return
    why = _why(text)
    if not why:
        try:
            desk.put(text["key"], decision, text["seen"])
        except (NotSavedError, BadDecisionError) as error:
            why = str(error)
    if why:
        taken.refused.append(f"{who}: {why}")
    else:
        taken.marks += 1


def hash_of(text: str) -> str:
    """Return by what such a file knows a text: line ends, and blanks around it, do not count.

    Examples
    --------
    >>> hash_of("One.\\r\\nTwo.\\n") == hash_of("One.\\nTwo.")
    True
    """
    return text_hash(text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n"))


def _rows(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError  # noqa: TRY301 - said below, like all else
        document = json.loads(path.read_bytes())
        rows, mine = document["marking"], document["mine"]
        if document["format"] != FORMAT or not isinstance(mine, list):
            raise ValueError  # noqa: TRY301
        if not all(map(_is_row, rows)):
            raise ValueError  # noqa: TRY301
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoMarksError(
            f"{path}: no file of marks that a desk saved, or somebody has changed it."
        ) from error
    return rows, mine


def _is_row(row: Any) -> bool:
    decision, undoes = row.get("decision"), row.get("undoes")
    decides = isinstance(decision, dict) and decision.get("kind") in ("mark", "stop")
    named = all(isinstance(row.get(name), str) for name in _TEXT)
    return named and decides != isinstance(undoes, str) and row["marker"].isprintable()


def _is_same(text: Mapping[str, Any], decision: Mapping[str, Any]) -> bool:
    """Whether the gradebook has a decision already."""
    mine = text["mine"]
    if decision["kind"] == "stop":
        return bool(text["waits"] == "stopped")
    return bool(mine) and (
        [*mine["scores"]] == decision.get("scores")
        and mine["cap"] == decision.get("cap")
        and mine["comment"] == str(decision.get("comment")).strip()
    )


def _why(text: Mapping[str, Any]) -> str:
    """Return why a mark is not taken; nothing if it is."""
    mine, elsewhere = text["mine"], text["elsewhere"]
    if text["waits"] == "stopped":
        return "somebody stopped at this text; nobody marks it."
    if mine:
        return f"it is marked here with {mine['points']:g} points; they stay."
    return "another program, such as the formgrader, has set a mark; it stays." if elsewhere else ""
