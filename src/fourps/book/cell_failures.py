"""Say where a cell failed: MyST-NB names only the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.page_in_book import complain
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# how nbclient quotes the cell in what it raises
_CELL = re.compile(r"^-{18}\n(.*?)\n-{18}$", re.MULTILINE | re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def failure(path: Path, text: str, traceback: str) -> Problem:
    """Return what is wrong with a page: the first line of the cell that failed, and why.

    `text` is the page's source, and `traceback` what nbclient raised, as text.

    Examples
    --------
    >>> raised = "x\\n" + "-" * 18 + "\\n1 / 0\\n" + "-" * 18 + "\\n\\nZeroDivisionError: no"
    >>> print(failure(Path("lab.md"), "# Lab\\n\\n1 / 0\\n", raised))
    lab.md:3: [failing-cell] ZeroDivisionError: no
    """
    traceback = _COLOUR.sub("", traceback).strip()
    cell = _CELL.search(traceback)
    start = text.find(cell[1]) if cell else -1
    line = text.count("\n", 0, start) + 1 if start >= 0 else 1
    said = " ".join(traceback.rsplit("\n\n", 1)[-1].split())
    return Problem(path, line, "failing-cell", "", said)


def _report(_app: Sphinx, env: BuildEnvironment) -> None:
    for docname, data in getattr(env, "nb_metadata", {}).items():
        result = data.get("exec_data") or {}
        if result.get("traceback"):
            path = Path(env.doc2path(docname))
            complain([failure(path, path.read_text("utf-8"), result["traceback"])])


def register(app: Sphinx) -> None:
    """Report after all pages were read."""
    app.connect("env-updated", _report)
