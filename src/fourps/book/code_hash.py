"""Know a part of the library by its code: what it made is good while that stays the same."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).parents[2]


@cache
def code_hash(*modules: str) -> str:
    """Return a hash of modules of ours and of all of ours that they import, in turn.

    It looks at what they say: nothing is loaded. A file of data that they read is not seen.

    Parameters
    ----------
    *modules
        Their whole names.

    Examples
    --------
    >>> code_hash("fourps.scenario.engine") == code_hash("fourps.scenario.engine")
    True
    >>> code_hash("fourps.scenario.engine") == code_hash("fourps.scenario.explore")
    False
    """
    digest = hashlib.sha256()
    for path in sorted(files_of(SOURCES, modules)):
        digest.update(f"{path.relative_to(SOURCES).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def files_of(sources: Path, modules: tuple[str, ...]) -> set[Path]:
    """Return the files of modules, and of all that they import, which lie below a folder.

    Examples
    --------
    >>> sorted(path.name for path in files_of(SOURCES, ("fourps.scenario.notation",)))
    ['notation.py']
    """
    found: set[Path] = set()
    waiting = [*modules]
    while waiting:
        path = _file(sources, waiting.pop())
        if path and path not in found:
            found.add(path)
            waiting += _imported(path)
    return found


def _file(sources: Path, module: str) -> Path | None:
    place = sources.joinpath(*module.split("."))
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # what is imported may be a module of it
            yield from (f"{node.module}.{one.name}" for one in node.names)
