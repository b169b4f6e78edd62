"""Says what an exercise is called, and which modules beside it no hand-in holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import fourps.course.outcomes
from fourps.course.catalogue import load
from fourps.course.english import EXERCISES
from fourps.course.problem import BrokenSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def titled(exercise: str, root: Path, language: str) -> str:
    """Return the name of an exercise: in English its id, else the title of its module.

    Parameters
    ----------
    exercise
        Its id; of another course, it is returned as it is.
    root
        The folder of the course.
    language
        The learner's.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> titled("prevention", content_root(), "fr"), titled("prevention", content_root(), "en")
    ('Prévention', 'prevention')
    >>> titled("elsewhere", content_root(), "fr")
    'elsewhere'
    """
    if language == "en":
        return exercise
    try:
        outcomes, _ = fourps.course.outcomes.load(root / "modules" / exercise / "outcomes.yaml")
    except BrokenSourceError:
        return exercise
    page = f"modules/{exercise}/lesson"
    return load(root, page, language).gettext(outcomes.title)


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
            for module in [source] if source else names.split(","):
                if module.strip():
                    yield module.split()[0].partition(".")[0]
