"""Give a learner's notebook back the cells that nbgrader needs, before nbgrader sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import nbformat

from fourps.grading.text import grade_id

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITH_IDS = 5


def restore(notebook: Any, released: Any) -> list[str]:
    """Put back deleted cells, and make nbgrader's metadata what was released.

    nbgrader grades by the metadata that learners hand in. A cell that is missing would be skipped
    without a word, and a cell that claims an older format would end the run for everybody. Of cells
    with the same name the last one counts, as nbgrader has it.

    Parameters
    ----------
    notebook
        What was handed in; it is changed in place. The learner's text stays as it is.
    released
        The released exercise.

    Returns
    -------
    list of str
        The ``grade_id`` of each cell that was put back.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell = new_code_cell("x = 0", metadata={"nbgrader": {"grade_id": "task-1"}})
    >>> mine = new_notebook(cells=[new_code_cell("print()")])
    >>> restore(mine, new_notebook(cells=[cell])), [one.source for one in mine.cells]
    (['task-1'], ['x = 0', 'print()'])
    """
    known = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    found: set[str] = set()
    for cell in reversed(notebook.cells):
        name = grade_id(cell)
        cell.metadata.pop("nbgrader", None)
        if name in known and name not in found:
            found.add(name)
            cell.metadata["nbgrader"] = nbformat.from_dict(known[name].metadata.nbgrader)
    missing = [name for name in known if name not in found]
    place = 0
    for name, cell in known.items():
        if name in found:
            place = next(_places(notebook, name)) + 1
        else:
            notebook.cells.insert(place, nbformat.from_dict(cell))
            place += 1
    for number, cell in enumerate(notebook.cells, 1):
        cell.pop("id", None)
        # cells have ids since nbformat 4.5
        if released.nbformat_minor >= _WITH_IDS:
            cell.id = re.sub(r"[^a-zA-Z0-9_-]", "-", grade_id(cell) or f"own-{number}")[:64]
    notebook.nbformat_minor = released.nbformat_minor
    return missing


def _places(notebook: Any, name: str) -> Iterator[int]:
    return (place for place, cell in enumerate(notebook.cells) if grade_id(cell) == name)
