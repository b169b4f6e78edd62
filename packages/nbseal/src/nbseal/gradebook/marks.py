"""The marks of a gradebook: what each learner has, what waits for a person, and what moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader import api
from sqlalchemy import select

from nbseal.gradebook import tables
from nbseal.gradebook.cells import CELL, graded_cells, grades, is_number, of_submissions
from nbseal.gradebook.opening import released
from nbseal.gradebook.tables import MOVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from nbseal.base.spreadsheet import Row
    from nbseal.gradebook.cells import Grade, GradedCell

MOVED_FILE = "marks-moved.csv"
LATE = "late hand-in"
Points = dict[tuple[str, str], float | None]


@dataclass
class Marks:
    """A learner's submission of an assignment."""

    learner: str
    assignment: str
    """Their names in nbgrader."""
    cells: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Points given and possible, by the name of each graded cell."""
    waiting: list[str] = field(default_factory=list)
    """Cells that nobody has marked yet."""
    by_hand: dict[str, float | None] = field(default_factory=dict)
    """What a person gave for each written task; None where nobody entered anything, be it that
    nbgrader gave an untouched one 0 by itself."""
    corrected: list[str] = field(default_factory=list)
    """Cells that a check marks, and a person marked otherwise."""
    penalty: float = 0.0
    """Points taken off for lateness."""
    comments: dict[str, str] = field(default_factory=dict)
    """What a person wrote about each cell."""
    trouble: str = ""
    """What of it cannot be read, which may be any part; empty if nothing."""

    @property
    def points(self) -> float:
        """Points, less the penalty for lateness.

        Examples
        --------
        >>> Marks("ada", "protection", {"task-1": (5, 5), "task-2": (2, 4)}, penalty=1).points
        6.0
        """
        return max(0.0, sum((given for given, _ in self.cells.values()), 0.0) - self.penalty)

    @property
    def maximum(self) -> float:
        """Points that can be earned."""
        return sum(possible for _, possible in self.cells.values())

    @property
    def unmarked(self) -> list[str]:
        """What no person has marked: cells that wait, and written tasks that were given 0 unseen.

        Examples
        --------
        >>> Marks("ada", "protection", by_hand={"task-10": 12.0, "task-11": None}).unmarked
        ['task-11']
        """
        unseen = [name for name, given in self.by_hand.items() if given is None]
        return list(dict.fromkeys([*self.waiting, *unseen]))

    @property
    def done(self) -> bool:
        """Whether everything is marked, by the checks and by a person, and can be read."""
        return bool(self.cells) and not self.waiting and not self.trouble


def read_marks(book: api.Gradebook, assignment: str = "") -> list[Marks]:
    """Read what was marked: submissions that were graded at all, by assignment and learner.

    By default those of all assignments.
    """
    released(book.db, [assignment] if assignment else ())
    known = {key: cell for cells in graded_cells(book.db).values() for key, cell in cells.items()}
    place = {key: number for number, key in enumerate(known)}
    marks: dict[tuple[str, str], Marks] = {}
    for grade in sorted(grades(book.db), key=lambda grade: place[grade.cell]):
        learner, name = grade.learner, grade.assignment
        mine = marks.setdefault((name, learner), Marks(learner, name))
        _enter(mine, known[grade.cell], grade)
    notebook = api.SubmittedNotebook
    query = of_submissions(notebook, notebook.late_submission_penalty)
    for learner, name, penalty in book.db.execute(query):
        if (name, learner) not in marks:
            continue
        if is_number(penalty):
            marks[name, learner].penalty += penalty or 0.0
        else:
            marks[name, learner].trouble = "the gradebook has a penalty that is no number"
    seen: set[tuple[str, str, str]] = set()
    for learner, name, notebook, cell, comment in book.db.execute(_comments()):
        key = f"{notebook}/{cell}" if (learner, name, cell) in seen else cell
        seen.add((learner, name, cell))
        if comment and (name, learner) in marks:
            marks[name, learner].comments[key] = comment
    return [marks[key] for key in sorted(marks) if assignment in ("", key[0])]


def _enter(marks: Marks, cell: GradedCell, grade: Grade) -> None:
    key = f"{cell.notebook}/{cell.name}" if cell.name in marks.cells else cell.name
    if grade.is_broken or not is_number(cell.most):
        marks.trouble = f"the gradebook has points of {key} that are no number"
        return
    marks.cells[key] = ((grade.given or 0.0) + (grade.extra or 0.0), cell.most or 0.0)
    if grade.waits or grade.given is None:
        marks.waiting.append(key)
    if cell.written:
        marks.by_hand[key] = grade.manual
    elif grade.manual is not None:
        marks.corrected.append(key)


def _comments() -> Any:
    comment = api.Comment
    columns = (api.Notebook.name, CELL.c.name, comment.manual_comment)
    return (
        of_submissions(comment, *columns)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(CELL, comment.cell_id == CELL.c.id)
        .order_by(api.Notebook.name, CELL.c.name)
    )


class MovedMark(NamedTuple):
    """A mark that is another than before."""

    assignment: str
    student: str
    notebook: str
    cell: str
    """nbgrader's names; the cell is `LATE` for what lateness takes off."""
    old: float | None
    new: float | None
    """Points; None where a person is to give them."""
    at: datetime
    """When, in UTC."""


