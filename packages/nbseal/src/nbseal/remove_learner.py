"""Take a learner out of a course: hand-ins, marks, feedback and what was made of them."""

from __future__ import annotations

import csv
import glob
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from nbseal.base.errors import UserError
from nbseal.base.moves import remove_file, remove_folder
from nbseal.base.profile import profile
from nbseal.base.whole_files import unfinished, write_private
from nbseal.collect import owners, practice, refusals
from nbseal.giveback import feedback_zips
from nbseal.gradebook import tables
from nbseal.gradebook.locks import one_at_a_time
from nbseal.gradebook.marks import MOVED_FILE
from nbseal.gradebook.opening import gradebook
from nbseal.gradebook.settings import CourseFolder, settings
from nbseal.run.graded_folder import put_aside, staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbgrader.coursedir import CourseDirectory

# no folder is called so
_ANY = "\N{REPLACEMENT CHARACTER}"
# tables with a line for a learner, in the course's folder
TABLES = ("marks.csv", MOVED_FILE, practice.FILE, "pseudonyms.csv")
# what the report is kept in
REPORT = "report"


class NobodyError(UserError):
    """There is nothing of a learner; the message says where that was looked for."""


@dataclass
class Traces:
    """What there is of a learner."""

    folders: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    """That are the learner's alone."""
    tables: list[Path] = field(default_factory=list)
    """Files of which lines are the learner's."""
    rows: dict[str, int] = field(default_factory=dict)
    """How many rows the gradebook has, by table."""

    @property
    def said(self) -> list[str]:
        """The same, a line each."""
        lines = [str(path) for path in (*self.folders, *self.files)]
        lines += [f"{path}: the learner's lines" for path in self.tables]
        return lines + [
            f"the gradebook's table {name}: {count}" for name, count in self.rows.items()
        ]


def remove(course: CourseFolder, learner: str, agree: Callable[[Traces], bool]) -> bool:
    """Take a learner out, if that is agreed to. Whenever it is killed, doing it again finishes it.

    Copies of the gradebook in ``backups/`` stay as they are.

    Parameters
    ----------
    learner
        The id.
    agree
        Told what there is before anything is removed; nothing is if it returns False.

    Raises
    ------
    NobodyError
        If there is nothing.
    """
    known = settings(course)
    if not learner or {"/", "\0"} & {*learner} or learner in (".", ".."):
        raise NobodyError(f"'{learner}' can be nobody's id.")
    with gradebook(course) as book, one_at_a_time(course):
        connection = book.db.connection()
        places = [Path(known.root) / name for name in TABLES]
        found = Traces(
            list(_folders(known, learner)),
            list(_files(Path(known.root), learner)),
            [path for path in places if path.is_file() and _without(path, learner)],
            tables.rows_of(connection, learner),
        )
        if not found.said:
            raise NobodyError(
                f"There is nothing of '{learner}' in {known.root}: no hand-in, no marks and no "
                "feedback."
            )
        if not agree(found):
            return False
        # the hand-in first: a run that comes between would grade it again
        for folder in found.folders:
            remove_folder(folder)
        for file in found.files:
            remove_file(file)
        for path in found.tables:
            write_private(path, _without(path, learner))
        tables.delete_rows_of(connection, learner)
        book.db.commit()
        return True


def _folders(course: CourseDirectory, learner: str) -> Iterator[Path]:
    steps = (course.submitted_directory, course.autograded_directory, course.feedback_directory)
    for step in steps:
        place = Path(course.format_path(step, learner, _ANY))
        if place.parent.name == learner:
            # with what a run that was killed has left there
            yield from (one for one in (place.parent,) if one.is_dir())
        else:
            # and what commands that were killed have left beside it
            every = (place, unfinished(place), staged(place), put_aside(place))
            yield from sorted({one for path in every for one in _like(path) if one.is_dir()})


def _like(path: Path) -> Iterator[Path]:
    pattern = glob.escape(str(path.relative_to(path.anchor))).replace(_ANY, "*")
    return Path(path.anchor).glob(pattern)


def _files(root: Path, learner: str) -> Iterator[Path]:
    zips, name = root / feedback_zips.FOLDER, glob.escape(learner)
    mine = sorted(zips.glob(f"*/{name}.zip"))
    for path in mine:
        # the learner's pages are in it, with everybody's
        yield from zips.glob(f"{glob.escape(path.parent.name)}-moodle.zip")
    yield from (*mine, *sorted((root / refusals.FOLDER).glob(f"*/{name}.txt")))
    # what commands that were killed have left of them
    yield from sorted(zips.glob(f"*/.{name}.zip.*"))
    yield from sorted((root / refusals.FOLDER).glob(f"*/.{name}.txt.*"))
    yield from sorted((root / owners.NAMES_FOLDER).glob(f".{name}.txt.*"))
    yield from (path for path in (owners.name_file(root, learner),) if path.is_file())
    yield from profile().certificates(root, {learner})
    yield from _reports(root, learner)


def _reports(root: Path, learner: str) -> Iterator[Path]:
    """Yield the report's files, which have everybody's marks, if the learner is in its page."""
    place, names = root / REPORT / "report.html", {learner}
    if not place.is_file():
        return
    if (path := root / "pseudonyms.csv").is_file():
        names |= {name for name, *ids in _rows(path) if ids == [learner]}
    # as the page names people, with a name before the id or without
    said = [f" ({escape(learner)})<", *(f">{escape(name)}<" for name in names)]
    if any(one in place.read_text("utf-8") for one in said):
        yield from sorted(place.parent.glob(".*.unfinished"))
        # tables of older reports too; last what it is known by
        yield from sorted({*place.parent.glob("*.csv"), *place.parent.glob("*.html")} - {place})
        yield place


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def _without(path: Path, learner: str) -> bytes:
    """Return a table without the learner's lines; nothing if it has none."""
    data, rows = path.read_bytes(), _rows(path)
    at = rows[0].index("learner") if rows and "learner" in rows[0] else None
    if at is None or not any(row[at : at + 1] == [learner] for row in rows[1:]):
        return b""
    stream = io.StringIO(newline="")
    kept = [row for row in rows if row[at : at + 1] != [learner]]
    csv.writer(stream).writerows(kept)
    marked = data.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    return stream.getvalue().encode("utf-8-sig" if marked else "utf-8")
