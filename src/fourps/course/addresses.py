"""Every address that a page of the course was ever published under, and where it has moved.

People keep links. So a page may change its address only if the old one leads on.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.toc import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.files import CourseRoot

ADDRESSES = "book/addresses.csv"
_COLUMNS = ["address", "moved_to"]


class Address(NamedTuple):
    """One published address, such as ``book/safety.html``; ``moved_to`` is empty while it holds.

    A place within a page, such as ``book/safety.html#leave``, is listed when it moved elsewhere.
    """

    address: str
    moved_to: str
    line: int


def load(root: CourseRoot) -> list[Address]:
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
        found = []
        for row in rows:
            if len(row) != len(_COLUMNS):
                message = f"expected {len(_COLUMNS)} columns, found {len(row)}"
                raise BrokenSourceError(Problem(path, rows.line_num, "shape", "", message))
            found.append(Address(row[0], row[1], rows.line_num))
    return found


def problems(root: CourseRoot) -> Iterator[Problem]:
    """Yield each published address that leads nowhere, and each page that is not on the list."""
    path = root / ADDRESSES
    listed = load(root)
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
