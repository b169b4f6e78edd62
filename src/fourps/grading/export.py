"""Give marks to others: filled into Moodle's worksheet, or as one table for all exercises.

Both are exporters of nbgrader too::

    nbgrader export --exporter=fourps.grading.export.MoodleExporter
        --MoodleExporter.worksheet=grades.csv --assignment="['protection']"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader import api
from nbgrader.plugins import ExportPlugin
from sqlalchemy import select
from traitlets import Bool, Unicode

from fourps.grading.marks import Marks, read_marks, released
from fourps.grading.moodle.learners import Learners
from fourps.grading.moodle.worksheet import Worksheet
from fourps.grading.record.criteria import first_points
from fourps.grading.run import outcome
from fourps.grading.table import Row, safe, table
from fourps.home.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.grading.moodle.worksheet import Participant

_LOCKED = ("no", "non")
# ids that a message shows
_FEW = 3


@dataclass
class Filled:
    """A worksheet with grades.

    Attributes
    ----------
    data
        The file.
    graded
        How many lines have a grade now.
    known
        How many lines are of learners who have marks.
    left
        One line for each that was left as it was although there is a submission, and for what the
        worksheet has on several lines.
    """

    data: bytes = b""
    graded: int = 0
    known: int = 0
    left: list[str] = field(default_factory=list)


def fill(
    worksheet: Worksheet, marks: Iterable[Marks], learners: Learners, *, comments: bool = False
) -> Filled:
    """Fill grades into Moodle's worksheet; every other byte of it stays.

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

    Returns
    -------
    Filled
        Who has nothing, or something that nobody has marked yet, keeps the line as it is.

    Raises
    ------
    WorksheetError
        If a column is missing.
    """
    column = worksheet.column("grade")
    worksheet.column("maximum")
    remarks = worksheet.column("comments") if comments else None
    known = {one.learner: one for one in marks}
    filled = Filled(left=[*worksheet.shared])
    for person in worksheet.people:
        mine = next((known[one] for one in learners.ids(person) if one in known), None)
        if mine is None:
            continue
        filled.known += 1
        if why := _why_not(worksheet, person, mine):
            filled.left.append(f"{mine.learner}: {why}; left as it was.")
            continue
        maximum = worksheet.text(person.row, "maximum")
        worksheet.table.set(person.row, column, scaled(mine, maximum))
        if remarks is not None:
            worksheet.table.set(person.row, remarks, str(safe(_commented(mine))))
        filled.graded += 1
    filled.data = worksheet.table.data
    return filled


def matches_nobody(worksheet: Worksheet, marks: Iterable[Marks], learners: Learners) -> str:
    """Say what was compared where no line of a worksheet is of anybody who has marks."""
    here = sorted(one.learner for one in marks)
    there = [one for person in worksheet.people for one in learners.ids(person)]
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
    shown = f"{share * most:.2f}"
    return shown.replace(".", ",") if "," in maximum else shown


def overview(book: api.Gradebook, assignment: str = "") -> list[Row]:
    """Return one table: a line for each learner, some columns for each assignment.

    Parameters
    ----------
    book
        The gradebook.
    assignment
        One assignment; by default all.

    Returns
    -------
    list of sequences
        A head, and for each learner, graded or not: points less penalty, points possible, in our
        exercises the points of the first 70 (which lateness does not touch), and whether everything
        is marked, or else what `fourps grade run` said. Ids only.

    Raises
    ------
    UnknownAssignmentError
        If the assignment was not released.
    """
    found = {(one.learner, one.assignment): one for one in read_marks(book, assignment)}
    names = [assignment] if assignment else released(book.db)
    outcomes = {name: outcome.read(book.db.connection(), name) for name in names}
    ours = {one.assignment for one in found.values() if first_points(one) is not None}
    ends = {name: ("", " of", *([" first 70"] if name in ours else []), " state") for name in names}
    rows: list[Row] = [["learner", *(f"{name}{end}" for name in names for end in ends[name])]]
    for learner in sorted(book.db.scalars(select(api.Student.id))):
        row: list[str | float | None] = [learner]
        for name in names:
            one, became = found.get((learner, name)), outcomes[name].get(learner)
            points, state = _listed(one, became)
            first = first_points(one) if one and one.done else None
            of = one.maximum if one else None
            row += [points, of, *([first] if name in ours else []), state]
        rows.append(row)
    return rows


def _listed(marks: Marks | None, became: outcome.Outcome | None) -> tuple[float | None, str]:
    """Return points, if everything is marked, and what there is to say."""
    if marks is None:
        return None, became.status if became else "not graded"
    state = "marked" if marks.done else f"to mark: {len(marks.waiting)}"
    if became and became.status == "partly":
        # whoever reads the points should know that not everything ran
        state = f"{state}; partly graded: {became.reason}"
    return (round(marks.points, 2) if marks.done else None), state


class MoodleExporter(ExportPlugin):  # type: ignore[misc] # nbgrader has no types
    """Fill Moodle's grading worksheet of one assignment."""

    worksheet = Unicode("grades.csv", help="the worksheet that Moodle gave").tag(config=True)
    comments = Bool(default_value=False, help="fill in comments too").tag(config=True)

    def export(self, gradebook: Any) -> None:
        if len(self.assignment) != 1:
            raise ValueError("a worksheet is for one assignment: --assignment=['protection']")
        course = Path(self.parent.coursedir.root)
        filled = fill(
            Worksheet(Path(self.worksheet)),
            read_marks(gradebook, str(self.assignment[0])),
            Learners(course),
            comments=self.comments,
        )
        write_whole(Path(self.to or "moodle.csv"), filled.data)
        for line in filled.left:
            self.log.warning("%s", line)


class OverviewExporter(ExportPlugin):  # type: ignore[misc] # nbgrader has no types
    """Write one table with a line for each learner."""

    def export(self, gradebook: Any) -> None:
        write_whole(Path(self.to or "marks.csv"), table(overview(gradebook)))


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
