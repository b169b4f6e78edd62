"""A record as a PDF with the signed line attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.fonts import TTFFont
from nbseal.base.errors import UserError

from fourps.grading.certificate import signed_text
from fourps.grading.certificate.fonts import BOLD, REGULAR, font
from fourps.grading.certificate.statement import KIND, MARK, Statement, digest
from fourps.grading.certificate.wording import Words, text

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_FAMILY = "DejaVu"
_OURS = {REGULAR: (_FAMILY, ""), BOLD: (_FAMILY, "B")}


class CannotPrintError(UserError):
    """A name for whose letters there is no font here; the message says what to do."""


def pdf(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return a signed record as PDF.

    Parameters
    ----------
    statement
        What is stated; its digest is replaced by that of the PDF.
    key
        The issuer's private key.
    """
    said = text(statement)
    # digests and signatures are all of one length, so the line fills its room to the end
    room = len(signed_text.sign(KIND, statement, key))
    empty = MARK.ljust(room)
    record = _Record(statement, said)
    try:
        made = record.draw(said, empty)
    finally:
        # the library closes their files only once all is written
        for one in record.fonts.values():
            if isinstance(one, TTFFont):
                one.close()
    start = made.index(empty)
    before, after = made[:start], made[start + room :]
    signed = statement.model_copy(update={"document": digest(before, after)})
    return before + signed_text.sign(KIND, signed, key) + after


class _Record(FPDF):
    """A sheet of paper on which words of ours stand in our font, and names in one that has them."""

    def __init__(self, statement: Statement, said: Words) -> None:
        super().__init__(format="A4")
        self.set_margin(18)
        self.set_lang(statement.language)
        self.set_title(said.title)
        self.set_author(statement.issuer)
        for path, name in _OURS.items():
            self.add_font(*name, path)
        self.add_page()

    def draw(self, said: Words, line: bytes) -> bytes:
        """Return the PDF, with a line attached."""
        self._put(said.title, 20, "B", 5)
        self._name(said.holder, 15, BOLD)
        self.ln(2)
        self._put(said.intro, after=2)
        self.set_font(_FAMILY, "", 9)
        with self.table(
            [said.head, *said.rows],
            col_widths=(5, 3, 2),
            borders_layout="HORIZONTAL_LINES",
            line_height=5,
            padding=(0.5, 0),
            text_align=("LEFT", "LEFT", "RIGHT"),
        ):
            pass
        self.ln(3)
        for term, value in said.facts:
            self.set_font(_FAMILY, "", 10)
            self.write(5, f"{term}: ")
            self._name(value, 10, REGULAR)
            self.ln(0.5)
        for heading, paragraphs in (said.criteria, said.limits, said.check):
            self.ln(2)
            self._put(heading, 11, "B")
            for one in paragraphs:
                self._put(one, 9)
        self.embed_file(bytes=line, basename="record.jws", compress=False)
        return bytes(self.output())

    def _put(self, value: str, size: float = 10, style: str = "", after: float = 1) -> None:
        self.set_font(_FAMILY, style, size)
        self.multi_cell(0, size * 0.5, value, new_x="LMARGIN", new_y="NEXT", align="L")
        self.ln(after)

    def _name(self, value: str, size: float, first: Path) -> None:
        """Write what somebody typed to the end of the line, joined and in its direction."""
        path = font(value, first)
        if path is None:
            raise CannotPrintError(
                f"no font on this computer prints '{value}'. Install one that has its letters (on "
                "Debian or Ubuntu: apt-get install fonts-noto-core fonts-noto-cjk), and issue the "
                "record again; or print the page."
            )
        if path not in _OURS and path.stem.lower() not in self.fonts:
            self.add_font(path.stem, "", path)
        self.set_font(*_OURS.get(path, (path.stem, "")), size)
        self.set_text_shaping(use_shaping_engine=True)
        self.write(size * 0.5, value)
        self.set_text_shaping(use_shaping_engine=False)
        self.ln(size * 0.5)
