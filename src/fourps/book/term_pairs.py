"""``{term-pairs}``: the terms of the course in two languages, and how far each pair was checked.

The table says the same in every language of the book: the reader's own comes first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from fourps.book.html import add, tags
from fourps.book.page_in_book import CourseDirective
from fourps.course.glossary import STATUSES, columns, read_pairs
from fourps.course.language import name
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_WIDTHS = (35, 40, 25)


class InLanguage(nodes.inline):
    """Words of one language, named by ``code``, on a page of whichever."""


class TermPairs(CourseDirective):
    """``{term-pairs}``, with the path of the CSV file from the page."""

    required_arguments = 1

    def draw(self) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        said = words(self.config.language)
        codes = columns(self.config.language)
        group = nodes.tgroup(cols=len(_WIDTHS))
        group += [nodes.colspec(colwidth=width) for width in _WIDTHS]
        heads = {code: name(code).capitalize() for code in codes}
        group += nodes.thead("", _row(heads, said["term-checked"]))
        rows = (
            _row({code: row[code] for code in codes}, said[STATUSES[row["status"]]])
            for row in read_pairs(Path(absolute))
        )
        group += nodes.tbody("", *rows)
        return [nodes.table("", group)]


def _row(terms: dict[str, str], status: str) -> nodes.row:
    inner = [InLanguage(text, text, code=code) for code, text in terms.items()]
    # the same words in every language of the book: nothing to translate
    cells = [
        nodes.paragraph("", "", one, translatable=False) for one in (*inner, nodes.Text(status))
    ]
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("term-pairs", TermPairs)
    start = '<span lang="{}">'.format
    add(app, InLanguage, tags(lambda _, node: start(node["code"]), "</span>"))
