"""Find what was handed in, and tell whether it has changed."""

from __future__ import annotations

import filecmp
import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.utils import find_all_files, is_locked

from fourps.grading.gradebook.verdicts import HALF
from fourps.grading.odd_files import odd_files
from fourps.handin.notebook_file import NotebookFileError, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbgrader.coursedir import CourseDirectory


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
        for path in self._all():
            name = str(path.relative_to(self.folder)).encode("utf-8", "surrogateescape")
            content = b"odd"
            if stat.S_ISREG(path.lstat().st_mode):
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").digest()
            of = rest if name == b"timestamp.txt" else work
            of.update(len(name).to_bytes(8, "big") + name + content)
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
        beside = find_all_files(str(self.folder), [*ignored, "*.ipynb", "timestamp.txt"])
        copies = ((path, graded / Path(path).relative_to(self.folder)) for path in beside)
        try:
            return all(_work(self.folder / name) == _work(graded / name) for name in names) and all(
                filecmp.cmp(path, copy, shallow=False) for path, copy in copies
            )
        # a notebook's metadata may be anything
        except (NotebookFileError, OSError, AttributeError, TypeError):
            return False

    def _all(self) -> list[Path]:
        return sorted(
            path for path in self.folder.rglob("*") if path.is_symlink() or not path.is_dir()
        )


def _work(path: Path) -> list[tuple[object, ...]]:
    """Return what a learner can have written: the cells that are not put back when it is graded."""
    return [
        (cell.cell_type, cell.source, cell.get("attachments") or {})
        for cell in load(path).cells
        if not is_locked(cell)
    ]


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
