"""What a device loads when a reader saves the course, and when a new release comes out.

The service worker (``front/worker.js``) keeps each file under the hash of its content, so that a
new release costs only the files that changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, TypedDict

from fourps.front import page_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

RELEASE, WORKER = "offline.json", "worker.js"
# for tools that read a build, or copies of its files
_LEFT_OUT = (".inv", ".gz", ".br", ".buildinfo", ".doctrees")


class Release(TypedDict):
    """What ``offline.json`` says.

    ``files`` has the hash and the bytes of each file, ``moved`` where old addresses lead,
    ``release`` is a hash of both, ``wire`` and ``size`` are the bytes of all files as a host sends
    them (gzip) and as a device keeps them.
    """

    format: int
    version: str
    release: str
    wire: int
    size: int
    files: dict[str, tuple[str, int]]
    moved: dict[str, str]


def _hash(data: bytes) -> str:
    # as in front/shelf.js; it holds against accidents, https against attackers
    return hashlib.sha256(data).hexdigest()[:20]


def books(html: Path) -> list[Path]:
    """Return the folders of the book's languages, each of which is saved by itself."""
    return sorted(path.parent for path in html.rglob(RELEASE))


def paths(html: Path) -> Iterator[Path]:
    """Yield each file of one language that a reader may need, in order."""
    others = [folder for folder in books(html) if folder != html]
    for path in sorted(html.rglob("*")):
        name = path.relative_to(html).as_posix()
        wanted = name not in (RELEASE, WORKER) and not name.endswith(_LEFT_OUT)
        if wanted and path.is_file() and not any(map(path.is_relative_to, others)):
            yield path


def release(html: Path, version: str, moved: Mapping[str, str] | None = None) -> Release:
    """Return what a device loads of a built book: the same for the same files.

    Parameters
    ----------
    html
        The folder with the pages.
    version
        The version that readers see.
    moved
        Old addresses and those that they lead to. No device loads what stands there: of many
        hosts it would get the new page in its place.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> html = Path(tempfile.mkdtemp())
    >>> _ = (html / "page.html").write_bytes(b"<p>One page.</p>" * 100)
    >>> found = release(html, "1.0")
    >>> found["files"], found["size"], found["wire"] < found["size"]
    ({'page.html': ('521c41f68152590cd58d', 1600)}, 1600, True)
    """
    files: dict[str, tuple[str, int]] = {}
    moved, wire = dict(moved or {}), 0
    for path in paths(html):
        name = path.relative_to(html).as_posix()
        if name in moved:
            continue
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
    }


def read(html: Path) -> Release:
    """Return what stands in a built book."""
    found: Release = json.loads((html / RELEASE).read_text("utf-8"))
    return found


def write(html: Path, version: str, moved: Mapping[str, str] | None = None) -> Release:
    """Write the service worker and the list of files into a built book, and return the list."""
    found = release(html, version, moved)
    (html / WORKER).write_text(page_script("worker"), "utf-8")
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (html / RELEASE).write_text(text, "utf-8")
    return found
