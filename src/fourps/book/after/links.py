"""Follow every link of a built book."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fourps.book.after.built import Built
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ATTRIBUTES = ("href", "src", "action", "poster", "data")


class _Page(HTMLParser):
    """What a page can be asked for, and what it asks for, each with its line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.names.add(value or "")
            elif name in _ATTRIBUTES:
                self.links.append((self.getpos()[0], value or ""))


def broken(html: Path) -> Iterator[Problem]:
    """Yield each link within a built book that leads nowhere.

    Links to other hosts are not followed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> html = Path(tempfile.mkdtemp())
    >>> _ = (html / "page.html").write_text("<a href='#here'>Here</a><a href='no.html'>No</a>")
    >>> [problem.field for problem in broken(html)]
    ['#here', 'no.html']
    """
    top = html.resolve()
    pages = {path.resolve(): _Page(path.read_text("utf-8")) for path in Built(html).pages}
    for path, page in pages.items():
        for line, link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            name = unquote(parts.fragment)
            if parts.path.startswith("/") or not target.is_relative_to(top):
                message = "it leads out of the book: a copy in another folder would lose it"
            elif not target.is_file():
                message = "there is no such file"
            elif name and target in pages and name not in pages[target].names:
                message = f"there is no place of that name in {target.relative_to(top).as_posix()}"
            else:
                continue
            yield Problem(path, line, "broken-link", link, message)


def elsewhere(report: Path, source: Path) -> Iterator[Problem]:
    """Yield each link to another host that did not answer, by the report of Sphinx's linkcheck.

    `source` is the folder that holds ``_toc.yml``.
    """
    for text in report.read_text("utf-8").splitlines():
        answer = json.loads(text)
        if answer["status"] in ("broken", "timeout"):
            path = source / answer["filename"]
            yield Problem(path, answer["lineno"], "broken-link", answer["uri"], answer["info"])
