"""``fourps check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from fourps.cli.printing import Folder, find_course
from nbseal.cli.printing import errors, fail, out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rich.table import Table

    from fourps.check.course import Report
    from fourps.check.guess import Guesses
    from fourps.check.guess.table import Row

Guess = Annotated[
    bool,
    typer.Option("--guess", help="Only ask how well options can be guessed, and show a table."),
]
Language = Annotated[
    str, typer.Option(help="Look at the translation into a language, such as fr, instead.")
]

Page = Annotated[
    list[str] | None,
    typer.Option(
        help="With --language: say what is to be mended on this page, such as book/how, or on the "
        "pages in a folder, and nothing else. May be repeated.",
        show_default=False,
    ),
]

Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help="Print statistics too: what scenarios and quizzes hold, and who guesses best.",
    ),
]

# names in columns as narrow as a terminal could not be read: it breaks lines instead
_wide = Console(width=1000)


def check(
    folder: Folder = None,
    *,
    guess: Guess = False,
    language: Language = "en",
    page: Page = None,
    verbose: Verbose = False,
) -> None:
    """Check every scenario, quiz, page, exercise and citation. Example: fourps check ."""
    root = find_course(folder)
    if page:
        _translation(root, language, page)
        out.print("Nothing to mend.")
        return
    gathered, facts = None, list[str]()
    if not guess and language == "en":
        report = _everything(root, verbose=verbose)
        gathered, facts = report.gathered, report.facts
    elif not guess:
        _translation(root, language)
    from fourps.check.guess import guess as guess_options

    with errors.status("Guessing at the options ..."):
        guesses = guess_options(root, language, gathered)
    _lines(errors, guesses.uneven)
    _lines(errors, guesses.missed)
    _lines(errors, guesses.unseen)
    if guess:
        _show(guesses)
    elif verbose:
        _lines(out, (*facts, *guesses.nearest))
    if guesses.uneven:
        raise fail(f"{len(guesses.uneven)} to mend: options of uneven length.")
    if guesses.missed:
        what = "options can be guessed: fourps check --guess"
        raise fail(f"{len(guesses.missed)} to mend: {what}")
    good = "No habit guesses well." if guesses.unseen else "Nobody guesses well."
    out.print(good if guess else "Nothing to mend.")


def _everything(root: Path, *, verbose: bool) -> Report:
    """Look for everything else first: options are guessed at when all files can be read."""
    from fourps.check import check as find

    report = find(root)
    _lines(errors, report.problems)
    _lines(errors, (f"{warning} (a warning)" for warning in report.warnings))
    if report.problems:
        _lines(out, report.facts if verbose else ())
        raise fail(f"{len(report.problems)} to mend.")
    return report


def _translation(root: Path, language: str, only: Sequence[str] = ()) -> None:
    """Tell what is to be mended; of all pages also what is new, changed or gone in the English."""
    from fourps.translation.gates import check as find

    with errors.status("Looking at the translations ..."):
        findings = find(root, language, only)
    _lines(errors, findings.problems)
    _lines(errors, (f"{warning} (a warning)" for warning in findings.warnings))
    if not only and not findings.unreadable:
        from fourps.book.extract import extract
        from fourps.translation.update import beside_the_book, drift, joined

        with errors.status("Reading the book ..."):
            texts = joined(extract(root, root / "_build"), beside_the_book(root))
        _lines(out, drift(root, language, texts))
    if findings.problems:
        raise fail(f"{len(findings.problems)} to mend.")


def _show(guesses: Guesses) -> None:
    for kind in dict.fromkeys(row.kind for row in guesses.rows):
        _wide.print(_table([row for row in guesses.rows if row.kind == kind]))
    _lines(out, guesses.facts)
    _lines(errors, (f"{option} (a warning)" for option in guesses.betrayed))


def _table(rows: list[Row]) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    columns = ("picks a best option, %", *rows[0].modules, "all", "above", "at most")
    table = Table(*columns, title=rows[0].kind, box=SIMPLE, pad_edge=False, title_justify="left")
    for row in rows:
        bound = ("", "") if row.bound is None else (f"{row.above:+.0f}", str(row.bound))
        modules = (f"{percent:.0f}" for percent in row.modules.values())
        table.add_row(row.guesser, *modules, f"{row.all:.0f}", *bound)
    return table


def _lines(console: Console, lines: Iterable[object]) -> None:
    for line in lines:
        console.print(str(line), markup=False, highlight=False)
