"""The whole book as one file, to be unpacked on a USB stick or a shared drive."""

from __future__ import annotations

from html import escape
from itertools import chain
from typing import TYPE_CHECKING

from nbseal.base import zip_entry
from nbseal.base.whole_files import write_whole

from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.book.after.built import Built
from fourps.book.after.headers import with_policy
from fourps.course.local import LOCAL, SETUP
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST, FOLDER = "READ-ME-FIRST.html", "course"


def _first(book: Built) -> str:
    """Return the page that stands beside the folder."""
    bodies = {one.about["lang"]: _ways(one) for one in book.languages}
    names = " · ".join(dict.fromkeys(one.about["name"] for one in book.languages))
    title = f"{names} {book.release['version']}"
    body = f"<h1>{escape(title)}</h1>\n{in_each_language(bodies)}"
    return small_page(title, body, book.about["lang"])


def _ways(book: Built) -> str:
    """Return what the page says in the language of a book, and where it leads."""
    about = book.about
    mine = {key: escape(text) for key, text in words(about["lang"]).items()}
    ways = [(about["start_url"], mine["zip-open"])]
    if (book.html / SETUP).is_file():
        ways.append((SETUP, mine["setup-title"]))
    links = "".join(
        f'<p><a href="{FOLDER}/{book.folder}{to}">{said}</a></p>\n' for to, said in ways
    )
    return f"{links}<p>{mine['zip-unpack']}</p>\n<p>{mine['zip-local']}</p>"


def _carried(path: Path) -> bytes:
    """Return a file as it is read from a folder, where no host sends a policy with a page."""
    return with_policy(path.read_bytes()) if path.suffix == ".html" else path.read_bytes()


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
    # beside the first page, also for who sets up the unpacked folder
    if (html / LOCAL).is_file():
        files[f"{FOLDER}/{LOCAL}"] = html / LOCAL
    pages = ((name, _carried(path)) for name, path in sorted(files.items()))
    data = zip_entry.pack(chain([(FIRST, _first(book).encode())], pages))
    write_whole(out, data)
    return len(data)
