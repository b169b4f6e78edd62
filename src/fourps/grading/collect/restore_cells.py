"""Give a learner's notebook back the cells that nbgrader needs, before nbgrader sees it."""

from __future__ import annotations

from typing import Any, NamedTuple

import nbformat

from fourps.grading.exercise_text import grade_id
from fourps.handin import cell_copies
from fourps.handin.notebook_file import WITH_IDS
from fourps.handin.released_exercise import NotAnExerciseError, cell_id, read

_OF_CODE = ("outputs", "execution_count")


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
        said = {
            "cells were deleted and are put back as released": self.missing,
            "cells are there more than once": self.copied,
            "cells had become text, or code, and are again what was released": self.turned,
        }
        return [f"{what}: {', '.join(names)}." for what, names in said.items() if names]


def restore(notebook: Any, released: Any) -> Restored:
    """Put back deleted cells, make nbgrader's metadata what was released, and say what was done.

    nbgrader grades by the metadata that learners hand in. A cell that is missing would be skipped
    without a word, and a cell that claims an older format would end the run for everybody. Of cells
    with the same name the one counts that was released: see `fourps.handin.cell_copies`.

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
    >>> restore(mine, new_notebook(cells=[cell])).missing, [one.source for one in mine.cells]
    (['task-1'], ['x = 0', 'print()'])
    """
    known = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    names = [grade_id(cell) for cell in notebook.cells]
    ids = {name: cell.get("id", "") for name, cell in known.items()}
    places = cell_copies.originals(notebook.cells, names, ids)
    copied = [
        f"{name} ({cell_copies.copied(at, places[name])})"
        for name, at in cell_copies.found(names).items()
        if name in known and len(at) > 1
    ]
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    turned = [
        name for name in known if name in places and _fit(notebook.cells[places[name]], known[name])
    ]
    _empty(notebook, known, places)
    missing = _put_back(notebook, known, places)
    _name(notebook, released.nbformat_minor)
    return Restored(missing, copied, turned)


def _fit(cell: Any, released: Any) -> bool:
    """Make a cell what was released, but for its source; return whether it was of another kind."""
    cell.metadata["nbgrader"] = nbformat.from_dict(released.metadata.nbgrader)
    if cell.cell_type == released.cell_type:
        return False
    cell.cell_type = released.cell_type
    for name in (*_OF_CODE, "attachments"):
        cell.pop(name, None)
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return True


def _empty(notebook: Any, known: dict[str, Any], places: dict[str, int]) -> None:
    """Put the released text where nothing was written: in another language it reads otherwise."""
    try:
        given = read(notebook).by_id
    except NotAnExerciseError:
        return
    for name, place in places.items():
        cell = notebook.cells[place]
        if name in given and cell.cell_type == "markdown" and given[name].unchanged(cell.source):
            cell.source = known[name].source


def _put_back(notebook: Any, known: dict[str, Any], places: dict[str, int]) -> list[str]:
    """Put what is missing behind the cell that was released before it."""
    missing = [name for name in known if name not in places]
    here = {name: notebook.cells[place] for name, place in places.items()}
    place = 0
    for name, cell in known.items():
        if name in here:
            place = next(at for at, one in enumerate(notebook.cells) if one is here[name]) + 1
        else:
            notebook.cells.insert(place, nbformat.from_dict(cell))
            place += 1
    return missing


def _name(notebook: Any, minor: int) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        cell.pop("id", None)
        if minor >= WITH_IDS:
            cell.id = cell_id(grade_id(cell) or f"own-{number}")
    notebook.nbformat_minor = minor
