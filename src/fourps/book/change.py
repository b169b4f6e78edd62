"""``{change} forms/before.yaml forms/after.yaml``: the reader's own results in these tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from fourps.book.player_nodes import Mount, PageInBook
from fourps.book.quiz import load_quiz, marking

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class ChangeDirective(SphinxDirective):
    """Draws what changed between tests: their right answers, and their titles."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        mount = Mount(kind="change", spec={"quizzes": []})
        for index, name in enumerate(self.arguments[0].split()):
            loaded = load_quiz(page, Path(self.env.relfn2path(name)[1]))
            if not loaded:
                return []
            quiz, build = loaded
            mount["spec"]["quizzes"].append(marking(build.spec))
            line = build.source.line(("title",))
            mount += build.text(quiz.title, line, key=f"quizzes/{index}/title", tag="p")
        return [mount]


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("change", ChangeDirective)
