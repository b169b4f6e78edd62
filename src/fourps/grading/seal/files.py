"""The files that lie beside a notebook."""

from __future__ import annotations

import os
from pathlib import Path

# the notebook itself holds hidden tests
_NEVER = (".ipynb", ".ipynb~")


def beside(folder: Path) -> dict[str, bytes]:
    """Return the plain files of a folder, by their relative name.

    Notebooks are left out, since an executed one holds hidden tests, and so is whatever is no plain
    file: a link could lead anywhere.

    Parameters
    ----------
    folder
        Where a notebook lies.

    Returns
    -------
    dict
        The content of each file.
    """
    found: dict[str, bytes] = {}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            if name.endswith(_NEVER) or path.is_symlink() or not path.is_file():
                continue
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found
