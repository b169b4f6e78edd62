"""A process that builds languages: what they all need it loads once, and it forks for each.

It reads what it is asked for from its input, a line each time, and writes a line for each language.
It ends when nobody can ask any more, and so do its copies. `fourps.book.side_by_side` starts it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import tempfile
import threading
import traceback
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jupyter_book.config import get_final_config
from sphinx.application import builtin_extensions

from fourps.book import COMPONENTS
from fourps.book.kept import keep_pages, recall_pages, search, searches_with
from fourps.book.one_language import COLLECT, build_language
from fourps.book.outdated import library_hash
from fourps.book.side_by_side import FORKS
from fourps.course.page import read
from fourps.course.problem import BrokenSourceError
from fourps.scenario.model import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Work = Callable[[], dict[str, Any]]


class Copy:
    """A copy of this process that does one thing; where none can be made, it is done at once.

    Parameters
    ----------
    work
        What it does; it returns plain values.
    """

    def __init__(self, work: Work) -> None:
        # files, since nobody reads until it has ended
        self._said, self._answer = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        self._number = 0
        if not FORKS:
            self._do(work)
        elif not (number := os.fork()):
            try:
                threading.Thread(target=_end_with_parent, daemon=True).start()
                self._do(work)
            finally:
                # never back to where the copy was made
                os._exit(0)
        else:
            self._number = number

    def ended(self) -> dict[str, Any]:
        """Wait for its end, and return what came of it, and what it said meanwhile."""
        status = 0
        if self._number:
            status = os.waitstatus_to_exitcode(os.waitpid(self._number, 0)[1])
        with self._said as printed, self._answer as answer:
            text, line = _whole(printed), _whole(answer)
        return {"status": status, "said": text, **json.loads(line or "{}")}

    def _do(self, work: Work) -> None:
        with _said_into(self._said):
            try:
                self._answer.write(json.dumps(work()).encode())
                self._answer.flush()
            except Exception:  # noqa: BLE001 - it is told, as it would be at the end of a process
                traceback.print_exc()


@contextlib.contextmanager
def _said_into(file: IO[bytes]) -> Iterator[None]:
    """Have all that is printed, by other programs too, go into a file."""
    before = os.dup(1), os.dup(2)
    for number in (1, 2):
        os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in enumerate(before, 1):
            os.dup2(copy, number)
            os.close(copy)


def _whole(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _end_with_parent() -> None:
    """End when nobody can ask any more, also after ``kill -9``."""
    os.read(0, 1)
    os._exit(1)


def _load(source: Path) -> None:
    """Load what a book is built with, as far as that is known before a build."""
    names = [*builtin_extensions, *(f"fourps.book.{name}" for name in COMPONENTS)]
    # what is wrong with its configuration, the build will say
    with contextlib.suppress(Exception):
        config, _ = get_final_config(
            user_yaml=source / "_config.yml", cli_config={"latex_individualpages": False}
        )
        names += [*config["extensions"], config["html_theme"]]
    _import(names)


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):
            import_module(name)
    gc.collect()
    # a copy need not look through what stays
    gc.freeze()


def _prepare(source: Path, output: Path, searched: dict[Path, bytes]) -> None:
    """Find out what all languages need: take pages apart, and search scenarios side by side.

    What was searched is noted by its content, and not looked at again.
    """
    cache = output.resolve() / ".jupyter_cache"
    recall_pages(cache)
    # as Sphinx names it
    source = source.resolve()
    for name in ("book", "modules"):
        for page in (source / name).rglob("*.md"):
            with contextlib.suppress(OSError, ValueError):
                read(page)
    keep_pages(cache)
    content = {path: path.read_bytes() for path in source.glob("modules/**/scenario.yaml")}
    paths = sorted(path for path in content if searched.get(path) != content[path])
    searched.update(content)
    number = os.cpu_count() or 1
    searching = [
        Copy(partial(_search, cache, paths[first::number]))
        for first in range(min(number, len(paths)) if FORKS else 0)
    ]
    for searcher in searching:
        searcher.ended()


def _search(cache: Path, paths: list[Path]) -> dict[str, Any]:
    for path in paths:
        with contextlib.suppress(BrokenSourceError):
            search(cache, load(path)[0])
    return {}


def _build(folders: list[str], code: str, config: dict[str, Any]) -> dict[str, Any]:
    source, work, output = map(Path, folders)
    try:
        good = build_language(source, work / code, output, code, config)
    except OSError as error:
        return {"refused": [error.errno, error.strerror, error.filename]}
    return {"good": good, "loaded": [*sys.modules]}


def main() -> None:
    """Build what is asked for until nobody can ask any more."""
    gc.set_threshold(*COLLECT)
    # what it builds is known by the code that it loads, and not by what is edited meanwhile
    library_hash()
    searches_with()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # whatever else is printed is for people
    os.dup2(2, 1)
    known: set[str] = set()
    searched: dict[Path, bytes] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        source, _, output = map(Path, asked["folders"])
        if not known:
            _load(source)
        # what is wrong or refused, the build will say
        with contextlib.suppress(Exception):
            _prepare(source, output, searched)
        copies = [
            Copy(partial(_build, asked["folders"], code, asked["config"]))
            for code in asked["codes"]
        ]
        loaded = {*sys.modules}
        for copy in copies:
            answer = copy.ended()
            loaded.update(answer.pop("loaded", ()))
            print(json.dumps(answer), file=answers, flush=True)
        if asked["stay"] and (new := loaded - known):
            # what could not be known before
            _import(new)
        known |= loaded


if __name__ == "__main__":
    main()
