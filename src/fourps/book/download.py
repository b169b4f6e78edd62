"""A page with something to play, as the notebook that learners get, to download and run."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbseal.base.whole_files import write_whole

from fourps.book.notebook_inputs import NotebookInputs
from fourps.book.page_in_book import complain
from fourps.book.player_nodes import Mount
from fourps.book.remembered import remembered
from fourps.course.problem import BrokenSourceError
from fourps.learn.notebooks import notebook
from fourps.learn.references import References

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

FOLDER = "notebooks"


def _note(app: Sphinx, doctree: document) -> None:
    kinds = {mount["kind"] for mount in doctree.findall(Mount)}
    app.env.metadata[app.env.docname]["runs"] = bool(kinds - {"change"})


def _show(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: document | None
) -> None:
    runs = app.env.metadata.get(pagename, {}).get("runs")
    context["fourps_notebook"] = f"{FOLDER}/{pagename}.ipynb" if runs else ""


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
    app.connect("html-page-context", _show)
    app.connect("build-finished", _write)
