"""Give feedback back: one zip for each learner, and one that Moodle takes for all."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal import clock
from nbseal.base.errors import UserError
from nbseal.base.moves import remove_folder
from nbseal.base.whole_files import remove, write_whole
from nbseal.giveback.feedback_data import page_name, read_marked
from nbseal.gradebook.lateness import last_moment
from nbseal.gradebook.opening import gradebook
from nbseal.gradebook.settings import CourseFolder, settings
from nbseal.machine import brief, stopped, stops_all
from nbseal.moodle.file_names import folder
from nbseal.moodle.learners import Learners
from nbseal.nbgrader_commands import answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nbgrader.coursedir import CourseDirectory

    from nbseal.gradebook.marks import Marks
    from nbseal.moodle.learners import Participant

FOLDER = "feedback-zips"
# for one learner's pages
SECONDS = 60.0
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class HandedBack:
    """What was packed."""

    written: list[Path] = field(default_factory=list)
    """The files."""
    left: list[str] = field(default_factory=list)
    """One line for each learner who gets nothing yet."""
    failed: list[str] = field(default_factory=list)
    """Those of them whose work is marked, and of which no page could be made."""
    stopped: str = ""
    """Why nothing more could be written, such as a full disk; empty if all was."""


class TooEarlyError(UserError):
    """Something that would help those who still work; the message says until when."""


def hand_back(
    course: CourseFolder,
    assignment: str,
    out: Path,
    people: Collection[Participant] = (),
    *,
    rubric_lines: bool = False,
) -> HandedBack:
    """Make the feedback of an assignment and pack it.

    Hidden tests are taken out of it, whether or not the course's configuration does that.

    A learner whose work is not marked to the end gets no feedback yet, and an earlier zip is taken
    away. If all wait, nothing is written.

    What a rubric says of each level is quoted once nobody can hand in any more: the due date is
    past, and so are all extensions.

    Parameters
    ----------
    assignment
        What was marked.
    out
        Where ``<assignment>/<learner>.zip`` goes, and ``<assignment>-moodle.zip``.
    people
        The lines of Moodle's worksheet; with none there is no zip for Moodle.
    rubric_lines
        Whether to quote the rubric where there is no due date.

    Raises
    ------
    TooEarlyError
        If the rubric is to be quoted while somebody can still hand in.
    """
    # which says so if it was not released
    marked = read_marked(course, assignment)
    with gradebook(course) as book:
        names = sorted(notebook.name for notebook in book.find_assignment(assignment).notebooks)
        lines = _may_quote(last_moment(book.db, assignment), assignment, asked=rubric_lines)
    waiting = {learner: marked.why_not(learner) for learner in marked.marks}
    troubles = _make(course, assignment, lines=lines) if not all(waiting.values()) else {}
    if why := troubles.get(""):
        return HandedBack(stopped=why)
    pages = [page_name(names), *(f"{name}.html" for name in names)]
    packing = _Packing(settings(course), assignment, pages, out)
    try:
        for learner, marks in marked.marks.items():
            trouble = troubles.get(learner)
            broken = f"its page could not be made ({trouble})" if trouble else ""
            packing.take(marks, waiting[learner] or broken, ready=not waiting[learner])
        packing.for_moodle(Learners(course) if people else None, people)
    except OSError as error:
        packing.done.stopped = stopped(error)
    return packing.done


@dataclass
class _Packing:
    """Packs the pages of one learner after the other.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    assignment
        What was marked.
    names
        Of the pages.
    out
        The folder to write into.
    """

    course: CourseDirectory
    assignment: str
    names: list[str]
    out: Path
    done: HandedBack = field(default_factory=HandedBack)
    _ready: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def take(self, marks: Marks, why: str, *, ready: bool) -> None:
        """Pack what there is of a learner, or take away what was packed before and say why.

        Parameters
        ----------
        ready
            Whether it is all marked.
        """
        path = self.out / self.assignment / f"{marks.learner}.zip"
        try:
            pages = {} if why else _pages(self.course, marks, self.names)
            if pages:
                packed = {f"{self.assignment}/{name}": page for name, page in pages.items()}
                write_whole(path, _zip(packed))
                self._ready[marks.learner] = pages
                self.done.written.append(path)
                return
            remove(path)
        # whatever is wrong with one, the others get theirs
        except Exception as error:
            if stops_all(error):
                raise
            why = brief(error)
        if ready or marks.trouble:
            self.done.failed.append(marks.learner)
        self.done.left.append(f"{marks.learner}: {why or 'no page'}; no feedback yet.")

    def for_moodle(self, learners: Learners | None, people: Iterable[Participant]) -> None:
        """Pack what Moodle takes for all."""
        path = _of_moodle(self.out, self.assignment)
        if not learners or not self._ready:
            # one of before would give back what it said then
            remove(path)
            return
        files: dict[str, bytes] = {}
        for person in people:
            ids = [learner for learner in learners.ids(person) if learner in self._ready]
            place = folder(person.name, person.number)
            pages = self._ready[ids[0]] if ids else {}
            files |= {f"{place}/{name}": page for name, page in pages.items()}
        write_whole(path, _zip(files))
        self.done.written.append(path)


def withdraw(course: CourseDirectory, assignment: str, learner: str) -> bool:
    """Take feedback away that says something else than the gradebook by now; say if there was any.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    assignment, learner
        Whose it is.
    """
    out = Path(course.root, FOLDER)
    pages = Path(course.format_path(course.feedback_directory, learner, assignment))
    zips = (out / assignment / f"{learner}.zip", _of_moodle(out, assignment))
    there = [path for path in zips if path.is_file()]
    for path in there:
        remove(path)
    if pages.is_dir():
        remove_folder(pages)
        return True
    return bool(there)


def _of_moodle(out: Path, assignment: str) -> Path:
    return out / f"{assignment}-moodle.zip"


def _may_quote(last: datetime | None, assignment: str, *, asked: bool) -> bool:
    """Say whether rubrics may be quoted, since nobody can hand in any more."""
    if last is None:
        return asked
    if asked and last > datetime.now(UTC):
        raise TooEarlyError(
            f"{assignment} can be handed in until {clock.written(last)}, and lines of the rubric "
            "would tell what is right. Leave --rubric-lines out; after that time they come by "
            "themselves."
        )
    return last <= datetime.now(UTC)


def _make(course: Path, assignment: str, *, lines: bool) -> dict[str, str]:
    """Have pages made, and return for each learner what went wrong."""
    words = ("generate_feedback", assignment, str(SECONDS), *(["lines"] if lines else []))
    done = answer(course, *words, module="nbseal.giveback.feedback_pages")
    return dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith('["'))


def _pages(known: CourseDirectory, marks: Marks, names: Iterable[str]) -> dict[str, bytes]:
    """Return a learner's pages, and nothing else that may lie there."""
    place = Path(known.format_path(known.feedback_directory, marks.learner, marks.assignment))
    paths = [place / name for name in names]
    return {
        path.name: path.read_bytes() for path in paths if path.is_file() and not path.is_symlink()
    }


def _zip(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
