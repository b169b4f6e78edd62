"""The whole book as one file, to be unpacked on a USB stick or a shared drive."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any

from fourps.book.after import offline
from fourps.book.after.bare_pages import small_page
from fourps.course.words import words
from fourps.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FIRST, FOLDER = "READ-ME-FIRST.html", "course"
# the oldest that a zip can say: the same pages give the same file on every day
_DATE = (1980, 1, 1, 0, 0, 0)


def _first(about: dict[str, Any], version: str) -> str:
    """Return the page that stands beside the folder."""
    mine = {key: escape(text) for key, text in words(about["lang"]).items()}
    title = f"{about['name']} {version}"
    body = (
        f"<h1>{escape(title)}</h1>\n"
        f'<p><a href="{FOLDER}/{about["start_url"]}">{mine["zip-open"]}</a></p>\n'
        f"<p>{mine['zip-unpack']}</p>\n<p>{mine['zip-local']}</p>"
    )
    return small_page(title, body, about["lang"])


def name(html: Path) -> str:
    """Return what the file of a built book is called, with its version."""
    return f"four-ps-{offline.read(html)['version']}.zip"


def pack(html: Path, out: Path) -> int:
    """Write a built book into one file, and return its size in bytes: the same for the same pages.

    Parameters
    ----------
    html
        The folder with the pages.
    out
        The file; what was there is replaced.
    """
    about = json.loads((html / "manifest.webmanifest").read_text("utf-8"))
    paths = (path for language in offline.books(html) for path in offline.paths(language))
    files = {f"{FOLDER}/{path.relative_to(html).as_posix()}": path for path in paths}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(path: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # on every system, so that the bytes are the same
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)

        add(FIRST, _first(about, offline.read(html)["version"]).encode())
        for path in sorted(files):
            add(path, files[path].read_bytes())
    write_whole(out, buffer.getvalue())
    return len(buffer.getvalue())
