"""All built pages as one HTML document to print, in which links between pages stay links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from fourps.book.after.built import Built
from fourps.book.after.contents import contents, resolve
from fourps.course import version
from fourps.course.words import words
from fourps.front import print_style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fourps.book.after.contents import Entry

# what is of use on a screen only
_SCREEN = "script, .headerlink, .fp-place, .fp-term, .fp-run"
_REFERS = ("for", "aria-labelledby", "aria-describedby")


@dataclass(frozen=True)
class OnePage:
    """The document, its title, and its contents; each page's id is `anchor` of its name."""

    html: str
    title: str
    entries: list[Entry]


def anchor(name: str, identifier: str = "") -> str:
    """Return the id of a page, or of a place within it, in the one document.

    Examples
    --------
    >>> anchor("book/safety"), anchor("book/safety", "leave")
    ('book-safety', 'book-safety--leave')
    """
    slug = name.replace("/", "-")
    return f"{slug}--{identifier}" if identifier else slug


def one_page(
    html: Path,
    progress: Callable[[int, int], None] | None = None,
    wanted: Callable[[str], bool] = bool,
) -> OnePage:
    """Join the pages of a built book whose names are `wanted`, in the order of the contents.

    The style sheets of the document are named relative to `html`; `progress` is called with how
    many pages are joined, of how many.
    """
    about = Built(html).about
    first = _read(html, about["start_url"].removesuffix(".html"))
    entries = contents(html, wanted)
    names = [entry.name for entry in entries if entry.name]
    title, language, direction = (about[key] for key in ("name", "lang", "dir"))
    styles: dict[str, None] = {}
    articles: list[str] = []
    for name in names:
        page = _read(html, name)
        links = page.select("link[rel=stylesheet]")
        styles |= dict.fromkeys(resolve(name, str(link["href"]))[0] for link in links)
        articles.append(_article(page, name, {*names}))
        if progress:
            progress(len(articles), len(names))
    head = "".join(str(style) for style in first.select("head style")) + "".join(
        f'<link rel="stylesheet" href="{escape(path)}">' for path in styles
    )
    return OnePage(
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{head}<style>{print_style()}</style></head><body>"
        f"{_front(title, language, entries)}{''.join(articles)}</body></html>\n",
        title,
        entries,
    )


def _read(html: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser")


def _front(title: str, language: str, entries: list[Entry]) -> str:
    word = words(language)
    licences = word["page-licence"].format(text="CC BY 4.0", code="MIT")
    lines = "".join(map(_line, entries))
    return (
        f'<section class="fp-title-page"><p class="fp-book-title">{escape(title)}</p>'
        f"<p>{version()}</p><p>{licences}</p>"
        "</section>"
        f'<nav class="fp-book-contents"><h1>{word["page-all"]}</h1><ul>{lines}</ul></nav>'
    )


def _line(entry: Entry) -> str:
    title = escape(entry.title)
    if not entry.name:
        return f'<li class="fp-part-name">{title}'
    return f'<li class="fp-depth-{entry.depth}"><a href="#{anchor(entry.name)}">{title}</a>'


def _article(page: BeautifulSoup, name: str, names: set[str]) -> str:
    article = page.select_one("article")
    if article is None:
        raise ValueError(f"{name}.html has no article")
    for element in article.select(_SCREEN):
        element.decompose()
    for element in article.select("*"):
        _prefix(element, name)
    for link in article.select("a[href]"):
        address = str(link["href"])
        if urlsplit(address).scheme:
            continue
        target, fragment = resolve(name, address)
        if target in names:
            link["href"] = f"#{anchor(target, fragment)}"
        else:
            link.unwrap()
    article["id"] = anchor(name)
    return str(article)


def _prefix(element: Tag, name: str) -> None:
    """Keep an id, and what refers to it, apart from those of the other pages."""
    for attribute, value in element.attrs.items():
        if attribute == "id":
            element[attribute] = anchor(name, str(value))
        elif attribute in _REFERS:
            given = value if isinstance(value, list) else str(value).split()
            element[attribute] = " ".join(anchor(name, target) for target in given)
        elif isinstance(value, str) and value.startswith("url(#"):
            element[attribute] = f"url(#{anchor(name, value[5:-1])})"
        elif element.name == "use" and str(value).startswith("#"):
            element[attribute] = f"#{anchor(name, str(value)[1:])}"
