"""The drawing of a place of the invented country, which stands above the scenes of a story there.

It is decoration, so no word stands for it; ``drawings/README.md`` says what is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from fourps.book.html import SKIP, add, instead
from fourps.book.portraits import shipped

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PlaceDrawing(nodes.General, nodes.Element):
    """The drawing of the place ``name``; the player of the page takes it from there."""


def _drawing(writer: Any, node: PlaceDrawing) -> str:
    root, name = Path(writer.builder.srcdir), node["name"]
    if not (src := shipped(root, f"places/{name}.svg")):
        return ""
    page = writer.builder.get_target_uri(writer.builder.current_docname)
    return (
        f'<img class="fp-scenery" data-place="{name}" src="{relative_uri(page, src)}" alt="" '
        'aria-hidden="true" width="320" height="72" loading="lazy">\n'
    )


def register(app: Sphinx) -> None:
    """Add the node."""
    add(app, PlaceDrawing, instead(_drawing), SKIP)
