"""How commands print and fail, and the options that they share."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from nbseal.base.errors import UserError, refusal
from nbseal.base.from_outside import line
from nbseal.base.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, ProgressColumn

out = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)


def fail(message: object) -> typer.Exit:
    """Print a message as an error and return what to raise."""
    text = refusal(message) if isinstance(message, OSError) else str(message)
    say(*text.splitlines(), to=errors, style="bold red")
    return typer.Exit(1)


def say(*lines: str, to: Console = out, style: str | None = None, most: int | None = None) -> None:
    """Print lines that may hold what came from outside, whatever that is.

    Each stays one line, steers no terminal and is cut; whatever the output can not write is
    replaced.

    Parameters
    ----------
    lines
        Without ends.
    to, style
        Where and how.
    most
        How many are printed; of the rest the number is.
    """
    for text in lines[:most]:
        to.print(line(text), style=style, markup=False, highlight=False)
    if most is not None and len(lines) > most:
        to.print(f"  ... and {len(lines) - most} more.", style=style, highlight=False)


def bar(*columns: ProgressColumn) -> Progress:
    """Return a bar of progress, which is seen only in a terminal."""
    from rich.progress import Progress

    return Progress(*columns, console=errors, disable=not errors.is_terminal)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name what cannot be written, where the system names a part of it or nothing."""
    try:
        yield
    except OSError as error:
        raise fail(refusal(error, path)) from error


class Commands(TyperGroup):
    """Commands that raise what stops them: this is the one place that prints it."""

    needs = "Grading needs nbseal's extra 'grade': its README says how to install it ({})"
    """What to install where a library is missing."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        for stream in (sys.stdout, sys.stderr):
            # a name has letters that the code page of a terminal or file may lack
            if isinstance(stream, io.TextIOWrapper):
                # of some it cannot be changed
                with suppress(OSError):
                    stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except ImportError as error:
            raise fail(self.lacking(ctx.invoked_subcommand).format(error)) from error
        except (UserError, OSError) as error:
            raise fail(error) from error

    def lacking(self, command: str) -> str:
        """Return what to install for a command; {} has the library that is missing."""
        del command
        return self.needs


def counted(number: float, what: str) -> str:
    """Return a number with the name of what it counts.

    Examples
    --------
    >>> counted(1, "hand-in"), counted(0, "hand-in"), counted(2.5, "point")
    ('1 hand-in', '0 hand-ins', '2.5 points')
    """
    figure = f"{number:g}" if isinstance(number, float) else number
    return f"{figure} {what}{'s' * (number != 1)}"


def _folder(context: typer.Context, option: typer.CallbackParam, folder: Path) -> Path:
    """Return the folder named or, where none is, the one here if nbgrader has a course in it."""
    source = context.get_parameter_source(str(option.name))
    # by name: some releases of Typer have a copy of Click's class
    if source is not None and source.name != "DEFAULT":
        return folder
    return Path() if Path("nbgrader_config.py").is_file() else profile().folder


Course = Annotated[
    Path,
    typer.Option(
        "--course",
        callback=_folder,
        help="nbgrader's folder, with nbgrader_config.py.",
        show_default="the one here, else the course's",
    ),
]
Zone = Annotated[
    str, typer.Option(help="Time zone, such as Europe/Paris; by default this computer's.")
]
