"""``{other-words}``: what the course says for words that readers know from elsewhere.

A language without such a list shows nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from fourps.book.page_in_book import CourseDirective
from fourps.course.glossary import load_synonyms
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class OtherWords(CourseDirective):
    """``{other-words}``: a table of two columns below a sentence."""

    def draw(self) -> list[nodes.Node]:
        # every page is read again when the list has changed (`fourps.book.outdated`)
        found = load_synonyms(Path(self.env.srcdir), self.config.language)
        if not found:
            return []
        said = words(self.config.language)
        group = nodes.tgroup(cols=2)
        group += [nodes.colspec(colwidth=50), nodes.colspec(colwidth=50)]
        group += nodes.thead("", _row(said["other-words-there"], said["other-words-here"]))
        group += nodes.tbody("", *(_row(there, here) for there, here in found.items()))
        return [_said(said["other-words"]), nodes.table("", group)]


def _said(text: str) -> nodes.paragraph:
    # in the language of the page already
    return nodes.paragraph("", text, translatable=False)


def _row(*texts: str) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _said(text)) for text in texts))


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("other-words", OtherWords)
