"""Which course a command reads, and what to install where a library is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.course.files import course_here
from nbseal.cli import printing

_NEEDS = {
    "book": "Building needs the extra 'book'. In the project's folder: "
    "pip install ./packages/nbseal '.[book]' ({})",
    "grade": "Grading needs the extra 'grade'. In the project's folder: "
    "pip install ./packages/nbseal '.[grade]' ({})",
    "learn": "Notebooks need the extra 'learn'. In the project's folder: "
    'pip install ./packages/nbseal ".[learn]" ({})',
}

Folder = Annotated[
    Path | None,
    typer.Argument(help="The folder of the course; by default the one here.", show_default=False),
]
Root = Annotated[
    Path | None,
    typer.Option(help="The folder of the course; by default the one here.", show_default=False),
]
Output = Annotated[
    Path | None, typer.Option(help="Where to build; by default _build in the course.")
]


def find_course(folder: Path | None) -> Path:
    """Return the folder of the course: the one named, the one here, or the installed one."""
    return course_here() if folder is None else folder


class Commands(printing.Commands):
    """The commands of ``fourps``."""

    def lacking(self, command: str) -> str:
        return _NEEDS.get(command, "{}")
