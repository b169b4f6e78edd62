"""The table of contents, Jupyter Book's ``_toc.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.files import CourseRoot


def _entries(toc: Source) -> Iterator[tuple[str, int]]:
    """Yield each page that a table of contents names, and its line."""
    for loc, line in toc.lines.items():
        if loc and loc[-1] in ("file", "root"):
            value = toc.data
            for part in loc:
                value = value[part]
            yield str(value), line


def pages(root: CourseRoot) -> list[str]:
    """Return the names of a book's pages, without their endings, in their order.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> pages(content_root())[0]
    'book/welcome'
    """
    return [name for name, _ in _entries(Source.read(root / "_toc.yml"))]


def missing_pages(root: CourseRoot) -> Iterator[Problem]:
    """Yield each entry of the table of contents that has no page.

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
    for name, line in _entries(toc):
        if not any((root / f"{name}{suffix}").is_file() for suffix in (".md", ".ipynb")):
            yield Problem(toc.path, line, "missing-page", name, "there is no such page")


def modules(root: CourseRoot) -> list[Path]:
    """Return the folders of ``modules/`` that a page stands in, in the order of the contents.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> "protection" in [folder.name for folder in modules(content_root())]
    True
    """
    inside = [name.split("/") for name in pages(root) if name.startswith("modules/")]
    return [root / "modules" / name for name in dict.fromkeys(parts[1] for parts in inside)]
