"""``{change} forms/before.yaml forms/after.yaml``: the reader's own results in these tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.page_in_book import CourseDirective, PageInBook
from fourps.book.player_nodes import Mount
from fourps.book.quiz import load_quiz
from fourps.quiz.player import marking

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class ChangeDirective(CourseDirective):
    """Draws what changed between tests: their right answers, and their titles."""

    required_arguments = 1
    final_argument_whitespace = True

    def draw(self) -> list[nodes.Node]:
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        mount = Mount(kind="change", spec={"quizzes": []})
        for index, name in enumerate(self.arguments[0].split()):
            quiz, build = load_quiz(page, Path(self.env.relfn2path(name)[1]))
            mount["spec"]["quizzes"].append(marking(build.spec))
            line = build.source.line(("title",))
            mount += build.text(quiz.title, line, key=f"quizzes/{index}/title", tag="p")
        return [mount]


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("change", ChangeDirective)
