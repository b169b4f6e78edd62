"""What the notebook of a page is made from: it is made again when any of that has changed."""

from __future__ import annotations

import hashlib
import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.outdated import files_hash, library_hash
from fourps.course.catalogue import beside
from fourps.course.glossary import SYNONYMS
from fourps.course.page import read

if TYPE_CHECKING:
    from fourps.learn.references import References

# they write notebooks, read MyST, and put sources into words
_LIBRARIES = ("fourps", "nbformat", "jupytext", "markdown-it-py", "mdit-py-plugins", "pybtex")
# what shows the texts of other pages
_WIDER = "{outcomes-map}"
_ABOVE = re.compile(r"(?:\.\./)+[\w./-]*")


class NotebookInputs:
    """What the notebooks of a course are made from: their own pages, and what these can refer to.

    That is all that stands beside pages in ``book`` and ``modules``, the headings of each page, the
    table of contents, the field's other words, and the library.

    Parameters
    ----------
    references
        The pages.
    """

    def __init__(self, references: References) -> None:
        self._root = root = references.root
        pages = {*references.pages}
        self._places = [root / "book", root / "modules"]
        around = (path for place in self._places for path in place.rglob("*") if path not in pages)
        others = beside(root, references.language, SYNONYMS)
        headings = [(str(page.relative_to(root)), read(page).headings) for page in references.pages]
        every = (
            library_hash(),
            *map(version, _LIBRARIES),
            files_hash(root, [*around, root / "_toc.yml", others]),
            repr(headings),
        )
        self._shared = hashlib.sha256("\0".join(every).encode()).hexdigest()

    def of(self, page: Path) -> str | None:
        """Return what tells a page's notebook from any other; None if it may show anything."""
        text = page.read_text("utf-8")
        named = (page.parent / path for path in _ABOVE.findall(text))
        if _WIDER in text or not all(map(self._is_known, named)):
            return None
        name = page.relative_to(self._root)
        return hashlib.sha256(f"{self._shared}\0{name}\0{text}".encode()).hexdigest()

    def _is_known(self, path: Path) -> bool:
        whole = Path(os.path.normpath(path))
        return any(whole.is_relative_to(place) for place in self._places)
