"""The command ``fourps``."""

from __future__ import annotations

import typer

from fourps.cli.book import app as book
from fourps.cli.check import check

app = typer.Typer(
    help="Four Ps: an open course on counter-trafficking in humanitarian action.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(check)
app.add_typer(book, name="book")
