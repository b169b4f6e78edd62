"""The dossier for whoever decides about the course, as a Word file with lines to fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nbseal.base.whole_files import write_whole

from fourps.book.after.release.office import word
from fourps.book.after.release.pack import translated
from fourps.course.day_text import day_text

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "adopting"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CHECKED = re.compile(r"\{checked\}`([^`]*)`")


def write(course: Path, site: Path, folder: Path, language: str) -> None:  # noqa: ARG001
    """Write it into the folder of its language; a course without the page has none."""
    if (course / "book" / f"{PAGE}.md").is_file():
        _, text = translated(course, PAGE, language)
        text = _CHECKED.sub(lambda day: day_text(day[1], language), _FRONT_MATTER.sub("", text))
        write_whole(folder / f"{PAGE}.docx", word(text, language))
