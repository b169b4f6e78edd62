"""Sealed execution for ``nbgrader autograde``, by configuration alone, which says the times too."""

from __future__ import annotations

import atexit
import contextlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Callable, Dict, Integer, List, Unicode, Union, default

from nbseal.base.cells import grade_id
from nbseal.base.notebook_file import WITH_IDS, NotebookFileError, load
from nbseal.base.profile import profile
from nbseal.gradebook.cells import read_known_cells
from nbseal.inside.limits import Limits
from nbseal.seal.one_child import order
from nbseal.seal.places import beside, of_course
from nbseal.seal.worker import Worker

if TYPE_CHECKING:
    from collections import abc

# seconds of a cell of which the configuration says that it may take for ever
_UNBOUNDED = 3600
# of those of a cell: what the whole notebook may take, and one process of a processor
_NOTEBOOK, _PROCESSOR = 10, 4


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Stands in ``Autograde.autograde_preprocessors`` where nbgrader has ``Execute``."""

    timeout = Integer(
        30, allow_none=True, help="Seconds that one cell may take; None or -1 for an hour."
    ).tag(config=True)
    timeout_func = Callable(
        None, allow_none=True, help="Returns the seconds of a cell, as nbclient calls it."
    ).tag(config=True)
    limits = Dict(help="Other limits, by name: see the attributes of nbseal.seal.Limits.").tag(
        config=True
    )
    preload = List(Unicode(), help="Modules to load once.").tag(config=True)
    sealed = Bool(
        True,  # noqa: FBT003 - traitlets takes the default so
        help="False lets notebooks do all that you can do yourself.",
    ).tag(config=True)

    marker = Union(
        [Bool(), List(Unicode())],
        default_value=False,
        help="Whether checks run in a process of their own, in which no learner's code ever ran: "
        "True, False, or the names of the assignments for which they do. docs/sealing.md says what "
        "a check may then ask.",
    ).tag(config=True)

    @default("preload")
    def _of_the_course(self) -> list[str]:
        return [*profile().preload]

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
            cells, ours = self._source(about)
            _as_released(nb, about, [grade_id(cell) for cell in cells])
            released = order(cells)
            files |= ours
            marker = [*ours]
        seconds = of_cells(self.timeout_func, nb.cells)
        executed = self._worker().execute(nb, files, marker, released, seconds)
        given = limits(self.timeout, self.limits)
        if why := executed.reason or executed.starved(given.memory_mb):
            self.log.warning(str(why))
        executed.fill(nb)
        return nb, resources

    def _source(self, about: Any) -> tuple[list[Any], dict[str, bytes]]:
        """Return the cells of the source, if that is there, and the course's files.

        Those nbgrader has put beside the notebook already.
        """
        course = self._course()
        if course is None:
            return [], {}
        folder = Path(course.format_path(course.source_directory, ".", about["assignment"]))
        cells: list[Any] = []
        with contextlib.suppress(NotebookFileError):
            cells = [*load(folder / f"{about['notebook']}.ipynb").cells]
        return cells, beside(folder)

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


def limits(timeout: object, given: abc.Mapping[str, Any], *, each: bool = False) -> Limits:
    """Return limits with the time that cells have; the longer a cell may take, the longer all may.

    Parameters
    ----------
    timeout
        Seconds of a cell, as nbclient takes it: None and what is below 1 mean no limit.
    given
        Limits by name, which count more.
    each
        Whether the configuration says it of each cell, by `of_cells`.

    Examples
    --------
    >>> limits(30, {}) == limits(5, {"cell_seconds": 30}) == Limits()
    True
    >>> long = limits(600, {"memory_mb": 4096})
    >>> long.cell_seconds, long.total_seconds, long.cpu_seconds, long.memory_mb
    (600, 6000, 2400, 4096)
    >>> limits(-1, {}).cell_seconds, limits(None, {"total_seconds": 60}).total_seconds
    (3600, 60)
    """
    seconds = given.get("cell_seconds", _UNBOUNDED if each else _seconds(timeout))
    usual = Limits()
    times = {"cell_seconds": seconds}
    # what is no number the limits refuse themselves
    if type(seconds) is int:
        times["total_seconds"] = max(usual.total_seconds, _NOTEBOOK * seconds)
        times["cpu_seconds"] = max(usual.cpu_seconds, _PROCESSOR * seconds)
    return Limits(**{**times, **given})


def of_cells(
    timeout: abc.Callable[[Any], object] | None, cells: abc.Sequence[Any]
) -> tuple[int, ...]:
    """Return the seconds of each cell; none where the configuration says it of all cells at once.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_markdown_cell
    >>> cells = [new_code_cell("a"), new_markdown_cell("a"), new_code_cell("b"), new_code_cell()]
    >>> of_cells(lambda cell: {"a": 2.5, "b": -1}[cell.source], cells), of_cells(None, cells)
    ((3, 3600, 3600, 3600), ())
    """
    if timeout is None:
        return ()
    run = (cell.cell_type == "code" and cell.source.strip() for cell in cells)
    return tuple(
        _seconds(timeout(cell) if is_run else None) for cell, is_run in zip(cells, run, strict=True)
    )


def _seconds(timeout: Any) -> int:
    return math.ceil(timeout) if timeout and timeout > 0 else _UNBOUNDED
