"""A review pack as a DOCX, in which one can write."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from fourps.review.pack import ANSWER, HEAD, LANGUAGE, basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Word
    from docx.table import _Cell, _Row

    from fourps.review.pack import Pack, Progress
    from fourps.review.statement import Statement

_WIDTHS = (Mm(12), Mm(110), Mm(58))
_GREY = RGBColor(0x4D, 0x5B, 0x60)


def word_file(
    pack: Pack, sources: Sequence[str], progress: Progress = lambda _done, _of: None
) -> bytes:
    """Return a file whose headings, language and rows of headings a screen reader knows.

    Parameters
    ----------
    pack
        What is asked.
    sources
        A line for each document that is cited.
    progress
        Is called with how many statements are written, of how many.
    """
    word = _empty(pack.title)
    word.add_heading(pack.title, 0)
    for heading, paragraphs in pack.cover():
        word.add_heading(heading, 1)
        for paragraph in paragraphs:
            word.add_paragraph(paragraph)
    for part, numbered in pack.parts():
        word.add_heading(part, 1).paragraph_format.page_break_before = True
        table = word.add_table(rows=1, cols=len(HEAD), style="Table Grid")
        table.autofit = False
        for cell, text in zip(_cells(table.rows[0]), HEAD, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        _mark(table.rows[0], "w:tblHeader")
        for number, one in numbered:
            _write(table.add_row(), number, one)
            progress(number, len(pack.statements))
    if sources:
        word.add_heading("Sources", 1).paragraph_format.page_break_before = True
        for line in sources:
            word.add_paragraph(line, "List Bullet")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _empty(title: str) -> Word:
    word = Document()
    about = word.core_properties
    about.title, about.author, about.language = title, "The Four Ps authors", LANGUAGE
    about.comments = ""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    for mark in word.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), LANGUAGE)
    plain = word.styles["Normal"]
    plain.font.size = Pt(10)
    plain.paragraph_format.space_after = Pt(4)
    return word


def _write(row: _Row, number: int, one: Statement) -> None:
    count, said, answer = _cells(row)
    row.height, row.height_rule = Mm(24), WD_ROW_HEIGHT_RULE.AT_LEAST
    _mark(row, "w:cantSplit")
    count.paragraphs[0].add_run(str(number)).bold = True
    for at, (word, text) in enumerate(one.said):
        paragraph = said.add_paragraph() if at else said.paragraphs[0]
        if word:
            paragraph.add_run(f"{word}: ").bold = True
        paragraph.add_run(text)
    for line in filter(None, (one.place, basis(one), one.id)):
        small = said.add_paragraph().add_run(line)
        small.font.size, small.font.color.rgb = Pt(8.5), _GREY
    answer.paragraphs[0].add_run(ANSWER)


def _cells(row: _Row) -> tuple[_Cell, ...]:
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = width
    return row.cells


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - it has no name there yet
