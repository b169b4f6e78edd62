"""The whole book as one tagged PDF, printed by Chromium from the built pages."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.whole_files import write_whole
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from fourps.book.after.chromium import find_browser, print_page
from fourps.book.after.one_page import anchor, one_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf.generic import IndirectObject

    from fourps.book.after.one_page import OnePage


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
    writer = PdfWriter(clone_from=BytesIO(printed))
    _outline(writer, PdfReader(BytesIO(printed)), document)
    data = BytesIO()
    writer.write(data)
    write_whole(target, data.getvalue())
    return len(writer.pages)


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
