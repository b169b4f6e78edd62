"""The course as a book for e-readers and their apps: one EPUB 3 in one language.

It is made of the built pages as they are without JavaScript, each a chapter
(``fourps.book.after.shelves.chapter``); what is around them is in ``epub_parts/``.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml.html import builder
from markupsafe import Markup

from fourps.book.after.built import Built
from fourps.book.after.contents import contents, resolve
from fourps.book.after.shelves.chapter import chapter, link, style
from fourps.book.after.shelves.day import release_day
from fourps.book.after.shelves.drawings import Pictures
from fourps.book.after.shelves.staged import COURSE, HALF_HOUR
from fourps.course.language import name as called
from fourps.course.words import words
from nbseal.base.whole_files import write_whole
from nbseal.base.zip_entry import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.book.after.contents import Entry
    from fourps.book.after.shelves.chapter import Chapter

# what each book has, whatever it is about
ALWAYS = ("book/start", "book/safety", "book/about")
# they show what a browser keeps, and nothing else
OF_THE_BROWSER = ("book/my-course", "book/offline")
# they speak of the button "Leave", which no book has
_OF_LEAVING = ("book/start", "book/safety")
# of the whole course: no module comes with them
_TESTS = {"book/before", "book/after", "book/later"}
_PLACES = (("glossary", "book/glossary"), ("bibliography", "book/references"))
_MIMETYPE = "mimetype"
_TITLE, _CONTENTS, _STYLE, _COVER = "title.xhtml", "contents.xhtml", "book.css", "cover.png"
_KINDS = {
    ".xhtml": "application/xhtml+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".css": "text/css",
}


def write_epub(site: Path, language: str, to: Path, unit: str = COURSE) -> None:
    """Write a book, whole or not at all.

    Parameters
    ----------
    site
        A built book in all its languages.
    language
        That of the new book.
    to
        The file.
    unit
        One of `fourps.book.after.shelves.staged.units`.

    Raises
    ------
    KeyError
        If the site is not in that language.
    """
    write_whole(to, Book(Built(site).in_language(language), unit).packed())


@dataclass(frozen=True)
class Item:
    """A file of the book; `order` says whether it is read in its turn."""

    name: str
    data: bytes
    order: bool = False
    properties: str = ""

    @property
    def kind(self) -> str:
        """What it is, by the end of its name."""
        return _KINDS[posixpath.splitext(self.name)[1]]


@dataclass(frozen=True)
class Line:
    """A line of the contents, with those below it; the caption of a part has no address."""

    title: str
    address: str = ""
    below: list[Line] = field(default_factory=list)


def nested(entries: Iterable[Entry]) -> list[Line]:
    """Return lines of the contents, each with those below it.

    Examples
    --------
    >>> from fourps.book.after.contents import Entry
    >>> lines = nested([Entry("Modules"), Entry("One", "one"), Entry("Quiz", "one/quiz", 1)])
    >>> lines[0].title, lines[0].below[0].title, lines[0].below[0].below[0].address
    ('Modules', 'One', 'one/quiz.xhtml')
    """
    lines: list[Line] = []
    levels, part = [lines], 0
    for entry in entries:
        line = Line(entry.title, f"{entry.name}.xhtml" if entry.name else "")
        levels = levels[: part + entry.depth + 1 if entry.name else 1]
        levels[-1].append(line)
        levels.append(line.below)
        part = part if entry.name else 1
    return lines


class Book:
    """A book: its chapters, linked with one another, and what is around them."""

    def __init__(self, html: Path, unit: str) -> None:
        self.html, self.unit = html, unit
        self.about, self.release = Built(html).about, Built(html).release
        self.language = str(self.about["lang"])
        self.word = words(self.language)
        every = contents(html, lambda name: name not in OF_THE_BROWSER)
        self.titles = {entry.name: entry.title for entry in every if entry.name}
        self.pictures = Pictures(html)
        names = self._names()
        self.entries = contents(html, names.__contains__)
        self.chapters = {name: self._chapter(name) for name in self.titles if name in names}
        link(self.chapters)
        self.released = release_day(html)
        self.templates = Environment(
            loader=PackageLoader(__package__ or "", "epub_parts"),
            autoescape=True,
            trim_blocks=True,
            undefined=StrictUndefined,
        )

    def _names(self) -> set[str]:
        """Return the pages of the unit, and those around the modules that they lead to."""
        if self.unit == COURSE:
            return {*self.titles}
        named = {
            resolve(name, address)[0]
            for name in self._own()
            for address in self._read(name).body.xpath(".//a/@href")
        }
        helps = {name for name in named if name.startswith("book/")}
        if self.unit == HALF_HOUR:
            helps |= {name for name in named if name.endswith("/practice")}
        return {*self._own(), *(helps & {*self.titles}), *ALWAYS} - _TESTS

    def _own(self) -> list[str]:
        folders = (f"modules/{self.unit}/", f"book/{self.unit}/")
        return [name for name in self.titles if f"{name}/".startswith(folders)]

    def _read(self, name: str) -> Chapter:
        page = (self.html / f"{name}.html").read_bytes()
        return chapter(page, name, self.titles, self.word, self.pictures)

    def _chapter(self, name: str) -> Chapter:
        made = self._read(name)
        if name in _OF_LEAVING:
            made.body.find("h1").addnext(builder.P(builder.STRONG(self.word["epub-leave"])))
        return made

    @property
    def title(self) -> str:
        """What the book is called: as the course, with its module if it has only one."""
        title = str(self.about["name"])
        if self.unit == COURSE:
            return title
        return f"{self.word['label'].format(what=title)} {self.titles[self._own()[0]]}"

    def packed(self) -> bytes:
        """Return the file: the same pages give the same bytes."""
        items = list(self._items())
        files = [
            # first and as it is, so that a system knows the file by its beginning
            (_MIMETYPE, b"application/epub+zip"),
            ("META-INF/container.xml", self._part("container.xml")),
            ("EPUB/course.opf", self._part("course.opf", items=items)),
            *((f"EPUB/{item.name}", item.data) for item in items),
        ]
        return pack(files, stored=(_MIMETYPE,))

    def _items(self) -> Iterator[Item]:
        """Yield each file, those that are read in their turn first."""
        yield Item(_TITLE, self._part("title.xhtml"), order=True)
        listed = self._part("contents.xhtml", lines=nested(self.entries), places=self._places())
        yield Item(_CONTENTS, listed, order=True, properties="nav")
        for name, made in self.chapters.items():
            text, sheet = made.text(), posixpath.relpath(_STYLE, posixpath.dirname(name) or ".")
            page = self._part("page.xhtml", title=made.title, text=Markup(text), style=sheet)  # noqa: S704 - of our own pages
            yield Item(made.address, page, order=True, properties="svg" if "<svg" in text else "")
        yield Item(_STYLE, style().encode())
        cover = (self.html / "icons" / "icon-512.png").read_bytes()
        yield Item(_COVER, cover, properties="cover-image")
        for name, picture in sorted(self.pictures.files.items()):
            yield Item(name, picture)

    def _places(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind, title and address of what a reader may want to open at once."""
        yield "titlepage", self.word["epub-title-page"], _TITLE
        yield "toc", self.word["page-all"], f"{_CONTENTS}#contents"
        first = next(iter(self.chapters.values()))
        yield "bodymatter", self.word["epub-begin"], first.address
        for kind, name in _PLACES:
            if made := self.chapters.get(name):
                yield kind, made.title, made.address

    def _part(self, template: str, **values: Any) -> bytes:
        """Return what one of the templates makes of the book."""
        told = {
            "title": self.title,
            "language": self.language,
            "direction": self.about["dir"],
            "called": called(self.language),
            "word": self.word,
            "style": _STYLE,
            "version": self.release["version"],
            "licence": self.word["page-licence"].format(text="CC BY 4.0", code="MIT"),
            "identifier": uuid5(NAMESPACE_URL, f"urn:fourps:{self.unit}:{self.language}"),
            "released": self.released.isoformat(),
        }
        return self.templates.get_template(template).render(told | values).encode()
