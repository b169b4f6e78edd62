"""The files that lie beside a notebook."""

from __future__ import annotations

import os
from pathlib import Path


def of_a_notebook(name: str) -> bool:
    """Say whether a file is a notebook, or some program's copy of one, by its name.

    An executed notebook holds hidden tests, a source its solution; and a program that is killed
    while it writes one leaves a copy under a name of its own.

    Examples
    --------
    >>> [of_a_notebook(name) for name in ("a.ipynb", ".a.ipynb.k2x", "a.ipynb~", "notes.txt")]
    [True, True, True, False]
    """
    return ".ipynb" in name.lower()


def beside(folder: Path) -> dict[str, bytes]:
    """Return the content of the plain files of a folder, by their relative name.

    Notebooks and copies of them are left out, and so is whatever is no plain file: a link could
    lead anywhere.

    Parameters
    ----------
    folder
        Where a notebook lies.
    """
    found: dict[str, bytes] = {}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            if of_a_notebook(name) or path.is_symlink() or not path.is_file():
                continue
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found
