"""What the gradebook knows of a released notebook, held against what came back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

from fourps.grading.collect.restore_cells import restore
from fourps.grading.exercise_text import grade_id
from fourps.grading.seal.one_child import order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbgrader.api import Assignment, Notebook
    from traitlets.config import Configurable


class ReleasedCells:
    """The cells of one notebook as they were released.

    Parameters
    ----------
    notebook
        nbgrader's row of it.
    cells
        Of the source or of what learners got, as far as it is there: a database keeps neither their
        order nor their ids.
    parent
        Whose configuration says how hidden tests are marked.

    Attributes
    ----------
    order
        As `fourps.grading.seal.one_child.order` returns it of those cells.
    """

    def __init__(self, notebook: Notebook, cells: Sequence[Any], parent: Configurable) -> None:
        self.order = order(cells)
        place = {grade_id(cell): number for number, cell in enumerate(cells)}
        ids = {grade_id(cell): cell.get("id", "") for cell in cells}
        points = {
            cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)
        }
        kinds = {
            "grade": {cell.name for cell in notebook.grade_cells},
            "solution": {cell.name for cell in notebook.solution_cells},
            "task": {cell.name for cell in notebook.task_cells},
        }
        rows = sorted(notebook.source_cells, key=lambda cell: place.get(cell.name, len(place)))
        made = [_cell(cell, kinds, points.get(cell.name)) for cell in rows]
        for cell in made:
            cell["id"] = ids.get(grade_id(cell), "")
        self._notebook = nbformat.v4.new_notebook()
        # put in afterwards, since older formats have no ids, and a new notebook has to be valid
        self._notebook.cells = made
        shown = nbformat.from_dict(self._notebook)
        for step in (ClearHiddenTests, ClearMarkScheme):
            shown, _ = step(parent=parent).preprocess(shown, {})
        self._tests = {
            grade_id(cell): _plain(cell.source)
            for cell in shown.cells
            if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution
        }

    def put_back(self, notebook: Any) -> list[str]:
        """Put cells back that were deleted, and say so, and which tests were changed, in sentences.

        Parameters
        ----------
        notebook
            What was handed in; it is changed in place. nbgrader's own step overwrites the tests
            that were changed.
        """
        sources = [(grade_id(cell), _plain(cell.source)) for cell in notebook.cells]
        changed = [
            name
            for name, text in self._tests.items()
            if any(mine == name and other != text for mine, other in sources)
        ]
        self._notebook.nbformat_minor = notebook.nbformat_minor
        done = restore(notebook, self._notebook)
        said = [f"Tests were changed and are put back: {', '.join(changed)}."] if changed else []
        return said + [f"{one[0].upper()}{one[1:]}" for one in done.said]


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
    if points is not None:
        made.metadata.nbgrader["points"] = points
    return made


def _plain(source: str) -> list[str]:
    return [line.rstrip() for line in source.strip().splitlines()]
