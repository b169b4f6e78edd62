"""``{outcomes}`` of a module, ``{outcomes-map}`` of the course, and what a quiz's result links to.

What the result of a quiz links to is taken from the pages as they were read: a module's page lists
its outcomes, and a line such as ``*Outcome 3.1.*`` stands in each section that teaches one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

import fourps.course.outcomes
from fourps.book.html import add_filled
from fourps.book.page_in_book import CourseDirective
from fourps.book.place_in_module import OBJECTIVES
from fourps.book.player_nodes import Mount
from fourps.course.catalogue import files
from fourps.course.language import tag
from fourps.outcomes import OutcomeRow, headed, outcomes_map

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class OutcomesDirective(CourseDirective):
    """``{outcomes}``: what a learner will be able to do, from the file beside the page."""

    optional_arguments = 1

    def draw(self) -> list[nodes.Node]:
        name = self.arguments[0] if self.arguments else "outcomes.yaml"
        _, absolute = self.env.relfn2path(name)
        self.env.note_dependency(absolute)
        outcomes, source = fourps.course.outcomes.load(Path(absolute))
        result = nodes.bullet_list(classes=[OBJECTIVES])
        for number, outcome in outcomes.outcomes.items():
            paragraph = nodes.paragraph(outcome.text, outcome.text)
            paragraph.source, paragraph.line = absolute, source.line(("outcomes", number))
            strong = nodes.paragraph("", "", nodes.strong(number, number), translatable=False)
            result += nodes.list_item("", strong, paragraph)
        return [result]


class OutcomesMapDirective(CourseDirective):
    """``{outcomes-map}``: where each outcome is taught, practised and assessed."""

    def draw(self) -> list[nodes.Node]:
        result: list[nodes.Node] = []
        root, language = Path(self.env.srcdir), tag(self.env.config.language)
        for name, path in files(root, language).items():
            if name.startswith("modules/"):
                self.env.note_dependency(str(path))
        for module in outcomes_map(root, language):
            for path in (*module.folder.glob("*.[my]*"), *module.folder.glob("lesson/*.md")):
                self.env.note_dependency(str(path))
            # it is said in the language of the page already
            result.append(nodes.rubric(module.title, module.title, translatable=False))
            outcomes = (_outcome(row, language) for row in module.rows)
            result.append(nodes.definition_list("", *outcomes, translated=not module.missed))
        return result


def _outcome(row: OutcomeRow, language: str) -> nodes.definition_list_item:
    """Return an outcome and where it is, which reads on a phone as a table does not."""
    name = f"{row.number} {row.text}"
    places = nodes.bullet_list()
    for head, place in headed(row, language):
        text = f"{head} {place}"
        places += nodes.list_item("", nodes.paragraph(text, text))
    definition = nodes.definition("", places)
    return nodes.definition_list_item("", nodes.term(name, name), definition)


def taught(app: Sphinx, here: str, numbers: set[str]) -> dict[str, dict[str, Any]]:
    """Return the text of some outcomes, and links to them, as ``front/result.js`` reads them.

    They are known once every page was read; the links lead from the page `here`.
    """
    env = app.env
    outcomes: dict[str, dict[str, Any]] = {}
    for name in env.toctree_includes.get(env.config.root_doc, ()):
        for page in (name, *env.toctree_includes.get(name, ())):
            metadata = env.metadata[page]
            for number, text in metadata["promises"].items():
                outcomes.setdefault(number, {"text": text, "links": []})["text"] = text
            href, title = app.builder.get_relative_uri(here, page), env.titles[page].astext()
            for number, place, heading in metadata["teaches"]:
                # a piece of a lesson is taught from its top
                link = {"title": heading, "href": href if heading == title else f"{href}#{place}"}
                outcomes.setdefault(number, {"text": number, "links": []})["links"].append(link)
    return {number: outcomes[number] for number in sorted(numbers & outcomes.keys())}


def _fill(app: Sphinx, mount: Mount, name: str) -> None:
    if mount["kind"] == "quiz":
        questions = mount["spec"]["questions"].values()
        mount["taught"] = taught(app, name, {question["objective"] for question in questions})


def register(app: Sphinx) -> None:
    """Add the directives, and have each quiz know what its result links to."""
    app.add_directive("outcomes", OutcomesDirective)
    app.add_directive("outcomes-map", OutcomesMapDirective)
    add_filled(app, Mount, _fill)
