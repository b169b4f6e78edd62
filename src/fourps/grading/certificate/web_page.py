"""A record as a page: one file that needs nothing else, on screen and on paper."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.grading.certificate import signed_text
from fourps.grading.certificate.statement import KIND, Statement, digest
from fourps.grading.certificate.wording import text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_STYLE = Path(__file__).with_name("page.css")
_SPLIT = "\0"


def page(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return a signed record as HTML.

    Parameters
    ----------
    statement
        What is stated; its digest is replaced by that of the page.
    key
        The issuer's private key.
    """
    before, after = (part.encode() for part in _html(statement).split(_SPLIT))
    signed = statement.model_copy(update={"document": digest(before, after)})
    return before + signed_text.sign(KIND, signed, key) + after


def _html(statement: Statement) -> str:
    """Return the page, with a mark where the signed line goes."""
    said = text(statement)
    facts = "".join(
        f"<div><dt>{escape(term)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>\n"
        for term, value in said.facts
    )
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in said.head)
    # titles of modules are English whatever the page is in
    rows = "".join(
        f'<tr><th scope="row" lang="en">{escape(one)}</th>'
        f"<td>{escape(way)}</td><td>{escape(hours)}</td></tr>\n"
        for one, way, hours in said.rows
    )
    sections = "".join(
        f"<section>\n<h2>{escape(heading)}</h2>\n"
        + "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
        + "</section>\n"
        for heading, paragraphs in (said.criteria, said.limits, said.check)
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(statement.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{escape(said.title)}</title>
<style>
{_STYLE.read_text("utf-8")}</style>
</head>
<body>
<main>
<h1>{escape(said.title)}</h1>
<p class="holder"><bdi>{escape(said.holder)}</bdi></p>
<p>{escape(said.intro)}</p>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}</tbody>
</table>
<dl>
{facts}</dl>
{sections}</main>
<script type="application/jose">
{_SPLIT}
</script>
</body>
</html>
"""
