"""Cells run in the language of their page, and again when its translation changes."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.catalogues import path_of
from fourps.course.language import tag
from fourps.course.mime import CATALOGUES, LANGUAGE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# what cells import that say something in the reader's language
_SPEAKING = "fourps.lab"


def variables(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Return what the cells of a page find in their environment: its language and catalogue."""
    path = path_of(env, page)
    found = [os.fspath(path)] if path else []
    return {LANGUAGE: tag(env.config.language), CATALOGUES: json.dumps(found)}


def cache_of(env: BuildEnvironment, page: str) -> Path:
    """Return where the outputs of a page are kept.

    Those of cells that speak are kept for each language, and each state of the page's translation.
    """
    folder, code = str(env.config.nb_execution_cache_path), tag(env.config.language)
    speaks = _SPEAKING in Path(env.doc2path(page)).read_text("utf-8")
    if not speaks or code == tag(env.config.fourps_source):
        return Path(folder)
    path = path_of(env, page)
    state = hashlib.sha256(path.read_bytes() if path else b"").hexdigest()[:12]
    return Path(f"{folder}-{code}", state)


def _read(app: Sphinx, page: str, _source: list[str]) -> None:
    """Prepare for the cells of one page, which MyST-NB may run."""
    env = app.env
    os.environ.update(variables(env, page))
    if hasattr(env, "mystnb_config"):
        env.mystnb_config.execution_cache_path = os.fspath(cache_of(env, page))


def register(app: Sphinx) -> None:
    """Connect to the moment before a page is parsed."""
    app.connect("source-read", _read)
