"""What every command shares: where it prints, how it fails, which course it reads."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from fourps.course.error import FourpsError
from fourps.course.files import content_root
from fourps.disk import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

out = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)
# French has them before some signs
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_NEEDS = {
    "book": "Building needs the extra 'book'. In the project's folder: pip install '.[book]' ({})",
    "grade": "Grading needs the extra 'facilitator'. In the project's folder: "
    "pip install '.[facilitator]' ({})",
}

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


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name what cannot be written, where the system names a part of it or nothing."""
    try:
        yield
    except OSError as error:
        raise fail(refusal(error, path)) from error


class Commands(TyperGroup):
    """Commands that raise what stops them: this is the one place that prints it."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ImportError as error:
            raise fail(_NEEDS.get(ctx.invoked_subcommand, "{}").format(error)) from error
        except (FourpsError, OSError) as error:
            raise fail(error) from error


def counted(number: float, what: str) -> str:
    """Return a number with the name of what it counts.

    Examples
    --------
    >>> counted(1, "hand-in"), counted(0, "hand-in"), counted(2.5, "point")
    ('1 hand-in', '0 hand-ins', '2.5 points')
    """
    said = f"{number:g}" if isinstance(number, float) else number
    return f"{said} {what}{'s' * (number != 1)}"


def printable(text: str) -> str:
    r"""Return a text in which a learner's name can neither break the line nor steer the terminal.

    Examples
    --------
    >>> printable("Ada\x1b[2J\N{NO-BREAK SPACE}!").replace("\N{NO-BREAK SPACE}", "_")
    'Ada?[2J_!'
    """
    return "".join(sign if sign.isprintable() or sign in _SPACES else "?" for sign in text)
