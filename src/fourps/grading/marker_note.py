"""The note in a graded notebook that no learner's code ran where its checks ran."""

from __future__ import annotations

from typing import Any

NAME = "fourps"
_MARKED = {"marker": True}


def note(notebook: Any, *, marked: bool) -> None:
    """Write the note, or take away what a learner may have put in its place.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> mine = new_notebook(metadata={"fourps": {"marker": True}})
    >>> is_noted(mine)
    True
    >>> note(mine, marked=False)
    >>> is_noted(mine), mine.metadata
    (False, {})
    """
    notebook.metadata.pop(NAME, None)
    if marked:
        notebook.metadata[NAME] = {**_MARKED}


def is_noted(notebook: Any) -> bool:
    """Say whether a notebook has the note."""
    return bool(notebook.metadata.get(NAME) == _MARKED)
