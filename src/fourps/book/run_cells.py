"""Run the cells of several pages at a time, before Sphinx reads the pages one by one.

What they printed goes into the cache in which MyST-NB looks for it. A page whose cells fail, or
print on the error output, is not kept there: MyST-NB runs it again, and says in which line what
went wrong. On a new machine some libraries say there, once, that they prepare something.
"""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.execute import NotebookClientCache, create_client
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbseal.base.whole_files import in_turn
from sphinx.util.logging import getLogger

from fourps.book.cell_language import cache_of, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_logger = getLogger(__name__)
# where there is one processor: a kernel that starts waits more than it works
_LEAST = 2


class _Page(NamedTuple):
    """A page and its cells, which get their outputs when they run."""

    path: Path
    notebook: Any
    cache: Any
    variables: dict[str, str]


def _pages(env: Any, names: list[str]) -> Iterator[_Page]:
    """Yield each page that is to be executed."""
    for name in names:
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

    async def one(page: _Page) -> bool:
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

    return await asyncio.gather(*map(one, pages))


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


def register(app: Sphinx) -> None:
    """Connect to the moment before the first page is read."""
    app.connect("env-before-read-docs", _fill)
