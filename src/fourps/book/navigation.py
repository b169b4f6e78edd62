"""Keep the navigation true: every page shows the titles of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _renamed(_app: Sphinx, env: Any) -> list[str]:
    """Return every page if a title has changed since the last build: Sphinx rewrites only one."""
    titles = {name: title.astext() for name, title in env.titles.items()}
    before, env.fourps_titles = getattr(env, "fourps_titles", titles), titles
    return sorted(titles) if before != titles else []


def register(app: Sphinx) -> None:
    """Decide once all pages were read."""
    app.connect("env-get-updated", _renamed)
