"""The whole book as one file, to be unpacked on a USB stick or a shared drive."""

from __future__ import annotations

from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.book.after.built import Built
from fourps.course.words import words
from fourps.handin import zip_entry
from fourps.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST, FOLDER = "READ-ME-FIRST.html", "course"


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
    pages = ((name, path.read_bytes()) for name, path in sorted(files.items()))
    data = zip_entry.pack(chain([(FIRST, _first(book).encode())], pages))
    write_whole(out, data)
    return len(data)
