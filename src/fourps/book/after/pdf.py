"""The whole book as one tagged PDF, printed by Chromium from the built pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from fourps.book.after.one_page import anchor, one_page
from nbseal.base.errors import UserError
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf.generic import IndirectObject

    from fourps.book.after.one_page import OnePage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LIMIT = 600  # seconds
# what Chromium calls a part of the page by which others are found: the cells of a table's head
_PART = re.compile(rb"\(node(\d{8})\)")


def write_pdf(
    html: Path,
    target: Path,
    progress: Callable[[int, int], None] | None = None,
    wanted: Callable[[str], bool] = bool,
) -> int:
    """Print a built book into one file, whole or not at all, and return the number of sheets.

    `progress` and `wanted` are those of `fourps.book.after.one_page.one_page`. When the pages are
    joined the browser prints them as one document, since links and tags must go from one to
    another, and says nothing meanwhile. PdfError says what is missing.
    """
    browser = find_browser()
    document = one_page(html, progress, wanted)
    with tempfile.TemporaryDirectory(prefix="fourps-pdf-") as folder:
        for path in html.glob("_*"):
            (Path(folder) / path.name).symlink_to(path.resolve())
        printed = print_page(browser, document.html, Path(folder))
    printed = _counted(printed)
    writer = PdfWriter(clone_from=BytesIO(printed))
    _outline(writer, PdfReader(BytesIO(printed)), document)
    data = BytesIO()
    writer.write(data)
    write_whole(target, data.getvalue())
    return len(writer.pages)


def _counted(printed: bytes) -> bytes:
    """Return a print whose parts are numbered from 1: Chromium also counts what it only loads.

    Examples
    --------
    >>> _counted(b"(node00000367) (node00000366) (node00000367)")
    b'(node00000002) (node00000001) (node00000002)'
    """
    # sorted as they were, since they are looked up by halving
    places = {number: at for at, number in enumerate(sorted({*_PART.findall(printed)}), 1)}
    return _PART.sub(lambda match: b"(node%08d)" % places[match[1]], printed)


def _outline(writer: PdfWriter, reader: PdfReader, document: OnePage) -> None:
    """Add the contents as bookmarks, and say what the file is; leave out when it was made."""
    writer.root_object.pop(NameObject("/Outlines"), None)
    places = reader.named_destinations
    parents: list[IndirectObject] = []
    caption: IndirectObject | None = None
    for at, entry in enumerate(document.entries):
        # a part begins with its first page
        name = entry.name or document.entries[at + 1].name
        page = reader.get_destination_page_number(places[f"/{anchor(name)}"])
        if not entry.name:
            caption = writer.add_outline_item(title=entry.title, page_number=page)
            parents = []
            continue
        above = parents[entry.depth - 1] if entry.depth else caption
        item = writer.add_outline_item(title=entry.title, page_number=page, parent=above)
        parents = [*parents[: entry.depth], item]
    writer.page_mode = "/UseOutlines"
    writer.metadata = {"/Title": document.title, "/Producer": "Chromium, pypdf"}


class PdfError(UserError):
    """No PDF was written; the message says what to do."""


def find_browser() -> str:
    """Return the path of a Chromium on this machine; PdfError says that there is none."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    raise PdfError(
        f"The PDF is printed by Chromium or Chrome, and none of {', '.join(BROWSERS)} is on PATH. "
        "On Debian or Ubuntu: apt-get install chromium"
    )


def print_page(browser: str, html: str, folder: Path) -> bytes:
    """Return a page as a tagged PDF; PdfError says why there is none.

    Parameters
    ----------
    browser
        As `find_browser` returns it.
    html
        The page.
    folder
        An empty one, but for what the page loads.
    """
    page, printed = folder / "book.html", folder / "book.pdf"
    page.write_text(html, "utf-8")
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={printed}",
        # Chromium refuses to run as root otherwise; it opens our own pages and no network
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        page.as_uri(),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a browser on PATH; no shell
            command, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"{browser} did not finish printing in {_LIMIT} s.") from error
    if done.returncode or not printed.is_file():
        raise PdfError(f"{browser} did not print: {done.stderr.strip()[-400:]}")
    return printed.read_bytes()
