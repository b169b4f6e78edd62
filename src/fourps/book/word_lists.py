"""Tables of words: ``{other-words}`` of the field, and ``{term-pairs}`` in two languages.

The first says what the course says for words that readers know from elsewhere; a language without
such a list shows nothing. The second says how far each pair was checked, and says the same in every
language of the book: the reader's own comes first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from fourps.book.html import add, tags
from fourps.book.page_in_book import CourseDirective
from fourps.book.tables import table
from fourps.course.glossary import STATUSES, columns, load_synonyms, read_pairs
from fourps.course.language import name
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_WIDTHS = (35, 40, 25)


class OtherWords(CourseDirective):
    """``{other-words}``: a table of two columns below a sentence."""

    def draw(self) -> list[nodes.Node]:
        # every page is read_pairs again when the list has changed (`fourps.book.outdated`)
        synonyms = load_synonyms(Path(self.env.srcdir), self.config.language)
        if not synonyms:
            return []
        word = words(self.config.language)
        heads = [_said(word["other-words-there"])], [_said(word["other-words-here"])]
        rows = (([_said(there)], [_said(here)]) for there, here in synonyms.items())
        return [_said(word["other-words"]), table((50, 50), heads, rows)]


def _said(text: str) -> nodes.paragraph:
    # in the language of the page already
    return nodes.paragraph("", text, translatable=False)


class InLanguage(nodes.inline):
    """Words of one language, named by ``code``, on a page of whichever."""


class TermPairs(CourseDirective):
    """``{term-pairs}``, with the path of the CSV file from the page."""

    required_arguments = 1

    def draw(self) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        word = words(self.config.language)
        codes = columns(self.config.language)
        heads = {code: name(code).capitalize() for code in codes}
        rows = (
            _pair({code: row[code] for code in codes}, word[STATUSES[row["status"]]])
            for row in read_pairs(Path(absolute))
        )
        return [table(_WIDTHS, _pair(heads, word["term-checked"]), rows)]


def _pair(terms: dict[str, str], status: str) -> list[list[nodes.Node]]:
    inner = [InLanguage(text, text, code=code) for code, text in terms.items()]
    # the same words in every language of the book: nothing to translate
    return [
        [nodes.paragraph("", "", content, translatable=False)]
        for content in (*inner, nodes.Text(status))
    ]


def register(app: Sphinx) -> None:
    """Add directives and node."""
    app.add_directive("other-words", OtherWords)
    app.add_directive("term-pairs", TermPairs)
    start = '<span lang="{}">'.format
    add(app, InLanguage, tags(lambda _, node: start(node["code"]), "</span>"))
