"""Cells: they run before Sphinx reads the pages one by one, and it is said where one failed.

Those of several pages run at a time, in the language of their page, and again when its translation
changes. What they printed goes into the cache in which MyST-NB looks for it. A page whose cells
fail, or print on the error output, is not kept there: MyST-NB runs it again, and names the page;
the line is named here. On a new machine some libraries say there, once, that they prepare
something.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.execute import NotebookClientCache, create_client
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx.util.logging import getLogger

from fourps.book.page_in_book import catalogue_path, complain
from fourps.book.place_in_module import exercise_of
from fourps.course.language import tag
from fourps.course.mime import CATALOGUES, LANGUAGE
from fourps.course.problem import Problem
from nbseal.base.whole_files import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# what cells import that say something in the reader's language
_SPEAKING = "fourps.lab"
_logger = getLogger(__name__)
# where there is one processor: a kernel that starts waits more than it works
_LEAST = 2
# how nbclient quotes the cell in what it raises
_CELL = re.compile(r"^-{18}\n(.*?)\n-{18}$", re.MULTILINE | re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def variables(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Return what the cells of a page find in their environment: its language and catalogue."""
    path = catalogue_path(env, page)
    catalogues = [os.fspath(path)] if path else []
    return {LANGUAGE: tag(env.config.language), CATALOGUES: json.dumps(catalogues)}


def cache_of(env: BuildEnvironment, page: str) -> Path:
    """Return where the outputs of a page are kept.

    Those of cells that speak are kept for each language, and each state of the page's translation.
    """
    folder, code = str(env.config.nb_execution_cache_path), tag(env.config.language)
    speaks = _SPEAKING in Path(env.doc2path(page)).read_text("utf-8")
    if not speaks or code == tag(env.config.fourps_source):
        return Path(folder)
    path = catalogue_path(env, page)
    state = hashlib.sha256(path.read_bytes() if path else b"").hexdigest()[:12]
    return Path(f"{folder}-{code}", state)


def _prepare(app: Sphinx, page: str, _source: list[str]) -> None:
    """Prepare for the cells of one page, which MyST-NB may run."""
    env = app.env
    os.environ.update(variables(env, page))
    if hasattr(env, "mystnb_config"):
        env.mystnb_config.execution_cache_path = os.fspath(cache_of(env, page))


class _Page(NamedTuple):
    """A page and its cells, which get their outputs when they run."""

    path: Path
    notebook: Any
    cache: Any
    variables: dict[str, str]


def _pages(env: Any, names: list[str]) -> Iterator[_Page]:
    """Yield each page that is to be executed."""
    for name in names:
        if exercise_of(name):
            # what a learner fills in runs nowhere here
            continue
        path = Path(env.doc2path(name))
        text = path.read_text("utf-8")
        config = env.mystnb_config
        reader = create_nb_reader(str(path), env.myst_config, config, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        client = create_client(notebook, str(path), config, _logger, reader.read_fmt)
        if isinstance(client, NotebookClientCache):
            cache = get_cache(cache_of(env, name))
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                yield _Page(path, notebook, cache, variables(env, name))


async def _execute(pages: list[_Page], seconds: int) -> list[bool]:
    """Execute pages, each in its folder; return of each whether its cells ran without complaint.

    A cell may take so many seconds.
    """
    # a style of Pygments, when it is loaded, has each library print that all is well
    logging.getLogger("traitlets").setLevel(logging.WARNING)
    free = asyncio.Semaphore(max(_LEAST, os.cpu_count() or 1))

    async def execute(page: _Page) -> bool:
        where = {"metadata": {"path": str(page.path.parent)}}
        # times would be part of what the cache knows a notebook by
        client = NotebookClient(
            page.notebook,
            timeout=seconds,
            resources=where,
            record_timing=False,
            # each would warn that what it prints passes through sockets unencrypted
            extra_arguments=["--log-level=ERROR"],
        )
        async with free:
            try:
                await client.async_execute(env={**os.environ, **page.variables})
            except (CellExecutionError, CellTimeoutError):
                return False
        outputs = (output for cell in page.notebook.cells for output in cell.get("outputs", ()))
        return not any(output.get("name") == "stderr" for output in outputs)

    return await asyncio.gather(*map(execute, pages))


def _fill(_app: Sphinx, env: Any, names: list[str]) -> None:
    """Execute what is to be read and was not executed before, and keep it."""
    config = env.mystnb_config
    if config.execution_mode != "cache":
        return
    kept = Path(env.config.nb_execution_cache_path)
    kept.mkdir(parents=True, exist_ok=True)
    shared = [name for name in names if cache_of(env, name) == kept]
    # languages are built side by side: what speaks, each runs itself; of all else the first runs
    # the cells, and the others find them run
    _run(env, [name for name in names if name not in shared])
    with in_turn(kept):
        _run(env, shared)


def _run(env: Any, names: list[str]) -> None:
    """Execute pages that were not executed before, and keep what they printed."""
    pages = list(_pages(env, names))
    # one alone can as well be left to MyST-NB, unless others wait for it
    if len(pages) < 2 and len(env.config.fourps_languages) == 1:  # noqa: PLR2004
        return
    ran = asyncio.run(_execute(pages, env.mystnb_config.execution_timeout))
    for page, whole in zip(pages, ran, strict=True):
        if whole:
            bundle = CacheBundleIn(page.notebook, str(page.path))
            page.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


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
    reason = " ".join(traceback.rsplit("\n\n", 1)[-1].split())
    return Problem(path, line, "failing-cell", "", reason)


def _report(_app: Sphinx, env: BuildEnvironment) -> None:
    for docname, data in getattr(env, "nb_metadata", {}).items():
        result = data.get("exec_data") or {}
        if result.get("traceback"):
            path = Path(env.doc2path(docname))
            complain([failure(path, path.read_text("utf-8"), result["traceback"])])


def register(app: Sphinx) -> None:
    """Run cells before the first page is read, and say at the end which failed."""
    app.connect("source-read", _prepare)
    app.connect("env-before-read-docs", _fill)
    app.connect("env-updated", _report)
