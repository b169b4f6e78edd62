"""``{law-sheet}``: the clauses of the invented country's law, with room for ours beside each.

A lawyer fills it in, on paper or for the host's file. The clauses are those that `book/world.md`
marks as rules, as that page says them in each language; beside them stand the host's own lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from fourps.book.aid import OnTop
from fourps.book.html import SKIP, add
from fourps.book.page_in_book import CourseDirective
from fourps.book.shows_local import marks_rule
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

_LAW = "book/world"


class LawSheet(nodes.Element):
    """Where the table stands once all pages were read."""


class LawSheetDirective(CourseDirective):
    """``{law-sheet}``, with a button that prints the page."""

    def draw(self) -> list[nodes.Node]:
        self.env.note_dependency(f"{_LAW}.md")
        return [OnTop(code=""), LawSheet()]


class FillLawSheet(SphinxPostTransform):
    """Puts the clauses in the place of the directive."""

    # before links and citations of what is taken from the other page are resolved
    default_priority = 5
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Make the table, a row a clause."""
        said = words(self.config.language)
        for node in list(self.document.findall(LawSheet)):
            group = nodes.tgroup(cols=2)
            group += [nodes.colspec(colwidth=50), nodes.colspec(colwidth=50)]
            heads = ([nodes.paragraph("", said[key])] for key in ("law-theirs", "law-ours"))
            group += nodes.thead("", _row(*heads))
            group += nodes.tbody("", *(_row(*cells) for cells in self._clauses()))
            node.replace_self(nodes.table("", group, classes=["fp-law"]))

    def _clauses(self) -> Iterator[tuple[list[nodes.Node], list[nodes.Node]]]:
        """Yield each clause with its number, and the marks of its rules."""
        items = self.env.get_doctree(_LAW).findall(nodes.list_item)
        numbered = (one for one in items if isinstance(one.parent, nodes.enumerated_list))
        for number, item in enumerate(filter(_is_rule, numbered), 1):
            marks = [one for one in item.children if marks_rule(one)]
            next(item.findall(nodes.paragraph)).insert(0, nodes.Text(f"{number}. "))
            yield [one for one in item.children if one not in marks], marks


def _is_rule(item: nodes.list_item) -> bool:
    return any(map(marks_rule, item.children))


def _row(*cells: Iterable[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def register(app: Sphinx) -> None:
    """Add directive, node and what fills it."""
    app.add_directive("law-sheet", LawSheetDirective)
    app.add_post_transform(FillLawSheet)
    add(app, LawSheet, SKIP, SKIP)
