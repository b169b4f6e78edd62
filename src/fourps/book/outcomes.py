"""What a module teaches, ``{outcomes}``, and where the course does, ``{outcomes-map}``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import fourps.course.outcomes
from fourps.book.place_bar import OBJECTIVES
from fourps.book.player_nodes import complain
from fourps.course.problem import BrokenSourceError
from fourps.outcomes.map import HEADINGS, OutcomeRow, outcomes_map

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class OutcomesDirective(SphinxDirective):
    """``{outcomes}``: what a learner will be able to do, from the file beside the page."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0] if self.arguments else "outcomes.yaml"
        _, absolute = self.env.relfn2path(name)
        self.env.note_dependency(absolute)
        try:
            outcomes, source = fourps.course.outcomes.load(Path(absolute))
        except BrokenSourceError as error:
            complain(error.problems)
            return []
        result = nodes.bullet_list(classes=[OBJECTIVES])
        for number, outcome in outcomes.outcomes.items():
            paragraph = nodes.paragraph(outcome.text, outcome.text)
            paragraph.source, paragraph.line = absolute, source.line(("outcomes", number))
            strong = nodes.paragraph("", "", nodes.strong(number, number), translatable=False)
            result += nodes.list_item("", strong, paragraph)
        return [result]


class OutcomesMapDirective(SphinxDirective):
    """``{outcomes-map}``: where each outcome is taught, practised and assessed."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        result: list[nodes.Node] = []
        try:
            for title, folder, rows in outcomes_map(root):
                for path in (*folder.glob("*.[my]*"), *folder.glob("lesson/*.md")):
                    self.env.note_dependency(str(path))
                result.append(nodes.rubric(title, title))
                result.append(nodes.definition_list("", *map(_outcome, rows)))
        except BrokenSourceError as error:
            complain(error.problems)
            return []
        return result


def _outcome(row: OutcomeRow) -> nodes.definition_list_item:
    """Return an outcome and where it is, which reads on a phone as a table does not."""
    name = f"{row.number} {row.text}"
    places = nodes.bullet_list()
    for heading, place in zip(HEADINGS, row.places, strict=True):
        text = f"{heading}: {place}"
        places += nodes.list_item("", nodes.paragraph(text, text))
    definition = nodes.definition("", places)
    return nodes.definition_list_item("", nodes.term(name, name), definition)


def register(app: Sphinx) -> None:
    """Add the directives."""
    app.add_directive("outcomes", OutcomesDirective)
    app.add_directive("outcomes-map", OutcomesMapDirective)
