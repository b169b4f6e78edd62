"""The Sphinx extension ``fourps.book``: directives, players, page furniture and the build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; called by Sphinx."""
    from pathlib import Path

    from fourps.book import (
        cards,
        cell_failures,
        citations,
        country_map,
        decide,
        directives,
        download,
        escape,
        html,
        letters,
        my_course,
        outdated,
        page_assets,
        page_language,
        pieces,
        place_bar,
        rows,
        run_cells,
        search,
        start,
        taught,
        terms,
        three_questions,
    )
    from fourps.book.after import finishing, search_index
    from fourps.course.version import version

    citations.register()
    page_language.register(app)
    html.register(app)
    directives.register(app)
    decide.register(app)
    escape.register(app)
    start.register(app)
    country_map.register(app)
    letters.register(app)
    page_assets.register(app)
    rows.register(app)
    cards.register(app)
    cell_failures.register(app)
    my_course.register(app)
    place_bar.register(app)
    pieces.register(app)
    taught.register(app)
    terms.register(app)
    three_questions.register(app)
    download.register(app)
    run_cells.register(app)
    search.register(app)
    search_index.register(app)
    outdated.register(app)
    finishing.register(app)
    return {
        "version": version(),
        # a page is read again when the library or the data that draw it have changed
        "env_version": int(outdated.cells_hash(Path(app.srcdir)), 16),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
