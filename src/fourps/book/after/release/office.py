"""Word files and slides from Markdown: the little of it that pages of the guide are written in.

A table whose head is empty is a sheet of cards; a row that is empty stands for several with room to
write in. Links lose where they lead.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pptx import Presentation
from pptx.util import Pt as SlidePt

from nbseal.base import zip_entry

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_AUTHOR = "The Four Ps authors"
_WIDTH, _HEIGHT, _MARGIN = 210, 297, 18
_EMPTY, _CARD = Mm(11), Mm(58)
_EMPTY_ROWS = 6
_POINTS = SlidePt(26)
# of a column, in letters: a narrow one can still be read, and a wide one leaves room for the others
_NARROW, _WIDE = 7, 60
_STYLES = {"bullet_list": "List Bullet", "ordered_list": "List Number", "blockquote": "Quote"}
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def word(text: str, language: str) -> bytes:
    r"""Return Markdown as a Word file on A4, the same bytes each time.

    Parameters
    ----------
    text
        Markdown; its heading of the first level is the title.
    language
        What Word checks the spelling in.

    Examples
    --------
    >>> sheet = "# Sign in\n\n| Name | Organisation |\n| --- | --- |\n| | |"
    >>> word(sheet, "en") == word(sheet, "en")
    True
    """
    document: Any = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    document.core_properties.author = _AUTHOR
    document.styles["Normal"].font.size = Pt(11)
    for style in document.styles:
        if style.name.startswith(("Heading", "Title")):
            style.font.color.rgb = RGBColor(0, 0, 0)
    for element in document.styles.element.xpath("//w:lang"):
        element.set(qn("w:val"), language)
    tree = SyntaxTreeNode(_MARKDOWN.parse(text))
    document.core_properties.title = next(map(_plain, tree.children), "")
    _add(document, tree)
    return _saved(document)


def slides(text: str) -> bytes:
    r"""Return Markdown as slides: a heading begins one, a list is on it, and text is in its notes.

    Examples
    --------
    >>> show = "### Pause\n\n- Decide alone\n\nSix minutes."
    >>> slides(show) == slides(show)
    True
    """
    show: Any = Presentation()
    show.core_properties.author = _AUTHOR
    slide: Any = None
    for node in SyntaxTreeNode(_MARKDOWN.parse(text)).children:
        if node.type == "heading":
            layout = show.slide_layouts[1 if slide else 0]
            slide = show.slides.add_slide(layout)
            slide.shapes.title.text = _plain(node)
        elif node.type == "bullet_list":
            frame = slide.placeholders[1].text_frame
            frame.text = "\n".join(map(_plain, node.children))
            for paragraph in frame.paragraphs:
                # French takes more room
                paragraph.runs[0].font.size = _POINTS
        else:
            slide.notes_slide.notes_text_frame.text = _plain(node)
    return _saved(show)


def _add(document: Any, node: SyntaxTreeNode, style: str | None = None) -> None:
    """Write a block, and the blocks within it, at the end of a document."""
    if node.type == "heading":
        _say(document.add_heading("", int(node.tag[1]) - 1), node)
    elif node.type == "paragraph":
        _say(document.add_paragraph(style=style), node)
    elif node.type == "table":
        _table(document, node)
    else:
        for child in node.children:
            _add(document, child, _STYLES.get(node.type, style))


def _table(document: Any, node: SyntaxTreeNode) -> None:
    """Write a table with lines, its head on each page, its columns as wide as their words want."""
    head, *body = (row for part in node.children for row in part.children)
    is_cards = not _plain(head)
    rows = [] if is_cards else [head]
    for row in body:
        rows += [row] * (1 if _plain(row) else _EMPTY_ROWS)
    table = document.add_table(len(rows), len(head.children), style="Table Grid")
    table.autofit = False
    widths = _widths([[len(_plain(cell)) for cell in row.children] for row in (head, *body)])
    # Word reads the width of each cell, others that of the column
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, source in zip(table.rows, rows, strict=True):
        if is_cards or not all(map(_plain, source.children)):
            row.height = _CARD if is_cards else _EMPTY
            row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width, part in zip(row.cells, widths, source.children, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = "Heading 2" if is_cards else "Normal"
            _say(cell.paragraphs[0], part, bold=source is head)
    if not is_cards:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    document.add_paragraph()


def _widths(letters: list[list[int]]) -> list[float]:
    """Return how many millimetres each column of a table gets, from the letters of its cells."""
    wanted = [max(_NARROW, min(_WIDE, max(column))) for column in zip(*letters, strict=True)]
    return [(_WIDTH - 2 * _MARGIN) * width / sum(wanted) for width in wanted]


def _say(
    paragraph: Paragraph, node: SyntaxTreeNode, *, bold: bool = False, italic: bool = False
) -> None:
    """Write what stands within a block into a paragraph."""
    for child in node.children:
        strong, slanted = bold or child.type == "strong", italic or child.type == "em"
        if child.children:
            _say(paragraph, child, bold=strong, italic=slanted)
        elif letters := _plain(child):
            run = paragraph.add_run(letters)
            run.bold, run.italic = strong or None, slanted or None


def _plain(node: SyntaxTreeNode) -> str:
    """Return the letters of a block or of a part of a line."""
    if node.children:
        return "".join(map(_plain, node.children))
    return (
        "" if node.is_root or node.is_nested else " " * (node.type == "softbreak") or node.content
    )


def _saved(document: Any) -> bytes:
    """Return what python-docx or python-pptx made, without the hour at which it did."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zip_entry.pack([(name, archive.read(name)) for name in archive.namelist()])