def points_of(session: Session, assignment: str, student: str) -> Points:
    """Return a learner's points by notebook and cell, and what lateness takes off."""
    notebook = api.SubmittedNotebook
    known = (
        of_submissions(notebook, notebook.id, api.Notebook.name, notebook.late_submission_penalty)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .where(api.Assignment.name == assignment, api.SubmittedAssignment.student_id == student)
    )
    given: Points = {}
    names: dict[str, str] = {}
    for _, _, key, name, taken in session.execute(known):
        names[key] = name
        given[name, LATE] = -taken if taken else 0.0
    grade = api.Grade
    earned = (grade.notebook_id, CELL.c.name, grade.auto_score, grade.manual_score, grade.score)
    query = select(*earned).join(CELL, grade.cell_id == CELL.c.id)
    marks = session.execute(query.where(grade.notebook_id.in_([*names])))
    for key, cell, auto, manual, score in marks:
        given[names[key], cell] = None if auto is None and manual is None else score
    return given


def note_moved(
    connection: Connection, assignment: str, student: str, before: Points, after: Points
) -> bool:
    """Note what moved; return whether anything did."""
    now = datetime.now(UTC).replace(tzinfo=None)
    moved = [
        MovedMark(assignment, student, *place, before.get(place), after.get(place), now)
        for place in sorted({*before, *after})
        if before.get(place) != after.get(place)
    ]
    if moved:
        connection.execute(MOVED.insert(), [mark._asdict() | {"told": False} for mark in moved])
    return bool(moved)


def read_moved(connection: Connection, *, told: bool) -> list[MovedMark]:
    """Return what moved, in the order in which it did; with `told` also what was told before."""
    kept = tables.rows(connection, MOVED, **({} if told else {"told": False}))
    return [MovedMark(*(getattr(row, name) for name in MovedMark._fields)) for row in kept]


def moved_are_told(connection: Connection) -> None:
    """Remember that somebody was told all."""
    connection.execute(MOVED.update().where(MOVED.c.told.is_(False)).values(told=True))


def moved_rows(moved: Iterable[MovedMark]) -> list[Row]:
    """Return it as a table.

    Examples
    --------
    >>> moved_rows([MovedMark("ps1", "ada", "one", "task-1", 2.0, None, datetime(2026, 12, 1))])[1]
    ['ps1', 'ada', 'one', 'task-1', '2', 'to mark', '2026-12-01 00:00:00']
    """
    rows: list[Row] = [["assignment", "learner", "notebook", "cell", "before", "now", "when (UTC)"]]
    for mark in moved:
        names = (mark.assignment, mark.student, mark.notebook, mark.cell)
        rows.append([*names, shown(mark.old), shown(mark.new), f"{mark.at:%Y-%m-%d %H:%M:%S}"])
    return rows


def shown(given: float | None) -> str:
    """Return points as they are told.

    Examples
    --------
    >>> shown(2.50), shown(None)
    ('2.5', 'to mark')
    """
    return "to mark" if given is None else f"{given:g}"
