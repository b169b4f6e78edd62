"""Exercises as text: MyST with nbgrader's metadata in each cell."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from jupytext.myst import MystMetadataParsingError, myst_to_notebook, notebook_to_myst

from fourps.course.problem import BrokenSourceError, Problem
from nbseal.base.cells import cell_id, grade_id

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> Any:
    """Read a text notebook, the same each time.

    Jupytext would give random ids, so each cell's id is its ``grade_id``, or else its number.

    Parameters
    ----------
    path
        A MyST file with nbgrader's metadata in its cells.

    Raises
    ------
    BrokenSourceError
        If its metadata is not YAML, no cell is marked for nbgrader, or two have one ``grade_id``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = myst_to_notebook(path.read_text("utf-8"), add_source_map=True)
    except MystMetadataParsingError as error:
        message = f"the metadata of a cell or page is not valid YAML: {error}"
        raise BrokenSourceError(Problem(path, 1, "syntax", "", message)) from error
    lines = notebook.metadata.pop("source_map")
    seen: set[str] = set()
    for number, (cell, line) in enumerate(zip(notebook.cells, lines, strict=True), 1):
        name = grade_id(cell)
        if name in seen:
            message = f"another cell has the grade_id '{name}' already; give this one its own"
            raise BrokenSourceError(Problem(path, line + 1, "repeated-cell", "", message))
        if name:
            seen.add(name)
        cell.id = cell_id(name or f"exercise-{number}")
    if not seen:
        message = "no cell has nbgrader metadata with a grade_id: this is no exercise"
        raise BrokenSourceError(Problem(path, 1, "no-exercise", "", message))
    return notebook


def write(notebook: Any) -> str:
    """Return a notebook as a text notebook.

    Examples
    --------
    >>> import nbformat
    >>> notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")])
    >>> write(notebook).endswith("# A\\n")
    True
    """
    text: str = notebook_to_myst(notebook)
    return text
