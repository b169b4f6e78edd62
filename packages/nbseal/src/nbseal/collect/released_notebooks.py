"""Released notebooks: which of them a learner's is, and what it gets from it: cells, or all."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

from nbseal.base.answers import UnknownAnswerError, fill
from nbseal.base.cells import cell_id, copied, grade_id, originals, places
from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import shown
from nbseal.base.handins import NotAnExerciseError
from nbseal.base.notebook_file import WITH_IDS
from nbseal.base.profile import profile
from nbseal.moodle.file_names import original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

    from nbseal.base.handins import Answers

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
            notebook = nbformat.read(path, as_version=4)
            self.notebooks.setdefault(name, {})[path.stem] = notebook

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
        if _says(notebook) and (about := profile().handins.released(notebook)):
            name = self._named(about.exercise)
            return MatchedNotebook(name, profile().handins.notebook, about.release)
        names = [self._only] if self._only else self._foreign()
        if not names:
            # it has no such metadata, so this says what is wrong
            profile().handins.released(notebook)
        if len(names) != 1:
            raise UnknownNotebookError("say which assignment it is for, with --assignment NAME.")
        return MatchedNotebook(names[0], self._like(notebook, original(stem), names[0]), "")

    def filled(self, answers: Answers) -> tuple[MatchedNotebook, Any]:
        """Return which notebook answers are for, and the released one with the answers in it.

        Raises
        ------
        UnknownNotebookError
            If they are for an exercise that was not released.
        UnknownAnswerError
            If one of them has no cell there.
        """
        about, name = profile(), self._named(answers.exercise)
        match = MatchedNotebook(name, about.handins.notebook, answers.release)
        try:
            notebook = fill(self.notebooks[name][match.notebook], answers.answers)
        except UnknownAnswerError as error:
            raise UnknownAnswerError(
                f"{error} in '{name}'. It was made with release {shown(answers.release)} of the "
                f"course; here is {about.version}. Ask for answers to the exercise as it was "
                "released here."
            ) from error
        if about.language_of(notebook) != answers.language:
            notebook.metadata[about.language_key] = answers.language
        return match, notebook

    def _named(self, exercise: str) -> str:
        if exercise not in self.notebooks:
            raise OtherExerciseError(f"the exercise '{exercise}' was not released in this course.")
        if self._only not in ("", exercise):
            raise OtherExerciseError(f"it is the exercise '{exercise}', not '{self._only}'.")
        return exercise

    def _foreign(self) -> list[str]:
        every = self.notebooks.items()
        return [name for name, notebooks in every if not any(map(_says, notebooks.values()))]

    def _like(self, notebook: Any, stem: str, assignment: str) -> str:
        """Return the one with the same name and any cell in common, or else the most cells."""
        mine = _cells(notebook)
        of = self.notebooks[assignment]
        common = {name: len(mine & _cells(released)) for name, released in of.items()}
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


def _says(notebook: Any) -> bool:
    """Say whether a notebook says itself which exercise it is."""
    return profile().key in notebook.metadata


def _released(course: CourseDirectory) -> Iterator[tuple[str, Path]]:
    """Yield the assignment and the file of each notebook, wherever the configuration has them."""
    folder = Path(course.format_path(course.release_directory, ".", _ANY))
    pattern = re.compile(re.escape(str(folder)).replace(_ANY, "([^/]+)"))
    files = glob.escape(str(folder.relative_to(folder.anchor))).replace(_ANY, "*")
    for path in sorted(Path(folder.anchor).glob(f"{files}/*.ipynb")):
        if match := pattern.fullmatch(str(path.parent)):
            yield match[1], path


def _cells(notebook: Any) -> set[str]:
    return {grade_id(cell) for cell in notebook.cells} - {""}


class Restored(NamedTuple):
    """What had to be done, by the ``grade_id`` of each cell."""

    missing: list[str]
    """Cells that were put back."""
    copied: list[str]
    """Cells that stood there more than once, with how often and which counts."""
    turned: list[str]
    """Cells that had become text, or code, and are again what was released."""

    @property
    def said(self) -> list[str]:
        """The same as sentences.

        Examples
        --------
        >>> Restored(["task-1"], [], []).said
        ['cells were deleted and are put back as released: task-1.']
        """
        remarks = {
            "cells were deleted and are put back as released": self.missing,
            "cells are there more than once": self.copied,
            "cells had become text, or code, and are again what was released": self.turned,
        }
        return [f"{what}: {', '.join(names)}." for what, names in remarks.items() if names]


def restore(notebook: Any, released: Any) -> Restored:
    """Put back deleted cells, make nbgrader's metadata what was released, and say what was done.

    nbgrader grades by the metadata that learners hand in. A cell that is missing would be skipped
    without a word, and a cell that claims an older format would end the run for everybody. Of cells
    with the same name the one counts that was released: see `nbseal.base.cells`.

    Parameters
    ----------
    notebook
        What was handed in; it is changed in place. The learner's text stays as it is.
    released
        The released exercise.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell = new_code_cell("x = 0", metadata={"nbgrader": {"grade_id": "task-1"}})
    >>> mine = new_notebook(cells=[new_code_cell("print()")])
    >>> restore(mine, new_notebook(cells=[cell])).missing, [cell.source for cell in mine.cells]
    (['task-1'], ['x = 0', 'print()'])
    """
    known = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    names = [grade_id(cell) for cell in notebook.cells]
    ids = {name: cell.get("id", "") for name, cell in known.items()}
    counts = originals(notebook.cells, names, ids)
    doubled = [
        f"{name} ({copied(at, counts[name])})"
        for name, at in places(names).items()
        if name in known and len(at) > 1
    ]
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    turned = [
        name for name in known if name in counts and _fit(notebook.cells[counts[name]], known[name])
    ]
    _empty(notebook, known, counts)
    missing = _put_back(notebook, known, counts)
    _name_cells(notebook, released.nbformat_minor)
    return Restored(missing, doubled, turned)


def _fit(cell: Any, released: Any) -> bool:
    """Make a cell what was released, but for its source; return whether it was of another kind."""
    cell.metadata["nbgrader"] = nbformat.from_dict(released.metadata.nbgrader)
    if cell.cell_type == released.cell_type:
        return False
    cell.cell_type = released.cell_type
    for name in ("outputs", "execution_count", "attachments"):
        cell.pop(name, None)
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return True


def _empty(notebook: Any, known: dict[str, Any], counts: dict[str, int]) -> None:
    """Put the released text where nothing was written: in another language it reads otherwise."""
    try:
        released = profile().handins.released(notebook)
    except NotAnExerciseError:
        return
    if released is None:
        return
    for name, place in counts.items():
        cell = notebook.cells[place]
        if cell.cell_type == "markdown" and released.unchanged(name, cell.source):
            cell.source = known[name].source


def _put_back(notebook: Any, known: dict[str, Any], places: dict[str, int]) -> list[str]:
    """Put what is missing behind the cell that was released before it."""
    missing = [name for name in known if name not in places]
    here = {name: notebook.cells[place] for name, place in places.items()}
    place = 0
    for name, cell in known.items():
        if name in here:
            place = next(at for at, own in enumerate(notebook.cells) if own is here[name]) + 1
        else:
            notebook.cells.insert(place, nbformat.from_dict(cell))
            place += 1
    return missing


def _name_cells(notebook: Any, minor: int) -> None:
    """Give each cell the id that its name comes to, where the format has ids."""
    for number, cell in enumerate(notebook.cells, 1):
        cell.pop("id", None)
        if minor >= WITH_IDS:
            cell.id = cell_id(grade_id(cell) or f"own-{number}")
    notebook.nbformat_minor = minor
