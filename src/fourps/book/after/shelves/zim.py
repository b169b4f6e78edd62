"""The whole course in one language as a ZIM, which Kiwix shows where there is no internet."""

from __future__ import annotations

import textwrap
from importlib.metadata import metadata
from io import BytesIO
from typing import TYPE_CHECKING

from fourps.book.after.finishing import icon
from fourps.book.after.shelves.day import release_day
from fourps.book.after.shelves.shelved_page import description_of
from fourps.book.after.shelves.staged import stage
from fourps.book.after.shelves.zimwriterfs import ZimError, find_program, zim
from fourps.course import version
from fourps.course.language import without_region
from nbseal.base.from_outside import shown
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.book.after.shelves.staged import Staged

# ISO 639-3, by which Kiwix knows languages and stems their words
CODES = {
    "ar": "ara",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "pt": "por",
    "ru": "rus",
    "sw": "swa",
    "uk": "ukr",
    "zh": "zho",
}
# letters that a library of Kiwix takes
_DESCRIPTION = 80
_PICTURE = "illustration.png"


def write_zim(site: Path, language: str, to: Path) -> None:
    """Write the whole course in one language into a file for Kiwix, whole or not at all.

    Nothing that a reader does is kept: all readers of one Kiwix share one store.

    Raises
    ------
    ZimError
        If the program that writes it is missing or refuses the pages, or if nobody said yet how
        Kiwix names the language.
    """
    program = find_program()
    staged = stage(site, "course", language, keeps="nothing")
    files = {**staged.files, _PICTURE: _picture()}
    write_whole(to, zim(program, files, _about(staged), release_day(site)))


def _picture() -> bytes:
    picture = BytesIO()
    icon(48, 0.76).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _about(staged: Staged) -> dict[str, str]:
    """Return what a library of Kiwix says of the file."""
    code = without_region(staged.language)
    if code not in CODES:
        raise ZimError(
            f"Kiwix names languages by ISO 639-3: add that name of {shown(code)} to CODES in "
            f"{__file__}."
        )
    description = description_of(staged.files[staged.start]) or staged.title
    authors = metadata("fourps")["Author"]
    return {
        "welcome": staged.start,
        "illustration": _PICTURE,
        "language": CODES[code],
        "name": f"four-ps_{code}_all",
        "title": staged.title,
        "description": textwrap.shorten(
            description, _DESCRIPTION, placeholder=" …", break_on_hyphens=False
        ),
        "longDescription": description,
        "creator": authors,
        "publisher": authors,
        "tags": "_category:other;_pictures:yes;_videos:no",
        "scraper": f"fourps {version()}",
    }
