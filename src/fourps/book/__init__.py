"""The Sphinx extension ``fourps.book``: directives, players, page furniture and the build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; called by Sphinx."""
    from pathlib import Path

    from fourps.book import (
        assets,
        cards,
        cells,
        citations,
        decide,
        directives,
        escape,
        execute,
        finish,
        front,
        html,
        land,
        language,
        letters,
        my_course,
        outdated,
        pieces,
        place,
        rows,
        run,
        search,
        search_index,
        taught,
        terms,
        three,
    )

    citations.register()
    language.register(app)
    html.register(app)
    directives.register(app)
    decide.register(app)
    escape.register(app)
    front.register(app)
    land.register(app)
    letters.register(app)
    assets.register(app)
    rows.register(app)
    cards.register(app)
    cells.register(app)
    my_course.register(app)
    place.register(app)
    pieces.register(app)
    taught.register(app)
    terms.register(app)
    three.register(app)
    run.register(app)
    execute.register(app)
    search.register(app)
    search_index.register(app)
    outdated.register(app)
    finish.register(app)
    return {
        "version": assets.version(),
        # a page is read again when the library or the data that draw it have changed
        "env_version": int(outdated.cells_hash(Path(app.srcdir)), 16),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
