"""Build the book: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx

from fourps.course.citations import labels
from fourps.course.problem import BrokenSourceError
from fourps.course.toc import missing_pages


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
    problems = list(missing_pages(source.resolve()))
    bibliography = source.resolve() / "book" / "references.bib"
    if bibliography.is_file():
        # no page need have changed for a label to be missing
        try:
            labels(bibliography)
        except BrokenSourceError as error:
            problems += error.problems
    if problems:
        raise BuildError("\n".join(map(str, problems)))
    work = output / ".work"
    status = build_sphinx(
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
    if status != 0:
        # Sphinx warns of a page only when it reads it: kept, the next build would pass
        shutil.rmtree(work, ignore_errors=True)
        raise BuildError("The book was not built. Mend what is named above and build again.")
    _redirect(source, work / "html")
    return _publish(work / "html", output / "html")


def _redirect(source: Path, html: Path) -> None:
    """Lead from the folder itself to the first page."""
    import yaml

    root = yaml.safe_load((source / "_toc.yml").read_text("utf-8"))["root"]
    if root != "index":
        (html / "index.html").write_text(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Four Ps</title>'
            '<link rel="icon" href="data:,">\n'
            f'<meta http-equiv="refresh" content="0; url={root}.html"></head>\n'
            f'<body><p><a href="{root}.html">Four Ps</a></p></body></html>\n',
            "utf-8",
        )


def _publish(fresh: Path, target: Path) -> Path:
    """Put the new pages in place of the old ones in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".publish-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        shutil.copytree(fresh, new)
        if target.exists():
            target.rename(old)
        new.rename(target)
    return target
