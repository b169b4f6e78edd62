"""A record as a PDF with the signed line attached."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from fpdf import FPDF
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

from fourps.grading.record.statement import MARK, Statement, digest, sign
from fourps.grading.record.text import Words, text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# matplotlib brings it: Latin, Greek and Cyrillic letters, and a licence to embed it
_FONTS = Path(get_data_path()) / "fonts" / "ttf"
_REGULAR, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"
_RIGHT_TO_LEFT = ("R", "AL", "AN")
# longer than any digest makes it
_SLACK = 64


class CannotPrintError(Exception):
    """A text whose letters this PDF would print wrongly; the message names them."""


def pdf(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return a signed record as PDF.

    Parameters
    ----------
    statement
        What is stated; its digest is replaced by that of the PDF.
    key
        The issuer's private key.

    Raises
    ------
    CannotPrintError
        If a name has letters that are joined or run from right to left, or that the font lacks.
        The page shows them rightly.
    """
    said = text(statement)
    _check(said)
    room = len(sign(statement, key)) + _SLACK
    empty = MARK.ljust(room)
    made = _draw(statement, said, empty)
    start = made.index(empty)
    before, after = made[:start], made[start + room :]
    signed = statement.model_copy(update={"document": digest(before, after)})
    return before + sign(signed, key).ljust(room) + after


def _check(said: Words) -> None:
    known = set(FT2Font(str(_BOLD)).get_charmap())
    for value in (said.holder, *(value for _, value in said.facts)):
        bad = {
            one
            for one in value
            if ord(one) not in known
            or unicodedata.bidirectional(one) in _RIGHT_TO_LEFT
            or unicodedata.combining(one)
        }
        if bad:
            raise CannotPrintError(
                f"a PDF cannot print '{value}' rightly ({' '.join(sorted(bad))}); print the page."
            )


def _draw(statement: Statement, said: Words, line: bytes) -> bytes:
    document = FPDF(format="A4")
    document.set_margin(18)
    document.set_lang(statement.language)
    document.set_title(said.title)
    document.set_author(statement.issuer)
    document.add_font("DejaVu", "", _REGULAR)
    document.add_font("DejaVu", "B", _BOLD)
    document.add_page()

    def put(value: str, size: float = 10, style: str = "", after: float = 1) -> None:
        document.set_font("DejaVu", style, size)
        document.multi_cell(0, size * 0.5, value, new_x="LMARGIN", new_y="NEXT", align="L")
        document.ln(after)

    put(said.title, 20, "B", 5)
    put(said.holder, 15, "B", 2)
    put(said.intro, after=2)
    document.set_font("DejaVu", "", 9)
    with document.table(
        [said.head, *said.rows],
        col_widths=(5, 3, 2),
        borders_layout="HORIZONTAL_LINES",
        line_height=5,
        padding=(0.5, 0),
        text_align=("LEFT", "LEFT", "RIGHT"),
    ):
        pass
    document.ln(3)
    for term, value in said.facts:
        put(f"{term}: {value}", after=0.5)
    for heading, paragraphs in (said.criteria, said.limits, said.check):
        document.ln(2)
        put(heading, 11, "B")
        for one in paragraphs:
            put(one, 9)
    document.embed_file(bytes=line, basename="record.json", compress=False)
    return bytes(document.output())
