"""The whole book as one file, to be unpacked on a USB stick or a shared drive."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any

from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.book.after.built import Built
from fourps.course.words import words
from fourps.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST, FOLDER = "READ-ME-FIRST.html", "course"
# the oldest that a zip can say: the same pages give the same file on every day
_DATE = (1980, 1, 1, 0, 0, 0)


def _first(book: Built) -> str:
    """Return the page that stands beside the folder."""
    abouts = {one.folder: one.about for one in book.languages}
    bodies = {about["lang"]: _ways(folder, about) for folder, about in abouts.items()}
    names = " · ".join(dict.fromkeys(about["name"] for about in abouts.values()))
    title = f"{names} {book.release['version']}"
    body = f"<h1>{escape(title)}</h1>\n{in_each_language(bodies)}"
    return small_page(title, body, book.about["lang"])


def _ways(folder: str, about: dict[str, Any]) -> str:
    mine = {key: escape(text) for key, text in words(about["lang"]).items()}
    return (
        f'<p><a href="{FOLDER}/{folder}{about["start_url"]}">{mine["zip-open"]}</a></p>\n'
        f"<p>{mine['zip-unpack']}</p>\n<p>{mine['zip-local']}</p>"
    )


def name(html: Path, languages: Iterable[str] = ()) -> str:
    """Return what the file of a built book is called, with its version and what was asked for."""
    return f"{'-'.join(['four-ps', Built(html).release['version'], *languages])}.zip"


def pack(html: Path, out: Path) -> int:
    """Write a built book into one file, and return its size in bytes.

    The same pages give the same bytes.
    """
    book = Built(html)
    paths = (path for language in book.languages for _, path in language.files())
    files = {f"{FOLDER}/{path.relative_to(html).as_posix()}": path for path in paths}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(path: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # on every system, so that the bytes are the same
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)

        add(FIRST, _first(book).encode())
        for path in sorted(files):
            add(path, files[path].read_bytes())
    write_whole(out, buffer.getvalue())
    return len(buffer.getvalue())
