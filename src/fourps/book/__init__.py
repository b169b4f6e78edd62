"""The Sphinx extension ``fourps.book``: directives, players, page furniture and the build."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# each registers what it adds to Sphinx; of two that listen to one event, the first comes first
COMPONENTS = (
    *("kept", "page_language", "navigation", "translation", "citations"),
    *("html", "elements", "player_nodes", "boxes", "outcomes", "panels", "lines"),
    *("booklet", "scenario", "quiz", "decide", "aloud", "figure", "exercise"),
    *("way_on", "country", "glossary", "word_lists"),
    *("configuration", "page_assets", "furo", "tables"),
    *("my_course", "place_in_module", "printed", "setup_page", "three_questions", "download"),
    *("cells", "search", "after.search_index", "outdated", "after.finishing"),
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; called by Sphinx."""
    from pathlib import Path

    from fourps.book import citations
    from fourps.book.outdated import cells_hash
    from fourps.course import version

    citations.prepare()
    for name in COMPONENTS:
        import_module(f"fourps.book.{name}").register(app)
    return {
        "version": version(),
        # a page is read again when the library or the data that draw it have changed
        "env_version": int(cells_hash(Path(app.srcdir)), 16),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
