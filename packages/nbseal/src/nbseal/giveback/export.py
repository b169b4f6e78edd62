"""Give marks to others: filled into Moodle's worksheet, or as one table for all exercises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from nbseal.base.profile import profile
from nbseal.base.spreadsheet import safe
from nbseal.gradebook import verdicts
from nbseal.gradebook.marks import Marks, read_marks
from nbseal.gradebook.opening import learners, released
from nbseal.machine import brief
from nbseal.time_limit import in_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nbseal.base.spreadsheet import Cell, Row
    from nbseal.moodle.learners import Learners, Participant
    from nbseal.moodle.worksheet import Worksheet

_LOCKED = ("no", "non")
# ids that a message shows
_FEW = 3


@dataclass
class Filled:
    """A worksheet with grades."""

    data: bytes = b""
    """The file."""
    graded: int = 0
    """How many lines have a grade now."""
    known: int = 0
    """How many lines are of learners who have marks."""
    left: list[str] = field(default_factory=list)
    """One line for each that was left as it was although there is a submission, and for what the
    worksheet has on several lines."""
    failed: list[str] = field(default_factory=list)
    """Learners of whom something cannot be read; each is among those too."""


@dataclass
class Overview:
    """One table for all."""

    rows: list[Row]
    """A head, and a line for each learner."""
    left: list[str] = field(default_factory=list)
    """One line for each of whom something cannot be read."""


def fill(
    worksheet: Worksheet, marks: Iterable[Marks], learners: Learners, *, comments: bool = False
) -> Filled:
    """Fill grades into Moodle's worksheet; every other byte of it stays.

    Who has nothing, or something that nobody has marked yet, keeps the line as it is.

    Parameters
    ----------
    worksheet
        As Moodle gave it.
    marks
        Of the one assignment that the worksheet is for.
    learners
        Who is who.
    comments
        Whether comments of the person who marked go into the column for them.
    """
    for key in ("grade", "maximum", *(["comments"] if comments else [])):
        worksheet.column(key)
    known = {graded.learner: graded for graded in marks}
    filled = Filled(left=[*worksheet.shared])
    for person in worksheet.people:
        mine = next((known[name] for name in learners.ids(person) if name in known), None)
        if mine is None:
            continue
        filled.known += 1
        try:
            with in_time():
                fields, why = _fields(worksheet, person, mine, comments=comments)
        # whatever is wrong with one, the others get theirs
        except Exception as error:  # noqa: BLE001
            fields, why = {}, brief(error)
            filled.failed.append(mine.learner)
        if why:
            filled.left.append(f"{mine.learner}: {why}; left as it was.")
            continue
        for column, text in fields.items():
            worksheet.table.set(person.row, column, text)
        filled.graded += 1
    filled.data = worksheet.table.data
    return filled


def _fields(
    worksheet: Worksheet, person: Participant, marks: Marks, *, comments: bool
) -> tuple[dict[int, str], str]:
    """Return what goes into a person's line, by column, or why it stays as it is."""
    if marks.trouble:
        raise ValueError(marks.trouble)
    if why := _why_not(worksheet, person, marks):
        return {}, why
    grade = scaled(marks, worksheet.text(person.row, "maximum"))
    fields = {worksheet.column("grade"): grade}
    if comments:
        fields[worksheet.column("comments")] = str(safe(_commented(marks)))
    # nothing that the file could not hold
    "".join(fields.values()).encode()
    return fields, ""


def matches_nobody(worksheet: Worksheet, marks: Iterable[Marks], learners: Learners) -> str:
    """Say what was compared where no line of a worksheet is of anybody who has marks."""
    here = sorted(graded.learner for graded in marks)
    there = [name for person in worksheet.people for name in learners.ids(person)]
    return (
        f"{worksheet.path}: no line is of a learner with marks, so nothing is filled in. Compared "
        "were the ID number, a pseudonym made of the e-mail address with the key .pseudonyms, and "
        f"Moodle's own number, in the worksheet {_few(there)}; with the ids in the gradebook, "
        f"{_few(here)}. Is it the worksheet of another course or assignment, or was .pseudonyms "
        "lost?"
    )


def _few(ids: list[str]) -> str:
    return f"{', '.join(ids[:_FEW])}{' ...' if len(ids) > _FEW else ''}" if ids else "none"


def scaled(marks: Marks, maximum: str) -> str:
    """Return points on the scale of Moodle, with its decimal sign.

    Examples
    --------
    >>> scaled(Marks("ada", "protection", {"task-1": (35, 70)}), "10,00")
    '5,00'
    """
    most = float(maximum.replace(",", "."))
    # points beyond the maximum are none in Moodle, which refuses them
    share = min(1.0, marks.points / marks.maximum) if marks.maximum else 0.0
    points = f"{share * most:.2f}"
    return points.replace(".", ",") if "," in maximum else points


def overview(book: Any, assignment: str = "") -> Overview:
    """Return one table: a line for each learner, some columns for each assignment.

    A learner has, graded or not: points less penalty, points possible, the
    points of a part that the course counts by itself (which lateness does not touch), and whether
    everything is marked, or else what the run said. Ids only.
    """
    marks = {(graded.learner, graded.assignment): graded for graded in read_marks(book, assignment)}
    names = [assignment] if assignment else released(book.db)
    known = {name: verdicts.read(book.db.connection(), name) for name in names}
    ours = {name for (_, name), graded in marks.items() if profile().part(graded) is not None}
    ends = {
        name: ("", " of", *([f" {profile().part_name}"] if name in ours else []), " state")
        for name in names
    }
    table = Overview([["learner", *(f"{name}{end}" for name in names for end in ends[name])]])
    for learner in sorted(learners(book.db)):
        row: list[Cell] = [learner]
        for name in names:
            mine = marks.get((learner, name))
            if mine and mine.trouble:
                table.left.append(f"{learner}: {name} has no points, since {mine.trouble}.")
            part = _part(mine, known[name].get(learner))
            row += part if name in ours else [*part[:2], part[-1]]
        table.rows.append(row)
    return table


def _part(marks: Marks | None, became: verdicts.Verdict | None) -> list[Cell]:
    """Return what the table says of one learner's assignment."""
    if marks is None:
        return [None, None, None, became.status if became else "not graded"]
    if marks.trouble:
        return [None, marks.maximum, None, f"cannot be read: {marks.trouble}"]
    state = "marked" if marks.done else f"to mark: {len(marks.waiting)}"
    if became and became.status == "partly":
        # whoever reads the points should know that not everything ran
        state = f"{state}; partly graded: {became.reason}"
    if not marks.done:
        return [None, marks.maximum, None, state]
    return [round(marks.points, 2), marks.maximum, profile().part(marks), state]


def _why_not(worksheet: Worksheet, person: Participant, marks: Marks) -> str:
    if not marks.done:
        return f"to be marked by hand: {', '.join(marks.waiting)}"
    if worksheet.text(person.row, "changeable").casefold() in _LOCKED:
        return "Moodle lets nobody change this grade"
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", worksheet.text(person.row, "maximum")):
        return "Moodle gives no maximum grade as a number"
    return ""


def _commented(marks: Marks) -> str:
    """Return the comments as Moodle shows them, which takes HTML."""
    lines = [f"{escape(cell)}: {escape(text)}" for cell, text in sorted(marks.comments.items())]
    if marks.penalty:
        lines.append(f"Late: {marks.penalty:g} points less.")
    return "<br>".join(lines).replace("\n", "<br>")
