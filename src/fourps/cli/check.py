"""``fourps check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import Folder, course, errors, fail, out

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from fourps.check.guess import Guesses

Guess = Annotated[
    bool, typer.Option("--guess", help="Only ask how well options can be guessed by their wording.")
]
Language = Annotated[str, typer.Option(help="The language of the options that are guessed at.")]


def check(folder: Folder = None, *, guess: Guess = False, language: Language = "en") -> None:
    """Check every scenario, quiz, page, exercise and citation. Example: fourps check ."""
    from fourps.check import check as find

    if guess:
        _guess(course(folder), language)
        return
    report = find(course(folder))
    for fact in report.facts:
        out.print(fact, markup=False, highlight=False)
    for warning in report.warnings:
        errors.print(f"{warning} (a warning)", markup=False, highlight=False)
    for problem in report.problems:
        errors.print(str(problem), markup=False, highlight=False)
    if report.problems:
        raise fail(f"{len(report.problems)} to mend.")
    out.print("Nothing to mend.")


def _guess(root: Path, language: str) -> None:
    from fourps.check.guess import guess

    guesses = guess(root, language)
    for kind in dict.fromkeys(row.kind for row in guesses.rows):
        out.print(_table(kind, guesses))
    for fact in guesses.facts:
        out.print(fact, markup=False, highlight=False)
    for option in guesses.betrayed:
        errors.print(f"{option} (a warning)", markup=False, highlight=False)
    for missed in guesses.missed:
        errors.print(missed, markup=False, highlight=False)
    if guesses.missed:
        raise fail("Options can be guessed.")
    out.print("Nobody guesses well.")


def _table(kind: str, guesses: Guesses) -> Table:
    from rich.table import Table

    rows = [row for row in guesses.rows if row.kind == kind]
    table = Table("picks a best option, %", *rows[0].modules, "all", "above", "at most", title=kind)
    for row in rows:
        bound = "" if row.bound is None else str(row.bound)
        above = "" if row.bound is None else f"{row.above:+.0f}"
        modules = (f"{percent:.0f}" for percent in row.modules.values())
        table.add_row(row.guesser, *modules, f"{row.all:.0f}", above, bound)
    return table
