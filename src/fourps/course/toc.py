"""The table of contents, Jupyter Book's ``_toc.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def missing_pages(root: Path) -> Iterator[Problem]:
    """Yield each entry of the table of contents that has no page.

    Parameters
    ----------
    root
        The folder that holds ``_toc.yml``.

    Yields
    ------
    Problem
        With the line of the entry.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> root = Path(tempfile.mkdtemp())
    >>> _ = (root / "_toc.yml").write_text("format: jb-book\\nroot: start\\n")
    >>> [problem.line for problem in missing_pages(root)]
    [2]
    """
    try:
        toc = Source.read(root / "_toc.yml")
    except BrokenSourceError as error:
        yield from error.problems
        return
    for loc, line in toc.lines.items():
        if loc and loc[-1] in ("file", "root"):
            value = toc.data
            for part in loc:
                value = value[part]
            if not any((root / f"{value}{suffix}").is_file() for suffix in (".md", ".ipynb")):
                yield Problem(toc.path, line, "missing-page", str(value), "there is no such page")


def modules(root: Path) -> list[Path]:
    """Return the folders of the modules in the order of the table of contents.

    Parameters
    ----------
    root
        The folder that holds ``_toc.yml``.

    Returns
    -------
    list of Path
        Each folder of ``modules/`` that a page stands in.

    Raises
    ------
    BrokenSourceError
        If the table of contents cannot be read.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> "protection" in [folder.name for folder in modules(content_root())]
    True
    """
    toc = Source.read(root / "_toc.yml")
    found: dict[str, None] = {}
    for loc in toc.lines:
        if loc and loc[-1] == "file":
            value = toc.data
            for part in loc:
                value = value[part]
            folder, *rest = str(value).removeprefix("modules/").split("/")
            if rest and str(value).startswith("modules/"):
                found[folder] = None
    return [root / "modules" / name for name in found]
