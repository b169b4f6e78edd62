"""The contents of a built book: its pages in the order of reading, as its navigation has them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import lxml.html

from fourps.book.after.built import Built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

# built pages say that they are so, further on than a parser looks
PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a page, or the caption of a part, which has no name."""

    title: str
    name: str = ""
    depth: int = 0


def contents(html: Path, wanted: Callable[[str], bool] = bool) -> list[Entry]:
    """Return the lines of a built book's contents, with the pages whose names are `wanted`."""
    root = Built(html).about["start_url"].removesuffix(".html")
    entries = [entry for entry in _every(html, root) if not entry.name or wanted(entry.name)]
    # without the captions that no page follows
    pairs = zip(entries, [*entries[1:], Entry("")], strict=True)
    return [entry for entry, after in pairs if entry.name or after.name]


def _every(html: Path, root: str) -> Iterator[Entry]:
    """Yield each line. The pieces of a lesson stand in the navigation of their module alone."""
    module: Entry | None = None
    for entry in _navigation(html, root):
        if module and entry.name and entry.depth > module.depth:
            continue
        yield entry
        module = entry if entry.name and (html / entry.name).is_dir() else None
        if module:
            yield from _below(module, _navigation(html, module.name))


def _below(above: Entry, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the lines that stand below one."""
    rest = dropwhile(lambda entry: entry.name != above.name, entries)
    next(rest)
    return takewhile(lambda entry: entry.depth > above.depth, rest)


def _navigation(html: Path, name: str) -> Iterator[Entry]:
    """Yield each line of the navigation of a page, or its own heading first if that has it not."""
    page = lxml.html.document_fromstring((html / f"{name}.html").read_bytes(), parser=PARSER)
    lines = page.xpath("//*[@class='sidebar-tree']//*[@class='caption' or self::a]")
    heading = page.find(".//article//h1")
    if heading is not None and not any(line.get("href") == "#" for line in lines):
        yield Entry(_title(heading), name)
    for line in lines:
        if line.tag == "a":
            depth = sum(1 for _ in line.iterancestors("ul")) - 1
            yield Entry(_title(line), resolve(name, line.get("href"))[0], depth)
        else:
            yield Entry(_title(line))


def _title(element: Any) -> str:
    """Return what an element says, without the link to itself that a heading ends with."""
    return "".join(element.xpath(".//text()[not(parent::*[@class='headerlink'])]")).strip()


def resolve(name: str, address: str) -> tuple[str, str]:
    """Return page and fragment that an address on a page leads to, from the book's folder.

    Examples
    --------
    >>> resolve("modules/protection/quiz", "../../book/safety.html#leave")
    ('book/safety', 'leave')
    """
    parts = urlsplit(address)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    return path.removesuffix(".html") if parts.path else name, parts.fragment
