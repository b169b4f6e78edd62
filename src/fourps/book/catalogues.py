"""Which catalogue a page has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.i18n import docname_to_domain

from fourps.course.catalogue import Catalogue

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def catalogue(env: BuildEnvironment, page: str = "") -> Catalogue | None:
    """Return the catalogue of a page, or of the one that is being read, if its language has one."""
    path = path_of(env, page or env.docname)
    return Catalogue.read(path) if path else None


def path_of(env: BuildEnvironment, page: str) -> Path | None:
    """Return the file with a page's catalogue, if its language has one."""
    domain = docname_to_domain(page, env.config.gettext_compact)
    for folder in env.config.locale_dirs:
        path = Path(env.srcdir, folder, env.config.language, "LC_MESSAGES", f"{domain}.po")
        if path.is_file():
            return path
    return None
