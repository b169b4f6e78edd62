"""Texts of a page that stand in no paragraph of it: its description, and what is said of sources.

Both are said by others: search engines, and whatever lists a source (`fourps.book.citations`).
Sphinx translates a description, but takes it off the page before it tells translators what there
is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.database import parse_string
from sphinx.transforms import SphinxTransform

from fourps.course.bibliography import PAGE, SAID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Unshown(SphinxTransform):
    """Shows translators the description of a page, and remarks on sources where they are listed."""

    # before translation, which this is for
    default_priority = 5

    def apply(self, **_options: Any) -> None:
        """Add a paragraph for each text."""
        if self.app.builder.name != "gettext":
            return
        for what, text in _texts(self.env, self.document):
            paragraph = nodes.paragraph(text, text)
            # no passage of the page; a translator sees what it is
            paragraph.source, paragraph.line = f"{self.document['source']}:{what}", 1
            self.document += paragraph


def _texts(env: BuildEnvironment, document: nodes.document) -> Iterator[tuple[str, str]]:
    # docutils has not made metadata of them yet
    for field in document.findall(nodes.field):
        name, body = field.children
        if name.astext() == "description":
            yield "description", body.astext().strip()
    if env.docname == PAGE:
        for text in dict.fromkeys(_remarks(env)):
            yield "note", text


def _remarks(env: BuildEnvironment) -> Iterator[str]:
    """Yield what is printed of each source besides its title, authors and numbers."""
    for file in env.config.bibtex_bibfiles:
        text = Path(env.srcdir, file).read_text("utf-8")
        for entry in parse_string(text, "bibtex").entries.values():
            yield from (entry.fields[name] for name in SAID if name in entry.fields)


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(Unshown)
