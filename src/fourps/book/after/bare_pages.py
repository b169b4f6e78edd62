"""Pages that stand by themselves, without the book's menu, scripts and styles."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fourps.course.language import direction, tag
from fourps.course.words import words

if TYPE_CHECKING:
    from fourps.book.after.built import Built

# where a policy is put in: before anything that it decides on
CHARSET = '<meta charset="utf-8">'
_STYLE = (
    "body{font:1.1rem/1.6 sans-serif;margin:2rem auto;padding-inline:1rem;max-inline-size:34rem;"
    "background:#fdfbf7;color:#1d2b30}a{color:#0c5d66}@media(prefers-color-scheme:dark){"
    "body{background:#11191c;color:#e8ecea}a{color:#86cdcf}}"
)


def small_page(title: str, body: str, language: str, head: str = "") -> str:
    """Return a page that needs no other file: its title is plain text, body and head are HTML.

    Examples
    --------
    >>> small_page("1 < 2", "<p>So it is.</p>", "en").splitlines()[1]
    '<html lang="en" dir="ltr"><head><meta charset="utf-8">'
    """
    return (
        f'<!doctype html>\n<html lang="{tag(language)}" dir="{direction(language)}">'
        f"<head>{CHARSET}\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>\n'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style>{head}</head>\n'
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def redirect(target: str, title: str, language: str) -> str:
    """Return a page that leads on to another, whose address is relative to the page itself.

    Examples
    --------
    >>> "url=book/welcome.html" in redirect("book/welcome.html", "Four Ps", "en")
    True
    """
    head = (
        f'\n<link rel="canonical" href="{target}">'
        f'<meta http-equiv="refresh" content="0; url={target}">'
    )
    body = f'<p><a href="{target}">{escape(title)}</a></p>'
    return small_page(title, body, language, head)


def notice(title: str, text: str, top: str, book: str, language: str) -> str:
    """Return a page that stands in place of one that is not there.

    Parameters
    ----------
    title, text
        The keys of the words that say so.
    top
        The address of the book's folder, with its slash.
    book, language
        Title and language of the book.

    Examples
    --------
    >>> page = notice("missing-title", "missing-text", "/four-ps/", "Four Ps", "en")
    >>> '<a href="/four-ps/">Four Ps</a>' in page
    True
    """
    mine = words(language)
    body = (
        f"<h1>{escape(mine[title])}</h1>\n<p>{escape(mine[text])}</p>\n"
        f'<p><a href="{top}">{escape(book)}</a></p>\n'
        f'<p><a href="{top}units.html">{escape(mine["page-leave"])}</a></p>'
    )
    return small_page(mine[title], body, language, '<meta name="robots" content="noindex">')


def missing(book: Built, top: str) -> str:
    """Return the page for an address where nothing is; `top` is the book's, with its slash."""
    about = book.about
    return notice("missing-title", "missing-text", top, about["name"], about["lang"])
