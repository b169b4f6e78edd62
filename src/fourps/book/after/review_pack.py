"""Write a review pack: to print, to write in, and a table to fill in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fourps.book.after.chromium import find_browser, print_page
from fourps.course.error import FourpsError
from fourps.review import answers, reviewers
from fourps.review.material import load
from fourps.review.pack import pack, rows, sources
from fourps.review.statements import statements
from fourps.review.web_page import web_page
from fourps.review.word_file import word_file
from fourps.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Progress = Callable[[str, int, int], None]


class ReviewPackError(FourpsError):
    """No pack was written; the message says what to do."""


class Written(NamedTuple):
    """What was written, and how many statements there are in it."""

    files: list[Path]
    statements: int


def write_pack(
    root: Path,
    name: str,
    folder: Path,
    *,
    modules: Collection[str] = (),
    with_pdf: bool = True,
    progress: Progress = lambda _name, _done, _of: None,
) -> Written:
    """Write what a field is asked: each file whole or not at all, and none if one fails to be made.

    Parameters
    ----------
    root
        The course's folder.
    name
        The field.
    folder
        Where to write; it is made if it is missing.
    modules
        Only what is said in these; by default all.
    with_pdf
        Whether Chromium prints it.
    progress
        Is called with ``Reading`` or ``Writing``, how much is done, and of how much.

    Raises
    ------
    ReviewPackError
        If there is nothing to ask, or the table there has answers already.
    PdfError
        If there is no Chromium.
    """
    known = reviewers.load(root)
    field = known.field(name)
    table = folder / f"{name}.csv"
    if table.is_file() and answers.read(table, known.fields):
        raise ReviewPackError(
            f"{table} has answers: add its rows to {root / answers.FILE}, then move it away."
        )
    browser = find_browser() if with_pdf else ""
    material = load(root, lambda done, of: progress("Reading", done, of))
    if unknown := sorted({*modules} - {*material.outcomes}):
        there = ", ".join(material.outcomes)
        raise ReviewPackError(f"There is no module '{unknown[0]}'. Modules: {there}.")
    asked = pack(name, field, statements(material), modules)
    cited = sources(asked, material)
    made = {
        f"{name}.docx": word_file(asked, cited, lambda done, of: progress("Writing", done, of)),
        table.name: rows(asked),
    }
    if with_pdf:
        with tempfile.TemporaryDirectory(prefix="fourps-review-") as place:
            page = web_page(asked, cited)
            made[f"{name}.pdf"] = print_page(browser, page, Path(place), outline=True)
    for file, data in made.items():
        write_whole(folder / file, data)
    return Written([folder / file for file in made], len(asked.statements))
