"""Submissions: what lies in ``submitted/<learner>/<assignment>/``, and which version counts."""

from __future__ import annotations

import filecmp
import hashlib
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nbgrader.utils import find_all_files, is_locked

from nbseal import clock
from nbseal.base.notebook_file import NotebookFileError, load
from nbseal.base.whole_files import write_whole
from nbseal.collect.owners import OtherPersonError
from nbseal.gradebook.verdicts import HALF
from nbseal.odd_files import odd_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from nbgrader.coursedir import CourseDirectory

    from nbseal.collect.released_notebooks import MatchedNotebook, ReleasedNotebooks
    from nbseal.collect.remarks import Collection

_RECORDS = "records.txt"
_TIMESTAMP = "timestamp.txt"
# what may lie there without being anybody's work
OURS = (_RECORDS, _TIMESTAMP)


@dataclass(frozen=True)
class Submission:
    """One learner's folder for one assignment."""

    assignment: str
    student: str
    """nbgrader's names."""
    folder: Path
    """``submitted/<student>/<assignment>``, or as the course's configuration has it."""

    def notebooks(self) -> list[Path]:
        """Return its notebooks, by name."""
        return sorted(path for path in self.folder.glob("*.ipynb") if path.is_file())

    def fingerprint(self, tests: str) -> str:
        """Return a hash of its work, and one with its time and the tests, of `HALF` digits each."""
        work, rest = hashlib.sha256(), hashlib.sha256(tests.encode())
        paths = (path for path in self.folder.rglob("*") if path.is_symlink() or not path.is_dir())
        named = ((path.relative_to(self.folder).as_posix(), path) for path in paths)
        for text, path in sorted(named):
            name = text.encode("utf-8", "surrogateescape")
            content = b"odd"
            if stat.S_ISREG(path.lstat().st_mode):
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").digest()
            digest = rest if name == _TIMESTAMP.encode() else work
            digest.update(len(name).to_bytes(8, "big") + name + content)
        first = work.hexdigest()[:HALF]
        rest.update(first.encode())
        return first + rest.hexdigest()[:HALF]

    def is_in(self, graded: Path, ignored: Sequence[str]) -> bool:
        """Tell whether it holds the work that was graded, by whatever program.

        Parameters
        ----------
        graded
            A folder of ``autograded/``, which need not exist. What cannot be read there, or here,
            counts as other work.
        ignored
            Patterns of files that are not copied there.
        """
        names = {path.name for path in graded.glob("*.ipynb")}
        if names != {path.name for path in self.notebooks()} or any(odd_files(self.folder)):
            return False
        beside = find_all_files(str(self.folder), [*ignored, "*.ipynb", _TIMESTAMP])
        copies = ((path, graded / Path(path).relative_to(self.folder)) for path in beside)
        try:
            return all(_work(self.folder / name) == _work(graded / name) for name in names) and all(
                filecmp.cmp(path, copy, shallow=False) for path, copy in copies
            )
        # a notebook's metadata may be anything
        except (NotebookFileError, OSError, AttributeError, TypeError):
            return False


def _work(path: Path) -> list[tuple[object, ...]]:
    """Return what a learner can have written: the cells that are not put back when it is graded."""
    cells = [cell for cell in load(path).cells if not is_locked(cell)]
    return [(cell.cell_type, cell.source, cell.get("attachments") or {}) for cell in cells]


def find(course: CourseDirectory, assignment: str) -> list[Submission]:
    """Return the submissions of an assignment, by learner.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    assignment
        nbgrader's name of it.
    """
    step = course.submitted_directory
    place = Path(course.format_path(step, course.student_id, assignment))
    # nbgrader's own pattern, which names with a line break would not match
    pattern = re.compile(
        course.format_path(re.escape(step), "(?P<student>.*)", re.escape(assignment), escape=True),
        re.DOTALL,
    )
    left_out = set(filter(None, course.student_id_exclude.split(",")))
    submissions = []
    for folder in Path(place.anchor).glob(str(place.relative_to(place.anchor))):
        match = pattern.fullmatch(str(folder))
        if match and folder.is_dir() and match["student"] not in left_out:
            submissions.append(Submission(assignment, match["student"], folder))
    return sorted(submissions, key=lambda submission: submission.student)


