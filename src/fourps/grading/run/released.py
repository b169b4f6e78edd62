"""What the gradebook knows of a released notebook, held against what came back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

from fourps.grading.restore import restore
from fourps.grading.text import grade_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbgrader.api import Assignment, Notebook
    from traitlets.config import Configurable


class Released:
    """The cells of one notebook as they were released.

    Parameters
    ----------
    notebook
        nbgrader's row of it.
    order
        The names of its cells as they stand in the source, as far as it is there: a database keeps
        no order.
    parent
        Whose configuration says how hidden tests are marked.
    """

    def __init__(self, notebook: Notebook, order: Sequence[str], parent: Configurable) -> None:
        place = {name: number for number, name in enumerate(order)}
        points = {
            cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)
        }
        kinds = {
            "grade": {cell.name for cell in notebook.grade_cells},
            "solution": {cell.name for cell in notebook.solution_cells},
            "task": {cell.name for cell in notebook.task_cells},
        }
        cells = sorted(notebook.source_cells, key=lambda cell: place.get(cell.name, len(place)))
        self._notebook = nbformat.v4.new_notebook(
            cells=[_cell(cell, kinds, points.get(cell.name)) for cell in cells]
        )
        shown = nbformat.from_dict(self._notebook)
        for step in (ClearHiddenTests, ClearMarkScheme):
            shown, _ = step(parent=parent).preprocess(shown, {})
        self._tests = {
            grade_id(cell): _plain(cell.source)
            for cell in shown.cells
            if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution
        }

    def put_back(self, notebook: Any) -> list[str]:
        """Put cells back that were deleted, and name the tests that were changed.

        Parameters
        ----------
        notebook
            What was handed in; it is changed in place. nbgrader's own step overwrites the tests
            that were changed.

        Returns
        -------
        list of str
            What a facilitator should know, a sentence each.
        """
        sources = {grade_id(cell): _plain(cell.source) for cell in notebook.cells}
        changed = [
            name for name, text in self._tests.items() if name in sources and sources[name] != text
        ]
        self._notebook.nbformat_minor = notebook.nbformat_minor
        missing = restore(notebook, self._notebook)
        said = {
            "Tests were changed and are put back": changed,
            "Cells were deleted and are put back": missing,
        }
        return [f"{what}: {', '.join(names)}." for what, names in said.items() if names]


def tests_of(assignment: Assignment) -> str:
    """Return a hash that changes when anything changes by which an assignment is marked.

    Parameters
    ----------
    assignment
        nbgrader's row of it.
    """
    cells = sorted(
        (notebook.name, cell.name, cell.checksum or "", cell.source or "")
        for notebook in assignment.notebooks
        for cell in notebook.source_cells
    )
    about = json.dumps([assignment.duedate and assignment.duedate.isoformat(), cells])
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()


def _cell(cell: Any, kinds: dict[str, set[str]], points: float | None) -> Any:
    make: Any = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
    marks: dict[str, Any] = {kind: cell.name in names for kind, names in kinds.items()}
    marks |= {"grade_id": cell.name, "locked": cell.locked, "schema_version": 3}
    marks |= {"cell_type": cell.cell_type, "checksum": cell.checksum}
    made = make(cell.source, metadata={"nbgrader": marks})
    made.pop("id")
    if points is not None:
        made.metadata.nbgrader["points"] = points
    return made


def _plain(source: str) -> list[str]:
    return [line.rstrip() for line in source.strip().splitlines()]
