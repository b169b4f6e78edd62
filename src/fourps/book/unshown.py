"""Texts of a page that stand in no paragraph of it: its description, and remarks on its sources.

Both are said by others: search engines, and whatever lists a source. Sphinx translates a
description, but takes it off the page before it tells translators what there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from fourps.book.catalogues import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_SOURCES = "book/references"


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
    if env.docname == _SOURCES:
        for text in dict.fromkeys(_remarks(env).values()):
            yield "note", text


def _remarks(env: BuildEnvironment) -> dict[str, str]:
    """Return what is remarked on each source, in English, by its key."""
    entries = env.get_domain("cite").bibdata.data.entries.items()  # type: ignore[attr-defined]
    # the bibliography is kept for the next build, and then it holds translations
    said = ((key, one.fields.get("english", one.fields.get("note", ""))) for key, one in entries)
    return {key: text for key, text in said if text}


def _translate_remarks(_app: Sphinx, env: BuildEnvironment, _names: list[str]) -> None:
    """Have each source remarked on in the reader's language."""
    if "cite" not in env.domains:
        return
    found = catalogue(env, _SOURCES)
    entries = env.get_domain("cite").bibdata.data.entries  # type: ignore[attr-defined]
    for key, text in _remarks(env).items():
        entries[key].fields["english"] = text
        entries[key].fields["note"] = found.gettext(text) if found else text


def register(app: Sphinx) -> None:
    """Add the transform, and translate remarks before a page lists sources."""
    app.add_transform(Unshown)
    app.connect("env-before-read-docs", _translate_remarks)
