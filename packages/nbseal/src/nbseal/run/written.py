"""Write a graded notebook as nbformat does, each cell that many have in common once."""

from __future__ import annotations

import functools
import json
from typing import Any

import nbformat

# cells that are kept as they are written: how many, and of how many characters
_MOST_KEPT, _SHORT = 2_000, 20_000
_NONE = '"cells": []'


def written(notebook: Any) -> str:
    """Return a valid notebook (nbformat 4) as it stands in a file.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> notebook = new_notebook(cells=[new_markdown_cell("One."), new_markdown_cell('"cells": []')])
    >>> written(notebook) == nbformat.writes(notebook) + "\\n"
    True
    """
    without = nbformat.from_dict({**notebook, "cells": []})
    cells = ",\n".join(map(_cell, notebook.cells))
    rest: str = nbformat.v4.writes(without)
    # in the order of the alphabet cells come first
    return rest.replace(_NONE, f'"cells": [\n{cells}\n ]' if cells else _NONE, 1) + "\n"


def _cell(cell: Any) -> str:
    text = json.dumps(cell)
    return _kept(text) if len(text) < _SHORT else _lines(text)


def _lines(cell: str) -> str:
    """Return the lines of a cell as they stand in a notebook."""
    alone = nbformat.v4.new_notebook(cells=[nbformat.from_dict(json.loads(cell))])
    whole: str = nbformat.v4.writes(alone)
    return whole.partition('"cells": [\n')[2].rpartition('\n ],\n "metadata"')[0]


_kept = functools.lru_cache(_MOST_KEPT)(_lines)
