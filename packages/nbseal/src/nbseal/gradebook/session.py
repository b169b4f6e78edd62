"""One session with the gradebook for a whole run, one transaction for each submission.

nbgrader opens the database anew in every step, commits after every cell, and asks again and again
for rows that never change.
"""

from __future__ import annotations

import contextlib
import functools
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader import api, utils
from sqlalchemy import create_engine, insert, inspect, select
from sqlalchemy.orm import Session

from nbseal.gradebook import tables
from nbseal.gradebook.cells import CELL, of_submissions
from nbseal.gradebook.opening import NoGradebookError, missing, require, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from nbseal.gradebook.locks import Patience

_START, _CLOSE = api.Gradebook.__init__, api.Gradebook.close
_INDEX = "nbseal_grade_notebook"
# rows of what was released: they do not change while a run holds the course
_CELLS = ("source_cell", "graded_cell", "grade_cell", "solution_cell", "task_cell")
_OWN = ("find_submission", "find_submission_notebook")
_FIXED = [f"find_{row}" for row in ("assignment", "notebook", *_CELLS)]


class _Session(Session):
    """A session in which nbgrader's many commits at most flush: `Patience.keep` commits."""

    def commit(self) -> None:
        # nbgrader asks here whether it may make or delete a row; changes of rows go together
        if self.new or self.deleted:
            self.flush()


