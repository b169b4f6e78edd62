"""Pages that stand by themselves, without the book's menu, scripts and styles."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fourps.book.after.built import RELEASE
from fourps.course.language import direction, name, tag
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.book.after.built import Built

# where a policy is put in: before anything that it decides on
CHARSET = '<meta charset="utf-8">'
_STYLE = (
    "body{font:1.1rem/1.6 sans-serif;margin:2rem auto;padding-inline:1rem;max-inline-size:34rem;"
    "background:#fdfbf7;color:#1d2b30}a{color:#0c5d66}@media(prefers-color-scheme:dark){"
    "body{background:#11191c;color:#e8ecea}a{color:#86cdcf}}"
)
# a host shows that page under whatever address: the course begins in a folder above
_FIND = f"""
<script>
(async () => {{
  const names = location.pathname.split("/").slice(1, -1);
  for (let depth = 0; depth <= names.length; depth += 1) {{
    const top = new URL(["", ...names.slice(0, depth), ""].join("/"), location);
    const found = await fetch(new URL("{RELEASE}", top), {{ method: "HEAD" }}).catch(() => null);
    if (!found?.ok) continue;
    for (const link of document.links) link.href = new URL(link.getAttribute("href"), top);
    return;
  }}
}})();
</script>"""
# Who saved the course is led to what is saved. Who reads none of the languages, or runs no
# scripts, is asked.
_LEAD = """
<script>
(async () => {
  const links = [...document.querySelectorAll("[data-root]")], saved = [];
  const worker = async (page) => navigator.serviceWorker?.getRegistration(page);
  for (const link of links) {
    const found = await worker(link.href).catch(() => null);
    if (found?.scope === new URL(link.dataset.root, location.href).href) saved.push(link);
  }
  const offered = saved.length ? saved : links, language = (tag) => tag.split("-")[0];
  const meant = navigator.languages.map((tag) =>
    offered.find(({ hreflang }) => hreflang === tag)
    || offered.find(({ hreflang }) => language(hreflang) === language(tag)));
  const link = meant.find(Boolean) || saved[0];
  if (link) location.replace(link.href);
})();
</script>"""
# nothing of the course's own look
_UNITS_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem;max-width:30rem;color:#111;background:#fff}"
    "td,th{padding:.3rem .8rem .3rem 0;text-align:start}"
)
_UNITS = (
    ("units-kilometre", "units-mile"),
    ("units-metre", "units-feet"),
    ("units-kilogram", "units-pounds"),
    ("units-litre", "units-gallon"),
    ("units-hectare", "units-acres"),
)


def small_page(title: str, body: str, language: str, head: str = "", style: str = _STYLE) -> str:
    """Return a page that needs no other file: its title is plain text, body and head are HTML.

    Examples
    --------
    >>> small_page("1 < 2", "<p>So it is.</p>", "en").splitlines()[1]
    '<html lang="en" dir="ltr"><head><meta charset="utf-8">'
    """
    return bare_page(title, f"<main>\n{body}\n</main>", language, head, style)


def bare_page(title: str, body: str, language: str, head: str, style: str) -> str:
    """Return such a page whose body says itself what is its main part."""
    return (
        f'<!doctype html>\n<html lang="{tag(language)}" dir="{direction(language)}">'
        f"<head>{CHARSET}\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>\n'
        f'<link rel="icon" href="data:,"><style>{style}</style>{head}</head>\n'
        f"<body>{body}</body></html>\n"
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


def in_each_language(bodies: Mapping[str, str]) -> str:
    """Return HTML by language as one, each part marked with its language.

    Examples
    --------
    >>> in_each_language({"en": "<p>Yes</p>"})
    '<p>Yes</p>'
    >>> in_each_language({"en": "<p>Yes</p>", "fr": "<p>Oui</p>"}).splitlines()[1]
    '<section lang="fr" dir="ltr"><p>Oui</p></section>'
    """
    if len(bodies) == 1:
        return next(iter(bodies.values()))
    return "\n".join(
        f'<section lang="{tag(code)}" dir="{direction(code)}">{body}</section>'
        for code, body in bodies.items()
    )


def _notice(title: str, text: str, top: str, home: str, about: tuple[str, str]) -> str:
    """Return what a notice says in one language, and where it leads."""
    book, language = about
    mine = words(language)
    return (
        f"<h1>{escape(mine[title])}</h1>\n<p>{escape(mine[text])}</p>\n"
        f'<p><a href="{top}{home}">{escape(book)}</a></p>\n'
        f'<p><a href="{top}search.html">{escape(mine["page-search-help"])}</a></p>\n'
        f'<p><a href="{top}units.html">{escape(mine["page-leave"])}</a></p>'
    )


def unsaved(home: str, book: str, language: str) -> str:
    """Return the page that stands in place of one that no device has.

    Parameters
    ----------
    home
        The address of the first page, from the book's folder.
    book, language
        Title and language of the book.

    Examples
    --------
    >>> '<a href="./book/welcome.html">Four Ps</a>' in unsaved("book/welcome.html", "Four Ps", "en")
    True
    """
    body = _notice("unsaved-title", "unsaved-text", "./", home, (book, language))
    return _for_no_engine(words(language)["unsaved-title"], body, language)


def missing(book: Built, top: str = "") -> str:
    """Return the page for an address where nothing is.

    It speaks every language of the book: a host has one such page.

    Parameters
    ----------
    book
        All of the book.
    top
        Its address on its host, with its slash; without one, a script looks for it.
    """
    top, find = top or "./", "" if top else _FIND
    bodies = {}
    for edition in book.languages:
        about = edition.about
        # the address `top` would lead on to one language
        home = about["start_url"] if len(book.languages) > 1 else ""
        named = about["name"], about["lang"]
        place = f"{top}{edition.folder}"
        bodies[about["lang"]] = _notice("missing-title", "missing-text", place, home, named)
    first = next(iter(bodies))
    title = " · ".join(words(code)["missing-title"] for code in bodies)
    return _for_no_engine(title, in_each_language(bodies) + find, first)


def _for_no_engine(title: str, body: str, language: str) -> str:
    return small_page(title, body, language, '<meta name="robots" content="noindex">')


def leading_page(title: str, home: str, folders: Mapping[str, str]) -> str:
    """Return the page.

    Parameters
    ----------
    title
        The book's.
    home
        The address of the first page of a language, from its folder.
    folders
        The folder of each language, with its slash, by its code; the first is the page's own.

    Examples
    --------
    >>> page = leading_page("Four Ps", "welcome.html", {"en": "./", "fr": "fr/"})
    >>> "Read the course in English" in page, "Lire le cours en français" in page
    (True, True)
    """
    bodies = {code: _offer(code, folder, home) for code, folder in folders.items()}
    body = f"<h1>{escape(title)}</h1>\n{in_each_language(bodies)}{_LEAD}"
    return small_page(title, body, next(iter(folders)))


def _offer(code: str, folder: str, home: str) -> str:
    mine = words(code)
    read = escape(mine["lead-read"].format(language=name(code)))
    link = f'<a href="{folder}{home}" hreflang="{code}" data-root="{folder}">{read}</a>'
    return f'<p>{link}</p><p><a href="{folder}units.html">{escape(mine["page-leave"])}</a></p>'


def units(language: str) -> str:
    """Return the page in a language.

    Examples
    --------
    >>> "<td>1 kilomètre</td><td>0,62 mille</td>" in units("fr")
    True
    """
    mine = words(language)
    told = {key: escape(text) for key, text in mine.items()}
    rows = [(told[left], told[right]) for left, right in _UNITS] + [("20 °C", "68 °F")]
    head = "".join(f'<th scope="col">{told[key]}</th>' for key in ("units-unit", "units-about"))
    lines = "\n".join(f"<tr><td>{unit}</td><td>{size}</td></tr>" for unit, size in rows)
    body = (
        f"<h1>{told['units-title']}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{lines}\n</tbody>\n</table>"
    )
    return small_page(mine["units-short"], body, language, style=_UNITS_STYLE)
