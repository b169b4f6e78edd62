"""The command ``fourps``."""

from __future__ import annotations

from typing import Annotated

import typer

from fourps.cli.book import app as book
from fourps.cli.check import check
from fourps.cli.grade import app as grade
from fourps.cli.learn import learn, submit, validate
from fourps.cli.mark import mark
from fourps.cli.printing import Commands
from nbseal.cli.printing import out

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - an option's callback is called so
    if wanted:
        from importlib.metadata import version

        out.print(version("fourps"), highlight=False)
        raise typer.Exit


@app.callback()
def main(
    *,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say which release it is."
        ),
    ] = False,
) -> None:
    """Four Ps: an open course on counter-trafficking in humanitarian action."""


for command in (learn, validate, submit, mark, check):
    app.command()(command)
app.add_typer(book, name="book")
app.add_typer(grade, name="grade")