class RunGradebook:
    """nbgrader's gradebook, opened once.

    Parameters
    ----------
    url
        nbgrader's ``db_url``.
    course_id
        nbgrader's name of the course.
    patience
        With which it waits for other programs.

    Attributes
    ----------
    engine
        Of the database.
    session
        On which nbgrader works while `in_place` holds.
    book
        nbgrader's object on that session.

    Raises
    ------
    NoGradebookError
        If nothing was released.
    """

    def __init__(self, url: str, course_id: str, patience: Patience) -> None:
        # to look into a SQLite file that is not there makes it
        require(url, Path.cwd())
        self.engine = create_engine(url)
        self._patience = patience
        self._url, self._course_id = url, course_id
        patience.teach(self.engine)
        if not inspect(self.engine).has_table("assignment"):
            self.engine.dispose()
            there = self.engine.url
            place = there.database if there.get_backend_name() == "sqlite" else shown(there)
            raise NoGradebookError(missing(place or "", Path.cwd()))
        self.session = _Session(self.engine, expire_on_commit=False)
        self._courses = {course_id}
        # of one transaction
        self._rows: dict[tuple[object, ...], Any] = {}
        self._waiting: dict[str, dict[str, timedelta]] = {}
        self.book = api.Gradebook.__new__(api.Gradebook)
        self._open(self.book, url, course_id)

    def prepare(self) -> None:
        """Make what a run needs besides what was released."""
        # nbgrader's own start: it enters the course, and adds tables that an older release lacked
        with swapped(api.Gradebook, __init__=_START, close=_CLOSE):
            self._patience.until_free(lambda: api.Gradebook(self._url, self._course_id).close())
        with self.engine.begin() as connection:
            tables.create(connection)
            _find_marks_by_notebook(connection)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that the block does, or nothing of it."""
        try:
            yield
            self._patience.keep(self.session)
        except BaseException:
            self.session.rollback()
            raise
        finally:
            self._rows.clear()

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Have whatever opens a `nbgrader.api.Gradebook` in the block get this one."""

        def start(book: api.Gradebook, *names: Any, **more: Any) -> None:
            self._open(book, *names, **more)

        with swapped(
            api.Gradebook,
            __init__=start,
            close=lambda _: None,
            add_submission=lambda _, *names, **more: self._add_submission(*names, **more),
            find_grade=lambda _, *names: self._find(api.Grade, *names),
            find_comment=lambda _, *names: self._find(api.Comment, *names),
            **{name: self._fixed(name) for name in _FIXED},
            **{name: self._once(name) for name in _OWN},
        ):
            yield

    def confirmed(self, notebook: str, assignment: str, student: str) -> list[Any]:
        """Return the grades of a submission that a person gave and closed."""
        return [
            grade
            for grade in self._all(api.Grade, notebook, assignment, student).values()
            if grade.manual_score is not None and not grade.needs_manual_grade
        ]

    def waiting(self, assignment: str) -> dict[str, timedelta]:
        """Return the extensions that were granted before a hand-in, by learner."""
        if assignment not in self._waiting:
            rows = tables.rows(self.session.connection(), tables.EXTENSION, assignment=assignment)
            self._waiting[assignment] = {row.student: timedelta(days=row.days) for row in rows}
        return self._waiting[assignment]

    def grant(self, assignment: str, student: str) -> None:
        """Have an extension that was granted before the hand-in stand with it."""
        if student in self.waiting(assignment):
            submission = self.book.find_submission(assignment, student)
            submission.extension = self.waiting(assignment)[student]
            names = {"assignment": assignment, "student": student}
            tables.forget(self.session.connection(), tables.EXTENSION, **names)

    def notebooks(self, assignment: str) -> list[str]:
        """Return the names of the notebooks of an assignment."""
        return [notebook.name for notebook in self.book.find_assignment(assignment).notebooks]

    def graded(self, assignment: str) -> set[str]:
        """Return the learners who have marks for an assignment."""
        query = select(api.SubmittedAssignment.student_id).join(
            api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id
        )
        return {*self.session.scalars(query.where(api.Assignment.name == assignment))}

    def reopened(self, assignment: str) -> dict[str, list[str]]:
        """Return the cells that a person had marked and has to look at again, by learner."""
        query = (
            of_submissions(api.Grade, CELL.c.name)
            .join(CELL, api.Grade.cell_id == CELL.c.id)
            .where(
                api.Assignment.name == assignment,
                api.Grade.manual_score.is_not(None),
                api.Grade.needs_manual_grade,
            )
            .order_by(CELL.c.name)
        )
        cells: dict[str, list[str]] = {}
        for student, _, cell in self.session.execute(query):
            cells.setdefault(student, []).append(cell)
        return cells

    def close(self) -> None:
        """Leave the database."""
        self.session.close()
        self.engine.dispose()

    def _open(
        self,
        book: api.Gradebook,
        db_url: str,  # noqa: ARG002 - one course has one gradebook
        course_id: str = "default_course",
        authenticator: Any = None,
    ) -> None:
        book.engine, book.db = self.engine, self.session
        book.course_id, book.authenticator = course_id, authenticator
        if course_id not in self._courses:
            book.check_course(course_id=course_id)
            self._courses.add(course_id)

    def _fixed(self, name: str) -> Callable[..., Any]:
        """Return a method that remembers what it found."""
        find = functools.cache(functools.partial(getattr(api.Gradebook, name), self.book))
        return lambda _, *names: find(*names)

    def _once(self, name: str) -> Callable[..., Any]:
        """Return a method that remembers what it found until the transaction ends."""
        find = getattr(api.Gradebook, name)

        def found(book: api.Gradebook, *names: Any) -> Any:
            key = (name, *names)
            if key not in self._rows:
                self._rows[key] = find(book, *names)
            return self._rows[key]

        return found

    def _add_submission(self, assignment: str, student: str, **columns: Any) -> Any:
        """Make the rows that nbgrader makes, without loading all others of the assignment."""
        if "timestamp" in columns:
            columns["timestamp"] = utils.parse_utc(columns["timestamp"])
        of = self.book.find_assignment(assignment)
        submission = api.SubmittedAssignment(assignment_id=of.id, student_id=student, **columns)
        mine = {
            notebook: api.SubmittedNotebook(notebook_id=notebook.id, assignment=submission)
            for notebook in of.notebooks
        }
        self.session.add(submission)
        self.session.flush()
        self._rows["find_submission", assignment, student] = submission
        for notebook, own in mine.items():
            self._rows["find_submission_notebook", notebook.name, assignment, student] = own
        for kind, cells in ((api.Grade, "grade_cells"), (api.Comment, "solution_cells")):
            rows = [
                {"cell_id": cell.id, "notebook_id": own.id}
                for notebook, own in mine.items()
                for cell in (*getattr(notebook, cells), *notebook.task_cells)
            ]
            if rows:
                self.session.execute(insert(kind.__table__), rows)
        return submission

    def _find(self, kind: Any, cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return a grade or comment; those of one notebook are read at once."""
        rows = self._all(kind, notebook, assignment, student)
        if cell not in rows:
            raise api.MissingEntry(
                f"No such {kind.__tablename__}: {assignment}/{notebook}/{cell} for {student}"
            )
        return rows[cell]

    def _all(self, kind: Any, notebook: str, assignment: str, student: str) -> dict[str, Any]:
        key = (kind, notebook, assignment, student)
        if key in self._rows:
            known: dict[str, Any] = self._rows[key]
            return known
        of = self.book.find_notebook(notebook, assignment)
        cells = of.grade_cells if kind is api.Grade else of.solution_cells
        names = {cell.id: cell.name for cell in (*cells, *of.task_cells)}
        mine = self.book.find_submission_notebook(notebook, assignment, student)
        # with the cell's ids the database has an index to go by
        query = select(kind).where(kind.notebook_id == mine.id, kind.cell_id.in_(names))
        rows = {names[row.cell_id]: row for row in self.session.scalars(query)}
        self._rows[key] = rows
        return rows


def _find_marks_by_notebook(connection: Connection) -> None:
    """Give the marks an index by notebook: nbgrader's goes by cell, and no query of its has one.

    Without it each sum of a submission's marks, as for being late, reads those of all others.
    """
    if not any(index["name"] == _INDEX for index in inspect(connection).get_indexes("grade")):
        connection.exec_driver_sql(f"CREATE INDEX {_INDEX} ON grade (notebook_id)")


@contextlib.contextmanager
def swapped(owner: object, **attributes: Any) -> Iterator[None]:
    """Have a class or module hold other things for as long as the block runs."""
    before = {name: vars(owner)[name] for name in attributes}
    for name, value in attributes.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)
