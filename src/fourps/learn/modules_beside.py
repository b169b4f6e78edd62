"""Modules of a learner's own that lie beside an exercise: no hand-in holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fourps.course.english import EXERCISES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# read line by line, since a cell with IPython's own syntax is not Python
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(\w+)|import[ \t]+([\w., \t]+))", re.MULTILINE)


def beside(notebook: Any, folder: Path, words: Mapping[str, str] = EXERCISES) -> list[str]:
    """Return a sentence for each module beside a notebook that its cells import.

    Parameters
    ----------
    notebook
        A learner's.
    folder
        Where it lies.
    words
        Of the learner's language.

    Examples
    --------
    >>> from pathlib import Path
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> beside(new_notebook(cells=[new_code_cell("import json")]), Path())
    []
    """
    names = {name for cell in notebook.cells for name in _imported(cell)}
    return [
        words["left-out"].format(name=name)
        for name in sorted(names)
        if (folder / f"{name}.py").is_file() or (folder / name).is_dir()
    ]


def _imported(cell: Any) -> Iterator[str]:
    if cell.cell_type == "code":
        for source, names in _IMPORT.findall(cell.source):
            for one in [source] if source else names.split(","):
                if one.strip():
                    yield one.split()[0].partition(".")[0]
