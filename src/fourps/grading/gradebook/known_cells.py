"""What the gradebook knows of a released notebook's cells."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from nbgrader import api


class SourceCell(NamedTuple):
    """A cell as it was released, by nbgrader's columns."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool


class KnownCells(NamedTuple):
    """The cells of a released notebook. A database does not keep their order."""

    cells: list[SourceCell]
    """All that nbgrader has a source of."""
    kinds: dict[str, set[str]]
    """Names of cells, by what they are: ``grade``, ``solution`` or ``task``."""
    points: dict[str, float]
    """What can be earned, by name."""


def known_cells(notebook: api.Notebook) -> KnownCells:
    """Return the cells of nbgrader's row of a notebook."""
    kinds = {
        "grade": notebook.grade_cells,
        "solution": notebook.solution_cells,
        "task": notebook.task_cells,
    }
    return KnownCells(
        [
            SourceCell(*(getattr(cell, name) for name in SourceCell._fields))
            for cell in notebook.source_cells
        ],
        {kind: {cell.name for cell in cells} for kind, cells in kinds.items()},
        {cell.name: cell.max_score for kind in ("grade", "task") for cell in kinds[kind]},
    )


def read(url: str, assignment: str, notebook: str) -> KnownCells:
    """Return the cells of a notebook, from a gradebook that is not open."""
    with api.Gradebook(url) as book:
        return known_cells(book.find_notebook(notebook, assignment))


def tests_of(assignment: api.Assignment) -> str:
    """Return a hash of all by which an assignment, nbgrader's row, is marked."""
    cells = sorted(
        (notebook.name, cell.name, cell.checksum or "", cell.source or "")
        for notebook in assignment.notebooks
        for cell in notebook.source_cells
    )
    about = json.dumps([assignment.duedate and assignment.duedate.isoformat(), cells])
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()
