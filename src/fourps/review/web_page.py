"""A review pack as one HTML page, which a browser prints."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fourps.front import review_style
from fourps.review.pack import ANSWER, HEAD, LANGUAGE, basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fourps.review.pack import Pack
    from fourps.review.statement import Statement


def web_page(pack: Pack, sources: Sequence[str]) -> str:
    """Return a page on which every text is escaped.

    Parameters
    ----------
    pack
        What is asked.
    sources
        A line for each document that is cited.
    """
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE}"><head><meta charset="utf-8">'
        f"<title>{escape(pack.title)}</title><style>{review_style()}</style></head><body><main>"
        f"{''.join(_body(pack, sources))}</main></body></html>\n"
    )


def _body(pack: Pack, sources: Sequence[str]) -> Iterator[str]:
    yield f"<h1>{escape(pack.title)}</h1>"
    for heading, paragraphs in pack.cover():
        yield f"<h2>{escape(heading)}</h2>"
        yield from (f"<p>{escape(one)}</p>" for one in paragraphs)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in HEAD)
    for part, numbered in pack.parts():
        yield f'<section><h2>{escape(part)}</h2><table aria-label="{escape(part)}">'
        yield f"<thead><tr>{head}</tr></thead><tbody>"
        yield from (_row(number, one) for number, one in numbered)
        yield "</tbody></table></section>"
    if sources:
        yield "<section><h2>Sources</h2><ul>"
        yield from (f"<li>{escape(one)}</li>" for one in sources)
        yield "</ul></section>"


def _row(number: int, one: Statement) -> str:
    said = "".join(
        f"<p>{f'<b>{escape(word)}:</b> ' if word else ''}{escape(text)}</p>"
        for word, text in one.said
    )
    place = "".join(
        f'<p class="place">{escape(line)}</p>' for line in (one.place, basis(one), one.id) if line
    )
    return (
        f'<tr><th scope="row">{number}</th><td>{said}{place}</td>'
        f"<td><p>{escape(ANSWER)}</p></td></tr>"
    )
