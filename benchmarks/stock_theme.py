"""A Sphinx extension for the benchmark: what ``fourps.book`` takes away, a peer gets back.

It is copied beside the package under test and named in the peer's ``_config.yml``; it must stand
after ``fourps.book`` there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import fourps.book
from fourps.book.outputs import CourseMime

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config

TEMPLATES = Path(fourps.book.__file__).parent / "templates"
# fourps.book filters a page's assets at priority 900
_BEFORE, _AFTER = 899, 901
_ASSETS = ("script_files", "css_files")


class _AllAssets:
    """Puts a page's full lists of assets back after our filter has replaced them."""

    def __init__(self) -> None:
        self._lists: dict[str, Any] = {}

    def keep(
        self, _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _: document | None
    ) -> None:
        """Remember the lists themselves: what a page adds later is appended to them."""
        self._lists = {name: context[name] for name in _ASSETS}

    def restore(
        self, _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _: document | None
    ) -> None:
        """Put them back."""
        context.update(self._lists)


def _own_templates(_app: Sphinx, config: Config) -> None:
    """Leave the page to the peer's theme: our templates are for Furo."""
    config.templates_path = [one for one in config.templates_path if one != str(TEMPLATES)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; called by Sphinx."""
    assets = _AllAssets()
    app.connect("config-inited", _own_templates, priority=_AFTER)
    app.connect("html-page-context", assets.keep, priority=_BEFORE)
    app.connect("html-page-context", assets.restore, priority=_AFTER)
    # with the stock widget view switched on, our own drawing of a cell's output gives way to it
    if app.config.nb_ipywidgets_js:
        CourseMime.mime_priority_overrides = []
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
