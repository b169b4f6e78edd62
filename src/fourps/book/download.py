"""A page with something to play, as the notebook that learners get, to download and run."""

from __future__ import annotations

import hashlib
import os
import re
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from fourps.book.html import on_page
from fourps.book.kept import remembered
from fourps.book.outdated import files_hash, library_hash
from fourps.book.page_in_book import complain
from fourps.book.player_nodes import Mount
from fourps.course.catalogue import beside
from fourps.course.glossary import SYNONYMS
from fourps.course.page import read
from fourps.course.problem import BrokenSourceError
from fourps.learn.notebooks import notebook
from fourps.learn.references import References
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

# they write notebooks, read MyST, and put sources into words
_LIBRARIES = ("fourps", "nbformat", "jupytext", "markdown-it-py", "mdit-py-plugins", "pybtex")
# what shows the texts of other pages
_WIDER = "{outcomes-map}"
_ABOVE = re.compile(r"(?:\.\./)+[\w./-]*")
FOLDER = "notebooks"


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


def _note(app: Sphinx, doctree: document) -> None:
    kinds = {mount["kind"] for mount in doctree.findall(Mount)}
    app.env.metadata[app.env.docname]["runs"] = bool(kinds - {"change"})


def _show(app: Sphinx, page: str, context: dict[str, Any], _doctree: document | None) -> None:
    runs = app.env.metadata.get(page, {}).get("runs")
    context["fourps_notebook"] = f"{FOLDER}/{page}.ipynb" if runs else ""


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Write a notebook for each such page, and none for a page that is gone."""
    if exception or app.builder.name != "html":
        return
    references = References(Path(app.srcdir))
    inputs = NotebookInputs(references)
    folder = Path(app.outdir) / FOLDER
    wanted = set()
    for name, metadata in app.env.metadata.items():
        if not metadata.get("runs"):
            continue
        page = references.root / f"{name}.md"
        cache = Path(app.config.fourps_cache, FOLDER, name)
        make = partial(written, page, references)
        try:
            of = inputs.of(page)
            text = remembered(cache, of, make) if of else make()
        except BrokenSourceError as error:
            complain(error.problems)
            continue
        path = folder / f"{name}.ipynb"
        _put(path, text.encode())
        wanted.add(path)
    for path in folder.rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()


def written(page: Path, references: References) -> str:
    """Return the notebook of a page as its file has it."""
    return f"{nbformat.writes(notebook(page, references), version=nbformat.NO_CONVERT)}\n"


def _put(path: Path, data: bytes) -> None:
    """Write a file that is not there already, or is another one."""
    if not (path.is_file() and path.read_bytes() == data):
        write_whole(path, data)


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("doctree-read", _note, priority=900)
    on_page(app, _show)
    app.connect("build-finished", _write)
