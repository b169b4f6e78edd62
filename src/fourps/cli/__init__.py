"""The command ``fourps``."""

from __future__ import annotations

import typer

from fourps.cli.book import app as book
from fourps.cli.check import check
from fourps.cli.grade import app as grade
from fourps.cli.learn import learn, submit, validate

app = typer.Typer(
    help="Four Ps: an open course on counter-trafficking in humanitarian action.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (learn, validate, submit, check):
    app.command()(command)
app.add_typer(book, name="book")
app.add_typer(grade, name="grade")
