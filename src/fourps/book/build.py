"""Build the book: all of it, or nothing."""

from __future__ import annotations

import ctypes
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import nocolor

from fourps.course.toc import missing_pages

# what jupyter_client says of a kernel that ended before it answered
_KERNEL_DIED = "Kernel died before replying"


class BuildError(Exception):
    """The book was not built; what is wrong was printed."""


def build(source: Path, output: Path, **config: Any) -> Path:
    """Build the book.

    Parameters
    ----------
    source
        The folder that holds ``_config.yml`` and ``_toc.yml``.
    output
        A folder such as ``_build``; the pages come into ``html`` within it.
    **config
        Sphinx configuration that takes precedence over ``_config.yml``.

    Returns
    -------
    Path
        The folder with the pages.

    Raises
    ------
    BuildError
        If there was any warning. The pages of the last good build stay as they were.
    FileNotFoundError
        If `source` holds no book.
    """
    for name in ("_config.yml", "_toc.yml"):
        if not (source / name).is_file():
            raise FileNotFoundError(f"{source / name} is missing: is this the folder of the book?")
    missing = list(missing_pages(source.resolve()))
    if missing:
        raise BuildError("\n".join(map(str, missing)))
    work, unfinished = output / ".work", output / ".unfinished"
    for folder in output.glob(".publish-*"):
        shutil.rmtree(folder, ignore_errors=True)
    if unfinished.exists():
        # killed half-way: pages that were read and not written would never be written
        shutil.rmtree(work, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    if not sys.stderr.isatty():
        nocolor()
    status = _run(source, work, output, config)
    if isinstance(status, RuntimeError) and _KERNEL_DIED in str(status):
        # another process may take a kernel's port between its choice and its use
        sys.stderr.write("A kernel did not start. Building once more ...\n")
        status = _run(source, work, output, config)
    if status != 0:
        # Sphinx warns of a page only when it reads it: kept, the next build would pass
        shutil.rmtree(work, ignore_errors=True)
        unfinished.unlink()
        raise BuildError("The book was not built. Mend what is named above and build again.")
    html = _publish(work / "html", output / "html")
    unfinished.unlink()
    return html


def _run(source: Path, work: Path, output: Path, config: dict[str, Any]) -> Any:
    """Run Sphinx; return 0, another exit status, or what was raised."""
    return build_sphinx(
        source.resolve(),
        work / "html",
        doctreedir=work / "doctrees",
        noconfig=True,
        path_config=str(source / "_config.yml"),
        confoverrides={
            "external_toc_path": str((source / "_toc.yml").resolve()),
            "latex_individualpages": False,
            "nb_execution_cache_path": str((output / ".jupyter_cache").resolve()),
            **config,
        },
        warningiserror=True,
        keep_going=True,
        quiet=True,
    )


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux)."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2
    return swap is not None and swap(here, bytes(one), here, bytes(other), exchange) == 0


def _publish(fresh: Path, target: Path) -> Path:
    """Put the new pages in place of the old ones in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".publish-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        shutil.copytree(fresh, new)
        if not (target.exists() and _exchange(new, target)):
            if target.exists():
                target.rename(old)
            new.rename(target)
    return target
