"""Decide what is read, executed or written again, so that no page is ever stale."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbseal.base
from fourps.course.bibliography import NAMES
from fourps.course.catalogue import beside
from fourps.course.glossary import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

LIBRARY = Path(__file__).parents[1]
BASE = Path(nbseal.base.__file__).parent
# what of a page's metadata other pages show
_SHOWN = ("minutes", "core", "terms", "promises", "teaches")


@cache
def library_hash() -> str:
    """Return a hash of all that draws pages: code, front end, catalogues, templates and data."""
    paths = (path for path in LIBRARY.rglob("*") if "content" not in path.parts)
    code = files_hash(LIBRARY, (path for path in paths if "__pycache__" not in path.parts))
    return code + files_hash(BASE, BASE.glob("*.py"))


def cells_hash(book: Path) -> str:
    """Return a hash of all that the cells of a book draw from: the library, and the labs' data.

    Sphinx reads every page again when it changes, and cells run again too.
    """
    return library_hash() + files_hash(book, book.glob("modules/*/data/**/*"))


def book_hash(book: Path) -> str:
    """Return a hash of all that the texts of a book come from."""
    places = ("_*.yml", "book/**/*", "modules/**/*")
    return library_hash() + files_hash(
        book, (path for place in places for path in book.glob(place))
    )


def files_hash(root: Path, paths: Iterable[Path]) -> str:
    """Return a hash of those of some paths below a folder that are files, with their names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            content = path.read_bytes()
            # the length keeps two neighbours from passing for one another
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def _read_again(
    app: Sphinx, env: Any, added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Unpublish removed pages; read every page again when what a language says of sources has."""
    out = Path(app.outdir)
    if added == env.found_docs:
        # a new environment knows of no page that is gone, and writes every page again
        removed = {page.relative_to(out).with_suffix("").as_posix() for page in out.rglob("*.html")}
    for name in removed:
        for path in (f"{name}.html", f"search/{name}.js"):
            (out / path).unlink(missing_ok=True)
    root = Path(app.srcdir)
    names = (beside(root, app.config.language, name) for name in (NAMES, SYNONYMS))
    digest = files_hash(root, (*(root / name for name in app.config.bibtex_bibfiles), *names))
    before, env.fourps_sources = getattr(env, "fourps_sources", digest), digest
    return list(env.found_docs) if before != digest else []


def _write_again(_app: Sphinx, env: Any) -> list[str]:
    """Return every page if one has changed in what the others show of it.

    That is its title and place, its minutes, whether it belongs to the core route, the terms it
    explains, and what its module promises and it teaches.
    """
    shown = {
        name: (
            title.astext(),
            env.toctree_includes.get(name),
            *(env.metadata[name].get(key) for key in _SHOWN),
        )
        for name, title in env.titles.items()
    }
    before, env.fourps_shown = getattr(env, "fourps_shown", shown), shown
    return sorted(shown) if before != shown else []


def register(app: Sphinx) -> None:
    """Decide before pages are read, and again once all were."""
    app.connect("env-get-outdated", _read_again)
    app.connect("env-get-updated", _write_again)
