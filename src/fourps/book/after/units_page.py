"""The page that "Leave" leads to: a table of units, which has nothing to do with any course."""

from __future__ import annotations

from html import escape

from fourps.book.after.bare_pages import small_page
from fourps.course.words import words

# nothing of the course's own look
_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem;max-width:30rem;color:#111;background:#fff}"
    "td,th{padding:.3rem .8rem .3rem 0;text-align:start}"
)
_ROWS = (
    ("units-kilometre", "units-mile"),
    ("units-metre", "units-feet"),
    ("units-kilogram", "units-pounds"),
    ("units-litre", "units-gallon"),
    ("units-hectare", "units-acres"),
)


def units(language: str) -> str:
    """Return the page in a language.

    Examples
    --------
    >>> "<td>1 kilomètre</td><td>0,62 mille</td>" in units("fr")
    True
    """
    mine = words(language)
    said = {key: escape(text) for key, text in mine.items()}
    rows = [(said[one], said[other]) for one, other in _ROWS] + [("20 °C", "68 °F")]
    head = "".join(f'<th scope="col">{said[key]}</th>' for key in ("units-unit", "units-about"))
    lines = "\n".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    body = (
        f"<h1>{said['units-title']}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{lines}\n</tbody>\n</table>"
    )
    return small_page(mine["units-short"], body, language, style=_STYLE)
