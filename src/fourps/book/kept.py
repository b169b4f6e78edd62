"""The caches of a build: what another language or the next build need not find out again.

It is used while what it was made from is the same: of a scenario's search, the scenario and the
code that searches; of a page that was taken apart, its text (`fourps.course.page.read`) and the
code that takes it apart.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import pickle
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbseal.base
from fourps.course.page import Page, know, known
from fourps.course.source import Remark
from fourps.scenario.findings import Searched, searched
from nbseal.base.whole_files import in_turn, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from fourps.scenario.model import Scenario

SOURCES = Path(__file__).parents[2]
# what ours share with the grader
SHARED = Path(nbseal.base.__file__).parents[2]
_SEARCHING = searched.__module__
# they read Markdown
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins")
# so many are taken apart sooner than all are written
_FEW = 10
_kept_pages: dict[Path, str] = {}


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
    files = files_of(SOURCES, modules)
    for root in (SOURCES, SHARED):
        for path in sorted(path for path in files if path.is_relative_to(root)):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def files_of(sources: Path, modules: tuple[str, ...]) -> set[Path]:
    """Return the files of modules, and of all that they import below a folder or in `SHARED`.

    Examples
    --------
    >>> sorted(path.name for path in files_of(SOURCES, ("fourps.scenario.notation",)))
    ['notation.py']
    """
    files: set[Path] = set()
    waiting = [*modules]
    while waiting:
        module = waiting.pop()
        path = _file(sources, module) or _file(SHARED, module)
        if path and path not in files:
            files.add(path)
            waiting += _imported(path)
    return files


def _file(sources: Path, module: str) -> Path | None:
    place = sources.joinpath(*module.split("."))
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (module.name for module in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # what is imported may be a module of it
            yield from (f"{node.module}.{part.name}" for part in node.names)


def remembered(folder: Path, of: str, make: Callable[[], Any]) -> Any:
    """Return plain values that were made before, or make them; of several who ask, one makes them.

    Parameters
    ----------
    folder
        Of this one thing; what was remembered last takes the place of what was before.
    of
        All that it is made from.
    make
        Makes it; None is not remembered.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp()) / "sums"
    >>> remembered(folder, "1 + 1", lambda: 2)
    2
    >>> remembered(folder, "1 + 1", lambda: 3), remembered(folder, "1 + 2", lambda: 3)
    (2, 3)
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "made.json"
    with in_turn(folder):
        kept = _kept_in(path)
        if kept.get("of") == of:
            return kept["made"]
        value = make()
        if value is not None:
            write_whole(path, json.dumps({"of": of, "made": value}).encode())
    return value


def _kept_in(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        # what a full disk or another program left there is made again
        return {}


def searches_with() -> str:
    """Return a hash of the code that searches."""
    return code_hash(_SEARCHING)


def search(cache: Path, scenario: Scenario) -> Searched | None:
    """Search a scenario, unless it was searched before; None if there are too many states.

    Parameters
    ----------
    cache
        The folder of what is remembered.
    scenario
        What to search.
    """

    def make() -> dict[str, Any] | None:
        result = searched(scenario)
        return result and result._asdict()

    # all of the scenario, and the code that looks at it
    text = searches_with() + scenario.model_dump_json()
    of = hashlib.sha256(text.encode()).hexdigest()
    result = remembered(cache / "searches" / scenario.id, of, make)
    return result and _searched(**result)


def _searched(remarks: list[Any], ranges: dict[str, Any], states: int) -> Searched:
    restored = [Remark(name, tuple(loc), message) for name, loc, message in remarks]
    return Searched(restored, {name: (low, high) for name, (low, high) in ranges.items()}, states)


def recall_pages(cache: Path) -> None:
    """Know the pages that were kept, unless this process knows some already.

    Parameters
    ----------
    cache
        The folder of what is kept.
    """
    path = _pages_file(cache)
    if known() or not path.is_file():
        return
    of, _, pages = path.read_bytes().partition(b"\n")
    # no other code can read what this has written
    if of == _pages_hash():
        # what was cut off, or is no such thing, is taken apart again
        with contextlib.suppress(Exception):
            know(pickle.loads(pages))  # noqa: S301 - it stands beside Sphinx's own, kept in this way
            _kept_pages.update((page.path, page.text) for page in known())


def keep_pages(cache: Path) -> None:
    """Keep the pages that are known, if more than a few of them are not kept yet."""
    pages = known()
    if sum(_kept_pages.get(page.path) != page.text for page in pages) > _FEW:
        write_whole(_pages_file(cache), _pages_hash() + b"\n" + pickle.dumps(pages))
        _kept_pages.update((page.path, page.text) for page in pages)


def _pages_file(cache: Path) -> Path:
    return cache / "pages.pickle"


def _pages_hash() -> bytes:
    """Return a hash of what takes pages apart."""
    text = code_hash(Page.__module__) + repr([*map(version, _LIBRARIES)])
    return hashlib.sha256(text.encode()).hexdigest().encode()


def _keep(app: Sphinx, exception: Exception | None) -> None:
    if not exception:
        keep_pages(Path(app.config.fourps_cache))


def register(app: Sphinx) -> None:
    """Recall pages before any is read, and keep them at the end."""
    app.connect("builder-inited", lambda app: recall_pages(Path(app.config.fourps_cache)))
    app.connect("build-finished", _keep, priority=900)
