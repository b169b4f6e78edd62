"""Sealed execution for ``nbgrader autograde`` itself, by configuration alone."""

from __future__ import annotations

import atexit
import contextlib
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Callable, Dict, Integer, List, Unicode, Union

from fourps.grading.exercise_text import grade_id
from fourps.grading.gradebook.cells import read_known_cells
from fourps.grading.seal.files_beside import beside
from fourps.grading.seal.hidden_places import of_course
from fourps.grading.seal.one_child import order
from fourps.grading.seal.time_given import limits, of_cells
from fourps.grading.seal.worker import DEFAULT, Worker
from fourps.handin.notebook_file import WITH_IDS, NotebookFileError, load


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Stands in ``Autograde.autograde_preprocessors`` where nbgrader has ``Execute``."""

    timeout = Integer(
        30, allow_none=True, help="Seconds that one cell may take; None or -1 for an hour."
    ).tag(config=True)
    timeout_func = Callable(
        None, allow_none=True, help="Returns the seconds of a cell, as nbclient calls it."
    ).tag(config=True)
    limits = Dict(
        help="Other limits, by name: see the attributes of fourps.grading.seal.Limits."
    ).tag(config=True)
    preload = List(Unicode(), default_value=[*DEFAULT], help="Modules to load once.").tag(
        config=True
    )
    sealed = Bool(
        True,  # noqa: FBT003 - traitlets takes the default so
        help="False lets notebooks do all that you can do yourself.",
    ).tag(config=True)

    marker = Union(
        [Bool(), List(Unicode())],
        default_value=False,
        help="Whether checks run in a process of their own, in which no learner's code ever ran: "
        "True, False, or the names of the assignments for which they do. See SEALING.md for what a "
        "check may then ask.",
    ).tag(config=True)

    def marks(self, assignment: str) -> bool:
        """Say whether the checks of an assignment run in a process of their own."""
        asked = self.marker
        return asked if isinstance(asked, bool) else assignment in asked

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        files, marker = beside(folder), None
        released: tuple[str, ...] = ()
        about = resources.get("nbgrader", {})
        if self.marks(about.get("assignment", "")):
            cells = self._source(about)
            _as_released(nb, about, [grade_id(cell) for cell in cells])
            released = order(cells)
            files |= (ours := self._own_files(about))
            marker = [*ours]
        seconds = of_cells(self.timeout_func, nb.cells)
        executed = self._worker().execute(nb, files, marker, released, seconds)
        given = limits(self.timeout, self.limits)
        if why := executed.reason or executed.starved(given.memory_mb):
            self.log.warning(str(why))
        executed.fill(nb)
        return nb, resources

    def _source(self, about: Any) -> list[Any]:
        """Return the cells of the source, if that is there."""
        course = self._course()
        if course is None:
            return []
        place = course.format_path(course.source_directory, ".", about["assignment"])
        with contextlib.suppress(NotebookFileError):
            return [*load(Path(place, f"{about['notebook']}.ipynb")).cells]
        return []

    def _own_files(self, about: Any) -> dict[str, bytes]:
        """Return the course's files: nbgrader has put them beside the notebook already."""
        course = self._course()
        if course is None:
            return {}
        return beside(Path(course.format_path(course.source_directory, ".", about["assignment"])))

    def _worker(self) -> Worker:
        # nbgrader makes its preprocessors anew for each notebook
        given = limits(self.timeout, self.limits, each=self.timeout_func is not None)
        course = self._course()
        hidden = of_course(course) if course else ()
        key = (given, self.sealed, tuple(self.preload), hidden)
        if key not in _workers:
            worker = Worker(given, sealed=self.sealed, preload=self.preload, hidden=hidden)
            worker.__enter__()
            atexit.register(worker.close)
            _workers[key] = worker
        return _workers[key]

    def _course(self) -> Any:
        # nbgrader's converter knows it, and made the exporter that made this one
        parent = self.parent
        while parent is not None and not hasattr(parent, "coursedir"):
            parent = parent.parent
        return parent and parent.coursedir


def _as_released(notebook: Any, about: Any, names: list[str]) -> None:
    """Have cells be what the gradebook says they are, and no others count for anything.

    nbgrader has done most of it by now, but leaves some of the metadata as it was handed in, and
    read-only cells away that were deleted. What the marker takes for a check, or takes names from,
    may be no learner's.
    """
    known = read_known_cells(about["db_url"], about["assignment"], about["notebook"])
    grades, solutions = known.kinds["grade"], known.kinds["solution"]
    cells = {cell.name: (cell.locked, cell.cell_type, cell.source) for cell in known.cells}
    here = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
    missing = [
        _read_only(cell.name, cell.source, cell.checksum)
        for cell in known.cells
        if cell.locked and cell.cell_type == "code" and cell.name not in {*here, *grades}
    ]
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        name = marks.get("grade_id")
        locked, kind, source = cells.get(name, (False, "", ""))
        marks |= {"locked": locked, "grade": name in grades, "solution": name in solutions}
        if marks["locked"] and (cell.cell_type, cell.source) != (kind, source):
            marks["locked"] = False
    place = {name: number for number, name in enumerate(names)}
    missing.sort(key=lambda cell: place.get(cell.metadata.nbgrader.grade_id, len(place)))
    for cell in missing if notebook.nbformat_minor < WITH_IDS else ():
        del cell["id"]
    notebook.cells[:0] = missing


def _read_only(name: str, source: str, checksum: str) -> Any:
    about: dict[str, Any] = {"grade": False, "solution": False, "locked": True, "task": False}
    about |= {"schema_version": 3, "grade_id": name, "cell_type": "code", "checksum": checksum}
    return new_code_cell(source, metadata={"nbgrader": about})


_workers: dict[tuple[Any, ...], Worker] = {}
