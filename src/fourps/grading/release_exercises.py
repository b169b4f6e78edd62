"""Release exercises: from one text with solutions to what learners and nbgrader need."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ClearSolutions
from traitlets.config import Config

from fourps.grading import exercise_text
from fourps.handin.released_exercise import KEY, describe
from nbseal import clock
from nbseal.base.errors import UserError
from nbseal.base.whole_files import private_folder, write_whole
from nbseal.gradebook.settings import CourseFolder, NoCourseError, settings
from nbseal.nbgrader_commands import NbgraderError, nbgrader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from fourps.course.files import CourseRoot

# what learners hand in has this name; see fourps.handin.handin_file
NOTEBOOK = "exercise.ipynb"
PAGE = "exercise.md"
# nothing takes a solution's place: the cell shows what is to be changed
STUB = Config({"ClearSolutions": {"code_stub": {"python": ""}}})


class ReleaseError(UserError):
    """An exercise that cannot be released; the message says what to do."""


class WrittenExercise(NamedTuple):
    """What a release made."""

    module: str
    """The exercise."""
    points: float
    """Of the whole exercise."""
    written: list[Path]
    """The files."""


def exercises(root: CourseRoot) -> list[str]:
    """Return the modules that have an exercise.

    Raises
    ------
    ReleaseError
        If the course has no exercises: an installed package never does.
    """
    modules = sorted(page.parent.name for page in root.glob(f"exercises/*/{PAGE}"))
    if not modules:
        raise ReleaseError(
            f"{root / 'exercises'} holds no exercise. Solutions are not part of the installed "
            "package: work in a copy of the course's repository, and name it with --root."
        )
    return modules


def without_solutions(notebook: Any) -> Any:
    """Return a copy as learners get it: no solution, no hidden test, no output.

    nbgrader's own steps do it, so that this is what ``nbgrader generate_assignment`` writes too.

    Parameters
    ----------
    notebook
        The exercise with its solutions; it stays as it is.

    Raises
    ------
    ReleaseError
        If a region of a solution or hidden test has no end, or stands in a cell of another kind.
    """
    notebook = nbformat.from_dict(notebook)
    try:
        for step in (ClearSolutions, ClearOutput, ClearHiddenTests):
            notebook, _ = step(parent=None, config=STUB).preprocess(notebook, {})
    except RuntimeError as error:
        raise ReleaseError(str(error)) from error
    for cell in notebook.cells:
        cell.source = cell.source.rstrip()
    return notebook


def page(root: CourseRoot, module: str) -> str:
    """Return the text of ``modules/<module>/exercise.md``, which carries no solution."""
    return exercise_text.write(without_solutions(_source(root, module)))


def release(
    root: CourseRoot, course: CourseFolder, modules: Iterable[str] = (), due: datetime | None = None
) -> list[WrittenExercise]:
    """Write source, release and page of exercises, and enter them into the gradebook.

    Parameters
    ----------
    modules
        The exercises; by default all.
    due
        When they are to be handed in. Without it the gradebook keeps what it has.

    Raises
    ------
    ReleaseError
        If something is missing.
    BrokenSourceError
        If an exercise's text cannot be used; then nothing was written.
    NbgraderError
        If nbgrader refuses, for example because cells were added after learners handed in.
    """
    try:
        place = Path(settings(course).root)
    except NoCourseError as error:
        raise ReleaseError(str(error)) from error
    sources = {name: _source(root, name) for name in [*modules] or exercises(root)}
    pages = {
        name: exercise_text.write(without_solutions(source)) for name, source in sources.items()
    }
    done = [
        _release(root, course, name, source, pages[name], place=place)
        for name, source in sources.items()
    ]
    if due:
        for name in sources:
            nbgrader(course, "db", "assignment", "add", name, f"--duedate={clock.written(due)}")
    return done


def _source(root: Path, module: str) -> Any:
    path = root / "exercises" / module / PAGE
    if not path.is_file():
        known = ", ".join(exercises(root))
        raise ReleaseError(f"{path} does not exist. Exercises there: {known}.")
    return exercise_text.read(path)


def _release(
    root: Path, course: Path, module: str, source: Any, learners: str, *, place: Path
) -> WrittenExercise:
    # a copy whose metadata is a notebook's and not a page's
    plain = nbformat.from_dict(source)
    plain.metadata = nbformat.from_dict({"kernelspec": source.metadata["kernelspec"]})
    with private_folder(place, "release") as folder:
        _save(plain, folder / "source" / module / NOTEBOOK)
        # of these nbgrader makes patterns, in which the backslashes of a whole path on Windows
        # would be no separators: such paths begin at the folder that it works in
        nbgrader(
            course,
            "generate_assignment",
            module,
            "--force",
            f"--CourseDirectory.source_directory={folder.name}/source",
            f"--CourseDirectory.release_directory={folder.name}/release",
        )
        released = nbformat.read(folder / "release" / module / NOTEBOOK, as_version=4)
    about = describe(released, module, version("fourps"))
    if about is None:
        raise NbgraderError(f"nbgrader released {module} without any cell to grade.")
    released.metadata[KEY] = nbformat.from_dict(about.model_dump())
    places = [
        course / "source" / module / NOTEBOOK,
        course / "release" / module / NOTEBOOK,
        root / "modules" / module / PAGE,
    ]
    _save(plain, places[0])
    _save(released, places[1])
    write_whole(places[2], learners.encode())
    points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in released.cells)
    return WrittenExercise(module, points, places)


def _save(notebook: Any, path: Path) -> None:
    nbformat.validate(notebook)
    written = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    write_whole(path, re.sub(r"\n*\Z", "\n", written).encode())
