"""A built book: its pages, its languages, and what a device loads of it.

The service worker (``front/worker.js``) keeps each file under the hash of its content, so that a
new release costs only the files that changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fourps.course.local import LOCAL
from fourps.front import page_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST, RELEASE, WORKER = "manifest.webmanifest", "offline.json", "worker.js"
# what a host shows for an address where nothing is
MISSING = "404.html"
# for tools that read a build, or copies of its files
_LEFT_OUT = (".inv", ".gz", ".br", ".buildinfo", ".doctrees")


@dataclass(frozen=True)
class Built:
    """The folder of a built book: one language at the top, each other in a folder of its name."""

    html: Path
    top: Path | None = field(default=None, compare=False)

    @property
    def pages(self) -> list[Path]:
        """The pages of all languages, in order."""
        return sorted(self.html.rglob("*.html"))

    @property
    def about(self) -> dict[str, Any]:
        """The manifest of the book as an app: its name and language, and where it starts."""
        return dict(json.loads((self.html / MANIFEST).read_text("utf-8")))

    @property
    def release(self) -> dict[str, Any]:
        """What a device loads of the language at the top.

        ``files`` has the hash and the bytes of each file, ``moved`` where old addresses lead,
        ``local`` where the host's own file stands, ``release`` is a hash of both, ``wire`` and
        ``size`` are the bytes of all files as a host sends them (gzip) and as a device keeps them.
        """
        return dict(json.loads((self.html / RELEASE).read_text("utf-8")))

    @property
    def languages(self) -> list[Built]:
        """The folder of each language, which is saved by itself; the one at the top first."""
        folders = [path.parent for path in sorted(self.html.rglob(RELEASE))]
        folders.sort(key=lambda folder: folder != self.html)
        return [Built(folder, self.html) for folder in folders]

    def in_language(self, code: str) -> Path:
        """Return the folder of a language; KeyError says that the book is not built in it."""
        return {edition.about["lang"]: edition.html for edition in self.languages}[code]

    @property
    def folder(self) -> str:
        """Where this language stands below the top, with its slash; nothing for the one there."""
        if self.top in (None, self.html):
            return ""
        return f"{self.html.relative_to(self.top).as_posix()}/"

    @property
    def local(self) -> str:
        """Where the host's own file stands, from the folder of this language."""
        return f"{'../' * self.folder.count('/')}{LOCAL}"

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield name and path of each file of the language at the top that a reader may need."""
        others = [edition.html for edition in self.languages if edition != self]
        for path in sorted(self.html.rglob("*")):
            name = path.relative_to(self.html).as_posix()
            wanted = name not in (LOCAL, MISSING, RELEASE, WORKER) and not name.endswith(_LEFT_OUT)
            if wanted and path.is_file() and not any(map(path.is_relative_to, others)):
                yield name, path


def _hash(data: bytes) -> str:
    # as in front/savedcourse.js; it holds against accidents, https against attackers
    return hashlib.sha256(data).hexdigest()[:20]


def release_of(
    html: Path, version: str, moved: Mapping[str, str] | None = None, local: str = LOCAL
) -> dict[str, Any]:
    """Return what a device loads of a built book: the same for the same files.

    `moved` has old addresses and those that they lead to. No device loads what stands there: of
    many hosts it would get the new page in its place. `local` is where the host's own file stands,
    from the book's folder: it is asked for again and again, and belongs to no release.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> html = Path(tempfile.mkdtemp())
    >>> _ = (html / "page.html").write_bytes(b"<p>One page.</p>" * 100)
    >>> release = release_of(html, "1.0")
    >>> release["files"], release["size"], release["wire"] < release["size"]
    ({'page.html': ('521c41f68152590cd58d', 1600)}, 1600, True)
    """
    files: dict[str, tuple[str, int]] = {}
    moved, wire = dict(moved or {}), 0
    for name, path in Built(html).files():
        if name not in moved:
            data = path.read_bytes()
            files[name] = _hash(data), len(data)
            wire += min(len(data), len(gzip.compress(data)))
    return {
        "format": 1,
        "version": version,
        "release": _hash(json.dumps([version, files, moved]).encode()),
        "wire": wire,
        "size": sum(size for _, size in files.values()),
        "files": files,
        "moved": moved,
        "local": local,
    }


def write_offline(
    html: Path, version: str, moved: Mapping[str, str] | None = None, local: str = LOCAL
) -> dict[str, Any]:
    """Write the service worker and the list of files into a built book, and return the list."""
    release = release_of(html, version, moved, local)
    (html / WORKER).write_text(page_script("worker"), "utf-8")
    text = json.dumps(release, ensure_ascii=False, separators=(",", ":"))
    (html / RELEASE).write_text(text, "utf-8")
    return release
