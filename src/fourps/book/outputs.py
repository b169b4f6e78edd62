"""Draw the output of ``play(...)``, ``ask(...)`` and ``explore(...)``.

The output of a player carries only a reference to the YAML; the file is read here, and noted as a
dependency, so that an edited YAML file shows although the cell's cached output has not changed.
A figure is what its cell drew, and carried whole: the cache is keyed by library code and data.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from myst_nb.core.render import MimeRenderPlugin
from myst_parser.mocking import MockInliner

from fourps.book.figure import asked_nodes, figure_nodes
from fourps.book.page_in_book import PageInBook, complain
from fourps.book.quiz import quiz_nodes
from fourps.book.scenario import scenario_nodes
from fourps.course.files import find
from fourps.course.mime import COURSE_MIME
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from docutils import nodes

_KINDS = {"scenario": scenario_nodes, "quiz": quiz_nodes}


class CourseMime(MimeRenderPlugin):  # type: ignore[misc]
    """The plugin that MyST-NB finds through our entry point."""

    mime_priority_overrides = [("*", COURSE_MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Node] | None:  # noqa: FBT001
        """Return the nodes for our MIME type, and None for any other."""
        if inline or data.mime_type != COURSE_MIME:
            return None
        kind = data.content["kind"]
        document = renderer.renderer.document
        env = document.settings.env
        here = Path(document["source"])
        page = PageInBook(env, MockInliner(renderer.renderer), data.line or 0)
        if kind == "texts":
            return asked_nodes(page, data.content["texts"])
        if kind == "figure":
            return figure_nodes(page, here, data.content["spec"])
        reference = data.content["reference"]
        try:
            path = find(reference, f"{kind}.yaml", here.parent)
        except FileNotFoundError as error:
            complain([Problem(here, data.line or 1, "missing-file", "", str(error))])
            return []
        try:
            return _KINDS[kind](page, path)
        except BrokenSourceError as error:
            complain(error.problems)
            return []
