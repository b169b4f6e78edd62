"""The notebooks that were released, and which of them a learner's notebook is."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

from fourps.grading.exercise_text import grade_id
from fourps.grading.moodle.names import original
from fourps.handin.refused_error import RefusedError
from fourps.handin.released_exercise import KEY
from fourps.handin.released_exercise import read as read_release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

# no folder is called so
_ANY = "\N{REPLACEMENT CHARACTER}"


class UnknownNotebookError(RefusedError):
    """A notebook that is none of those that were released; the message says why."""

    noted = "refused-other"


class OtherExerciseError(UnknownNotebookError):
    """A notebook that says that it is something else than what is collected."""


class MatchedNotebook(NamedTuple):
    """Which notebook a learner's is."""

    assignment: str
    notebook: str
    """Its names in nbgrader."""
    version: str
    """Of the course that it was made with; empty for exercises of other courses."""


class ReleasedNotebooks:
    """All that was released in an nbgrader course, ours or another.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    assignment
        What is collected; by default a notebook says it itself, as those of this course do.

    Attributes
    ----------
    notebooks
        By assignment and name.
    """

    def __init__(self, course: CourseDirectory, assignment: str = "") -> None:
        self._only = assignment
        self.notebooks: dict[str, dict[str, Any]] = {}
        for name, path in _released(course):
            read = nbformat.read(path, as_version=4)
            self.notebooks.setdefault(name, {})[path.stem] = read

    @property
    def names(self) -> list[str]:
        """The assignments that are collected."""
        return [self._only] if self._only else [*self.notebooks]

    def match(self, notebook: Any, stem: str) -> MatchedNotebook:
        """Say which notebook a learner's is.

        Parameters
        ----------
        notebook
            The learner's.
        stem
            What the learner called it. A copy's ``(2)`` or ``-Copy1`` does not count.

        Raises
        ------
        NotAnExerciseError
            If it does not say what it is, and everything released does.
        UnknownNotebookError
            If it says something else, or is like none or several of those released.
        """
        if KEY in notebook.metadata:
            about = read_release(notebook)
            return MatchedNotebook(self._named(about.exercise), "exercise", about.release)
        names = [self._only] if self._only else [*self._foreign()]
        if not names:
            # it has no such metadata, so this says what is wrong
            read_release(notebook)
        if len(names) != 1:
            raise UnknownNotebookError("say which assignment it is for, with --assignment NAME.")
        return MatchedNotebook(names[0], self._like(notebook, original(stem), names[0]), "")

    def _named(self, exercise: str) -> str:
        if exercise not in self.notebooks:
            raise OtherExerciseError(f"the exercise '{exercise}' was not released in this course.")
        if self._only not in ("", exercise):
            raise OtherExerciseError(f"it is the exercise '{exercise}', not '{self._only}'.")
        return exercise

    def _foreign(self) -> list[str]:
        return [
            name
            for name, notebooks in self.notebooks.items()
            if not any(KEY in notebook.metadata for notebook in notebooks.values())
        ]

    def _like(self, notebook: Any, stem: str, assignment: str) -> str:
        """Return the one with the same name and any cell in common, or else the most cells."""
        mine = _names(notebook)
        of = self.notebooks[assignment]
        common = {name: len(mine & _names(released)) for name, released in of.items()}
        for name, number in common.items():
            if number and name.casefold() == stem.casefold():
                return name
        most = max(common.values())
        best = [name for name, number in common.items() if number == most]
        if most == 0 or len(best) > 1:
            raise UnknownNotebookError(
                f"it is none of the notebooks of '{assignment}': {', '.join(common)}. Give it the "
                "name of the one that it is."
            )
        return best[0]


def _released(course: CourseDirectory) -> Iterator[tuple[str, Path]]:
    """Yield the assignment and the file of each notebook, wherever the configuration has them."""
    folder = Path(course.format_path(course.release_directory, ".", _ANY))
    pattern = re.compile(re.escape(str(folder)).replace(_ANY, "([^/]+)"))
    files = glob.escape(str(folder.relative_to(folder.anchor))).replace(_ANY, "*")
    for path in sorted(Path(folder.anchor).glob(f"{files}/*.ipynb")):
        if match := pattern.fullmatch(str(path.parent)):
            yield match[1], path


def _names(notebook: Any) -> set[str]:
    return {grade_id(cell) for cell in notebook.cells} - {""}
