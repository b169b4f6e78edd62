"""The lines that a host fills in, each by its id: rows of pages, and lines of job aids."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from fourps.course.source import Identifier, Source, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.page import Block, Page

# of the two whose answer is a day
CHECKED, NEXT = "checked", "next"
# a cell in which nobody has written
_OPEN = re.compile("_+|Not filled in")


class Lines(Strict):
    """All of them, by page."""

    pages: Annotated[dict[Text, dict[Text, Identifier | None]], Field(min_length=1)]
    """For each page, from the course's folder, the lines as they stand there, and their ids: lines
    with one id take one answer. A line without one stays blank."""

    @property
    def ids(self) -> list[str]:
        """Each id once, in the order of the file.

        Examples
        --------
        >>> Lines(pages={"a.md": {"Desk": "desk", "Sum": None}, "b.md": {"1. Desk": "desk"}}).ids
        ['desk']
        """
        every = (one for lines in self.pages.values() for one in lines.values())
        return [*dict.fromkeys(filter(None, every))]


def load(path: Path) -> tuple[Lines, Source]:
    """Read the lines of a course.

    Parameters
    ----------
    path
        Its ``book/lines.yaml``.

    Raises
    ------
    BrokenSourceError
        With file, line and field of each thing that is wrong.
    """
    return Source.load(path, Lines)


def open_lines(page: Page) -> Iterator[Block]:
    """Yield each line of a page's tables that is to be filled in."""
    cells = [block for block in page.blocks if block.kind == "cell"]
    for line, answer in pairwise(cells):
        if line.line == answer.line and _OPEN.fullmatch(answer.text):
            yield line
