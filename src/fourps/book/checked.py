"""The day on which something was last checked; ``fourps check`` says when it is too long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from fourps.course.language import day_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class _Checked(SphinxRole):
    """``{checked}`2026-11-30` ``: such a day."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.Text(day_text(self.text, self.config.language))], []


def register(app: Sphinx) -> None:
    """Add the role."""
    app.add_role("checked", _Checked())
