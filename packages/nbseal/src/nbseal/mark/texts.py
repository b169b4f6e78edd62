"""What learners wrote for one task, drawn so that it does nothing to whoever reads it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nbseal.base.notebook_file import LARGEST
from nbseal.base.profile import profile
from nbseal.gradebook.decisions import text_hash
from nbseal.inert import markdown2html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

    from nbseal.gradebook.by_hand import Task

_DRAWN = 1000


class Written(NamedTuple):
    """What a learner wrote."""

    source: str
    html: str
    """What a page shows of it."""
    language: str
    """Of the notebook."""

    @property
    def hash(self) -> str:
        """By which it is known."""
        return text_hash(self.source)

    @property
    def words(self) -> int:
        """How many there are."""
        return len(self.source.split())


class Texts:
    """The graded notebooks of one assignment.

    Parameters
    ----------
    course
        What nbgrader knows of the course.
    task
        What is marked.
    """

    def __init__(self, course: CourseDirectory, task: Task) -> None:
        self._course = course
        self._task = task

    def read(self, student: str) -> Written | None:
        """Return what a learner wrote; None where there is nothing that can be read."""
        path = self.path(student)
        try:
            # the file is read again only if it is another one by now
            stat = path.stat()
            return _read(path, self._task.cell, (stat.st_mtime_ns, stat.st_size))
        except OSError:
            return None

    def path(self, student: str) -> Path:
        """Return where a learner's graded notebook is."""
        name = f"{self._task.notebook}.ipynb"
        step = self._course.autograded_directory
        folder: str = self._course.format_path(step, student, self._task.assignment)
        return Path(self._course.root) / folder / name


@lru_cache(_DRAWN)
def _read(path: Path, cell: str, version: tuple[int, int]) -> Written | None:
    if version[1] > LARGEST:
        return None
    try:
        notebook: Any = json.loads(path.read_bytes())
        cells = [*_cells(notebook["cells"], cell)]
        language = profile().language_of(notebook)
    # what nobody made inert may be anything
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    if not cells:
        return None
    source = "\n\n".join(_source(one) for one in cells)
    return Written(source, "".join(_html(one) for one in cells), language)


def _cells(cells: list[Any], name: str) -> Iterator[Any]:
    """Yield the cell; where it only sets a task, what the learner put after it."""
    at = next((at for at, one in enumerate(cells) if _about(one).get("grade_id") == name), None)
    if at is None:
        return
    if not _about(cells[at]).get("task"):
        yield cells[at]
        return
    for one in cells[at + 1 :]:
        if _about(one).get("grade_id"):
            return
        yield one


def _about(cell: Any) -> dict[str, Any]:
    about: dict[str, Any] = cell["metadata"].get("nbgrader") or {}
    return about


def _source(cell: Any) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _html(cell: Any) -> str:
    source = _source(cell)
    if cell["cell_type"] != "markdown":
        fence = "`" * (3 + source.count("```"))
        source = f"{fence}text\n{source}\n{fence}"
    context: Any = {"cell": cell}
    return markdown2html(context, source)