def _time_of(folder: Path) -> datetime | None:
    """Return when what lies here was handed in, in UTC; none if it is not known."""
    path = folder / _TIMESTAMP
    if not path.is_file():
        return None
    try:
        return clock.read(path.read_text("utf-8-sig").strip().removesuffix(" UTC") + "+00:00")
    except ValueError:
        # another tool wrote it
        return None


def write_submission(
    folder: Path, notebook: str, data: bytes, records: list[str] | None, time: datetime | None
) -> None:
    """Write a notebook as nbgrader looks for it.

    Parameters
    ----------
    folder
        The learner's folder of the assignment.
    notebook
        Its name there, without the ending.
    data
        The notebook.
    records
        Decision and quiz records; none for exercises of other courses.
    time
        When it was handed in. Without one nbgrader takes it as handed in on time.
    """
    write_whole(folder / f"{notebook}.ipynb", data)
    if records is not None:
        write_whole(folder / _RECORDS, "".join(f"{record}\n" for record in records).encode())
    # last, since nbgrader grades again when it is newer
    if time:
        write_whole(folder / _TIMESTAMP, f"{clock.written(time)}\n".encode())
    else:
        (folder / _TIMESTAMP).unlink(missing_ok=True)


class Version(NamedTuple):
    """One of several versions; the greatest counts."""

    time: float
    """When it was handed in, in seconds; 0 where that is not known."""
    exact: bool
    """Whether its file has the very name, and not that of a copy."""
    name: str
    """Of the file."""


@dataclass
class Versions:
    """The versions that one run of collecting has seen.

    Parameters
    ----------
    released
        What was released in the course.
    collection
        Where it is said which one counts.
    """

    released: ReleasedNotebooks
    collection: Collection
    _best: dict[tuple[str, MatchedNotebook], Version] = field(default_factory=dict)
    _before: dict[Path, datetime | None] = field(default_factory=dict)
    # of which only the inside says whose they are
    _unsure: set[tuple[str, MatchedNotebook]] = field(default_factory=set)

    def replaces(
        self, path: Path, learner: str, match: MatchedNotebook, data: bytes, unsure: str
    ) -> bool:
        """Say whether other work lies there from before; what may be anybody's replaces none.

        Parameters
        ----------
        path
            Where the notebook is to be written.
        learner, match, data
            Whose it is, which and what.
        unsure
            The ending of the hand-in's name, if only its inside says whose it is.

        Raises
        ------
        OtherPersonError
            If it would.
        """
        mine = (learner, match)
        other = path.exists() and path.read_bytes() != data
        if other and unsure and mine not in self._unsure:
            raise OtherPersonError(
                f"inside it is '{learner}', of whom there is other work, which stays. Its own "
                f"name does not say so: if it is theirs, call it {match.assignment}-{learner}"
                f"{unsure} and collect again."
            )
        first = mine not in self._best
        if unsure:
            self._unsure.add(mine)
        return other and first

    def is_newest(
        self, folder: Path, learner: str, match: MatchedNotebook, version: Version
    ) -> bool:
        """Say whether a version counts by now, and tell the facilitator where there are several."""
        other = self._best.get((learner, match))
        if other:
            older, newer = sorted((other, version))
            why = "newer than" if newer.time > older.time else "as new as"
            self.collection.say(
                f"{learner}: handed in twice; {newer.name} is {why} {older.name} and is taken.",
                learner,
            )
            if newer is other:
                return False
        before = self._before.setdefault(folder, _time_of(folder))
        alone = len(self.released.notebooks[match.assignment]) == 1
        if alone and before and 0 < version.time < before.timestamp():
            self.collection.say(
                f"{learner}: {version.name} is older than what was collected before, which stays. "
                f"To take it all the same, delete {folder} first."
            )
            return False
        self._best[learner, match] = version
        return True
