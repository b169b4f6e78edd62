"""What every command shares: where it prints, how it fails, which course it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourps.course.files import content_root
from fourps.disk import refusal

out = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)

Folder = Annotated[
    Path | None,
    typer.Argument(help="The folder of the course; by default the one here.", show_default=False),
]


def course(folder: Path | None) -> Path:
    """Return the folder of the course: the one named, the one here, or the installed one."""
    if folder is None:
        folder = Path() if Path("_toc.yml").is_file() else content_root()
    return folder


def fail(message: object) -> typer.Exit:
    """Print a message as an error and return what to raise."""
    said = refusal(message) if isinstance(message, OSError) else str(message)
    lines = "\n".join(map(printable, said.splitlines()))
    errors.print(lines, style="bold red", markup=False, highlight=False)
    return typer.Exit(1)


def counted(number: float, one: str) -> str:
    """Return a number with the name of what it counts.

    Examples
    --------
    >>> counted(1, "hand-in"), counted(0, "hand-in"), counted(2.5, "point")
    ('1 hand-in', '0 hand-ins', '2.5 points')
    """
    said = f"{number:g}" if isinstance(number, float) else number
    return f"{said} {one}{'s' * (number != 1)}"


def printable(text: str) -> str:
    """Return a text in which a learner's name can neither break the line nor steer the terminal."""
    return "".join(one if one.isprintable() else "?" for one in text)
