"""The Sphinx extension ``fourps.book``: directives, players, page furniture and the build."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# each registers what it adds to Sphinx; of two that listen to one event, the first comes first
COMPONENTS = (
    *(
        "kept_pages",
        "page_language",
        "navigation",
        "quick_translation",
        "translation",
        "citations",
        "unshown",
        "html",
        "player_nodes",
        "folds",
        "boxes",
        "outcomes",
        "sources",
        "checked",
        "panels",
        "shows_local",
    ),
    *(
        "booklet",
        "scenario",
        "quiz",
        "change",
        "decide",
        "aloud",
        "opening",
        "figure",
        "start",
        "module_path",
        "country_map",
    ),
    *("portraits", "place_drawings", "in_order", "letters", "other_words", "term_pairs"),
    *("configuration", "page_assets", "left_out", "tables", "cell_failures", "my_course"),
    *("core_route", "place_bar", "law_sheet"),
    *(
        "pieces",
        "aid",
        "lines",
        "setup_page",
        "terms",
        "three_questions",
        "download",
        "cell_language",
        "run_cells",
        "search",
        "after.search_index",
        "outdated",
    ),
    "after.finishing",
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
