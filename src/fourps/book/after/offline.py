"""What a device loads when a reader saves the course, and when a new release comes out.

The service worker (``front/worker.js``) keeps each file under the hash of its content, so that a
new release costs only the files that changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING

from fourps.book.after.built import RELEASE, WORKER, Built
from fourps.course.local import LOCAL
from fourps.front import page_script

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fourps.book.after.built import Release


def _hash(data: bytes) -> str:
    # as in front/shelf.js; it holds against accidents, https against attackers
    return hashlib.sha256(data).hexdigest()[:20]


def release(
    html: Path, version: str, moved: Mapping[str, str] | None = None, local: str = LOCAL
) -> Release:
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
    >>> found = release(html, "1.0")
    >>> found["files"], found["size"], found["wire"] < found["size"]
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


def write(
    html: Path, version: str, moved: Mapping[str, str] | None = None, local: str = LOCAL
) -> Release:
    """Write the service worker and the list of files into a built book, and return the list."""
    found = release(html, version, moved, local)
    (html / WORKER).write_text(page_script("worker"), "utf-8")
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (html / RELEASE).write_text(text, "utf-8")
    return found
