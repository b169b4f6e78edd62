"""The table of contents, Jupyter Book's ``_toc.yml``, and every address that was ever published.

People keep links. So a page may change its address only if the old one leads on.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.files import CourseRoot

ADDRESSES = "book/addresses.csv"
_COLUMNS = ["address", "moved_to"]


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


class Address(NamedTuple):
    """One published address, such as ``book/safety.html``; ``moved_to`` is empty while it holds.

    A place within a page, such as ``book/safety.html#leave``, is listed when it moved elsewhere.
    """

    address: str
    moved_to: str
    line: int


def load_addresses(root: CourseRoot) -> list[Address]:
    """Read ``book/addresses.csv``; a course without it was never published, and has no addresses.

    Raises
    ------
    BrokenSourceError
        If the file is not as expected.
    """
    path = root / ADDRESSES
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != _COLUMNS:
            message = f"expected the columns {', '.join(_COLUMNS)}"
            raise BrokenSourceError(Problem(path, 1, "shape", "", message))
        listed = []
        for row in rows:
            if len(row) != len(_COLUMNS):
                message = f"expected {len(_COLUMNS)} columns, found {len(row)}"
                raise BrokenSourceError(Problem(path, rows.line_num, "shape", "", message))
            listed.append(Address(row[0], row[1], rows.line_num))
    return listed


def address_problems(root: CourseRoot) -> Iterator[Problem]:
    """Yield each published address that leads nowhere, and each page that is not on the list."""
    path = root / ADDRESSES
    listed = load_addresses(root)
    if not listed:
        return
    current = {f"{page}.html" for page in pages(root)}
    seen: set[str] = set()
    for address, target, line in listed:
        if address in seen:
            yield Problem(path, line, "address-twice", address, "name each address once")
        seen.add(address)
        if target and address in current:
            message = "a page has this address again: leave moved_to empty"
            yield Problem(path, line, "address-taken", address, message)
        elif "#" in address and address.partition("#")[0] not in current:
            message = "its page is gone, and cannot lead on from there: drop the line"
            yield Problem(path, line, "lost-address", address, message)
        elif target and target.partition("#")[0] not in current:
            message = f"it leads to {target}, where no page is"
            yield Problem(path, line, "lost-address", address, message)
        elif not target and address not in current:
            message = "no page is there any more: name in moved_to the page that now says it"
            yield Problem(path, line, "lost-address", address, message)
    for address in sorted(current - seen):
        message = f"add the line '{address},' so that links to this page stay good"
        yield Problem(path, len(listed) + 1, "new-address", address, message)
