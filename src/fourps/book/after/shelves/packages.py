"""What may be packed for which platform, and what the files are called.

A shelf is asked for by a name. Its row says which packages a request makes, before any of them is
written: what is wrong with the request is said first.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from fourps.book.after.built import Built
from fourps.book.after.shelves.staged import COURSE, Edition, UnitError
from nbseal.base.from_outside import shown
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fourps.book.after.shelves.scorm import Version

KOLIBRI = "kolibri"


@dataclass(frozen=True)
class Request:
    """What somebody asks for: of which built book, in which languages, and one module or all."""

    site: Path
    languages: tuple[str, ...]
    module: str = ""
    number: int | None = None
    """The version of a channel, where somebody names it."""

    def name(self, *parts: str) -> str:
        """Return the name of a package, which says the release that it is of."""
        return "-".join(["four-ps", Built(self.site).release["version"], *parts])


@dataclass(frozen=True)
class Package:
    """A file or folder that a request makes."""

    name: str
    write: Callable[[Path], None]
    """Called with where it is to be; there it is whole, or it is not there."""


def packages(
    shelf: str,
    site: Path,
    languages: tuple[str, ...] = (),
    module: str = "",
    number: int | None = None,
) -> list[Package]:
    """Return the packages of a built book for a platform.

    Parameters
    ----------
    shelf
        One of `SHELVES`.
    site
        The built book, in all its languages.
    languages
        Their codes; none is every language of the book.
    module
        One of `fourps.book.after.shelves.staged.units`; none is each of them.
    number
        The version of a channel for Kolibri; none is made from that of the course.

    Raises
    ------
    UnitError
        If the book has no such module or language, or the platform takes no single module.
    """
    if shelf not in SHELVES:
        raise UnitError(
            f"There is no package for '{shown(shelf)}', only for: {', '.join(SHELVES)}."
        )
    every = tuple(edition.about["lang"] for edition in Built(site).languages)
    if number is not None and shelf != KOLIBRI:
        raise UnitError(f"Only a channel for {KOLIBRI} has a version; leave --channel-version out.")
    request = Request(site, languages or every, module, number)
    # a language that is not there is said before anything is written
    for language in request.languages:
        Edition(site, language)
    return list(SHELVES[shelf](request))


def write(wanted: Sequence[Package], folder: Path) -> Iterator[Package]:
    """Write packages into a folder, as many at a time as there are processors; yield each written.

    Packing is done by libraries and programs, for which Python's threads do not wait.
    """
    pool = ThreadPoolExecutor(os.cpu_count(), "packing")
    try:
        writing = {pool.submit(one.write, folder / one.name): one for one in wanted}
        for done in as_completed(writing):
            done.result()
            yield writing[done]
    finally:
        # after an error no other is begun
        pool.shutdown(cancel_futures=True)


def weight(path: Path) -> int:
    """Return the bytes of a package, be it a file or a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _scorm(version: Version, shelf: str, request: Request) -> Iterator[Package]:
    """One zip for each unit and language."""
    for language in request.languages:
        edition = Edition(request.site, language)
        for unit in [request.module] if request.module else edition.units():
            edition.insist(unit)
            name = request.name(unit, language, shelf)
            yield Package(f"{name}.zip", partial(_write_scorm, edition, unit, version))


def _write_scorm(edition: Edition, unit: str, version: Version, to: Path) -> None:
    from fourps.book.after.shelves.scorm import scorm

    write_whole(to, scorm(edition.stage(unit, "shell"), version))


def _kolibri(request: Request) -> Iterator[Package]:
    """One folder with everything: a device chooses what it imports."""
    from fourps.book.after.shelves.kolibri import FOLDER, channel_version, write_channel

    every = {edition.about["lang"] for edition in Built(request.site).languages}
    if request.module or every != {*request.languages}:
        raise UnitError(
            "A channel for Kolibri has all modules in all languages, and a device that imports it "
            "chooses among them; leave --module and --language out."
        )
    number = channel_version(Built(request.site).release["version"], request.number)
    yield Package(FOLDER, partial(write_channel, request.site, number=number))


def _zim(request: Request) -> Iterator[Package]:
    """One file for each language, which always has the whole course."""
    from fourps.book.after.shelves.zim import write_zim

    if request.module not in ("", COURSE):
        raise UnitError("Kiwix takes the whole course: leave out --module.")
    for language in request.languages:
        yield Package(f"{request.name(language)}.zim", partial(write_zim, request.site, language))


def _epub(request: Request) -> Iterator[Package]:
    """One book for each language: of the whole course, or of the one module that is asked for."""
    unit = request.module or COURSE
    for language in request.languages:
        Edition(request.site, language).insist(unit)
        parts = (request.module, language) if request.module else (language,)
        write = partial(_write_epub, request.site, language, unit)
        yield Package(f"{request.name(*parts)}.epub", write)


def _write_epub(site: Path, language: str, unit: str, to: Path) -> None:
    from fourps.book.after.shelves.epub import write_epub

    write_epub(site, language, to, unit)


# by what is asked for: what a request makes of it
SHELVES: MappingProxyType[str, Callable[[Request], Iterator[Package]]] = MappingProxyType(
    {
        "scorm12": partial(_scorm, "1.2", "scorm12"),
        "scorm2004": partial(_scorm, "2004", "scorm2004"),
        KOLIBRI: _kolibri,
        "zim": _zim,
        "epub": _epub,
    }
)
