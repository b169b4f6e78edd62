"""A record as a page and as a PDF, with the signed line in each."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import unicodedata
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

from fourps.grading.certificate import signature
from fourps.grading.certificate.record import KIND, MARK, Statement, Words, digest, record_words
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_STYLE = Path(__file__).with_name("page.css")
_SPLIT = "\0"
# matplotlib brings it, with a licence to embed it: Latin, Greek, Cyrillic, Arabic, Hebrew and more
_FONTS = Path(get_data_path()) / "fonts" / "ttf"
REGULAR, BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"
# their letters stand beside each other as they are; others need a font's rules
_UNJOINED = {
    "Armn", "Bopo", "Cyrl", "Ethi", "Geor", "Grek", "Hang", "Hani", "Hebr", "Hira", "Kana", "Latn",
    "Zinh", "Zyyy",
}  # fmt: skip
_ODD = re.compile(r"black|bold|condensed|italic|lastresort|light|mono|oblique|thin", re.IGNORECASE)
# OpenType's word for a font that may not be embedded
_RESTRICTED, _RIGHTS = 2, 0xF
_FAMILY = "DejaVu"
_OURS = {REGULAR: (_FAMILY, ""), BOLD: (_FAMILY, "B")}


class CannotPrintError(UserError):
    """A name for whose letters there is no font here; the message says what to do."""


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
    return _signed(statement, key, before, after)


def _html(statement: Statement) -> str:
    """Return the page, with a mark where the signed line goes."""
    words = record_words(statement)
    facts = "".join(
        f"<div><dt>{escape(term)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>\n"
        for term, value in words.facts
    )
    head = "".join(f'<th scope="col">{escape(term)}</th>' for term in words.head)
    # titles of modules are English whatever the page is in
    rows = "".join(
        f'<tr><th scope="row" lang="en">{escape(title)}</th>'
        f"<td>{escape(way)}</td><td>{escape(hours)}</td></tr>\n"
        for title, way, hours in words.rows
    )
    sections = "".join(
        f"<section>\n<h2>{escape(heading)}</h2>\n"
        + "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
        + "</section>\n"
        for heading, paragraphs in (words.criteria, words.limits, words.check)
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(statement.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{escape(words.title)}</title>
<style>
{_STYLE.read_text("utf-8")}</style>
</head>
<body>
<main>
<h1>{escape(words.title)}</h1>
<p class="holder"><bdi>{escape(words.holder)}</bdi></p>
<p>{escape(words.intro)}</p>
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


def pdf(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return a signed record as PDF.

    Parameters
    ----------
    statement
        What is stated; its digest is replaced by that of the PDF.
    key
        The issuer's private key.
    """
    words = record_words(statement)
    # digests and signatures are all of one length, so the line fills its room to the end
    room = len(signature.sign(KIND, statement, key))
    empty = MARK.ljust(room)
    record = _Record(statement, words)
    try:
        data = record.draw(words, empty)
    finally:
        # the library closes their files only once all is written
        for face in record.fonts.values():
            if isinstance(face, TTFFont):
                face.close()
    start = data.index(empty)
    return _signed(statement, key, data[:start], data[start + room :])


def _signed(statement: Statement, key: Ed25519PrivateKey, before: bytes, after: bytes) -> bytes:
    signed = statement.model_copy(update={"document": digest(before, after)})
    return before + signature.sign(KIND, signed, key) + after


class _Record(FPDF):
    """A sheet of paper on which words of ours stand in our font, and names in one that has them."""

    def __init__(self, statement: Statement, words: Words) -> None:
        super().__init__(format="A4")
        self.set_margin(18)
        self.set_lang(statement.language)
        self.set_title(words.title)
        self.set_author(statement.issuer)
        for path, name in _OURS.items():
            self.add_font(*name, path)
        self.add_page()

    def draw(self, words: Words, line: bytes) -> bytes:
        """Return the PDF, with a line attached."""
        self._put(words.title, 20, "B", 5)
        self._name(words.holder, 15, BOLD)
        self.ln(2)
        self._put(words.intro, after=2)
        self.set_font(_FAMILY, "", 9)
        with self.table(
            [words.head, *words.rows],
            col_widths=(5, 3, 2),
            borders_layout="HORIZONTAL_LINES",
            line_height=5,
            padding=(0.5, 0),
            text_align=("LEFT", "LEFT", "RIGHT"),
        ):
            pass
        self.ln(3)
        for term, value in words.facts:
            self.set_font(_FAMILY, "", 10)
            self.write(5, f"{term}: ")
            self._name(value, 10, REGULAR)
            self.ln(0.5)
        for heading, paragraphs in (words.criteria, words.limits, words.check):
            self.ln(2)
            self._put(heading, 11, "B")
            for paragraph in paragraphs:
                self._put(paragraph, 9)
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


@cache
def font(text: str, first: Path = REGULAR) -> Path | None:
    """Return the file of a font that can print a text, or None if there is none on this computer.

    Parameters
    ----------
    text
        What is to be printed, all in this font.
    first
        The font to be taken if it can.

    Examples
    --------
    >>> [font(name).stem for name in ("Ángeles", "Олена", "نور", "נועה")]
    ['DejaVuSans', 'DejaVuSans', 'DejaVuSans', 'DejaVuSans']
    """
    if _prints(first, text):
        return first
    return next((path for path in _installed() if _prints(path, text)), None)


@cache
def _installed() -> list[Path]:
    """Return the fonts of this computer, upright ones of ordinary weight first."""
    # it lists all fonts once, which takes its time
    from matplotlib.font_manager import findSystemFonts

    return sorted(
        map(Path, findSystemFonts()), key=lambda path: (bool(_ODD.search(path.stem)), path.name)
    )


def _prints(path: Path, text: str) -> bool:
    try:
        face = FT2Font(str(path))
    except RuntimeError:
        # a damaged file is no font
        return False
    return all(face.get_char_index(ord(letter)) for letter in text) and _joins(path, text)


def _joins(path: Path, text: str) -> bool:
    """Tell whether a font may be embedded, and has rules for each script that needs them."""
    scripts = {unicodedata.script(letter) for letter in text} - _UNJOINED
    with TTFont(path, fontNumber=0, lazy=True) as face:
        if "OS/2" in face and face["OS/2"].fsType & _RIGHTS == _RESTRICTED:
            return False
        known = {
            record.ScriptTag
            for rules in ("GSUB", "GPOS")
            if rules in face
            for record in face[rules].table.ScriptList.ScriptRecord
        }
    return all(known.intersection(unicodedata.ot_tags_from_script(script)) for script in scripts)
