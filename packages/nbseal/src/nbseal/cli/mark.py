"""``nbseal mark``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nbseal.base.from_outside import several
from nbseal.cli.printing import Course, counted, fail, say

if TYPE_CHECKING:
    from nbseal.mark.desk import Desk
    from nbseal.mark.view import Options

_LONGEST = 128
Marker = Annotated[str, typer.Option(help="What you are called; a second marker has another name.")]
Names = Annotated[bool, typer.Option("--names", help="Show ids.")]
Language = Annotated[str, typer.Option(help="Of the page, such as fr.")]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="Of the page.", show_default="any that is free")
]
Copy = Annotated[
    Path | None,
    typer.Option(
        "--copy", help="A second marker's copy of gradebook.db, to take over.", show_default=False
    ),
]
Saved = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="Take in marks that the desk of a folder saved as a file, and open nothing.",
        show_default=False,
    ),
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")]


def mark_command(
    assignment: Annotated[str, typer.Argument(help="What was graded.")],
    cell: Annotated[str, typer.Argument(help="The cell of a written task; NOTEBOOK/CELL too.")],
    *,
    marker: Marker = "first",
    names: Names = False,
    language: Language = "en",
    copy: Copy = None,
    port: Port = 0,
    browser: Browser = True,
    saved: Saved = None,
    course: Course = Path(),
) -> None:
    """Mark one written task of all learners in a browser. Example: nbseal mark ps1 task-10.

    The page is for this computer alone. It shows no ids, and says its keys where ? is pressed.
    Ctrl+C ends it. A second marker adds --marker second.
    """
    from nbseal.mark import opened
    from nbseal.mark.server import run
    from nbseal.mark.view import Options

    if not 0 < len(marker) <= _LONGEST or not marker.isprintable():
        raise fail(f"A marker's name has 1 to {_LONGEST} letters, such as second.")
    if saved:
        _take(course, assignment, cell, saved, Options(marker, language, names))
        return
    with opened(course, assignment, cell, Options(marker, language, names), say) as desk:
        if copy:
            say(f"Taken over from {copy}: {counted(desk.take_over(copy), 'decision')}.")
        run(desk, _address, port, browser=browser)
        _summary(desk)


def _take(course: Path, assignment: str, cell: str, saved: Path, options: Options) -> None:
    from nbseal.mark import opened
    from nbseal.mark.saved import read, take

    refused = 0
    for marker, marks in read(saved, assignment, cell, options.marker).items():
        with opened(course, assignment, cell, replace(options, marker=marker), say) as desk:
            taken = take(desk, marks)
        refused += len(taken.refused)
        say(f"Marker {marker}: {counted(taken.marks, 'mark')} taken, {taken.there} there before.")
        say(*(f"  {line}" for line in taken.refused))
    if refused:
        raise fail(f"{counted(refused, 'mark')} not taken: look at what is named above.")


def _address(address: str) -> None:
    say(f"Mark here, on this computer: {address}", "Ctrl+C ends it.")


def _summary(desk: Desk) -> None:
    if stopped := desk.stopped():
        say(
            f"Somebody stopped at a text of: {several(stopped, 20)}. Speak with each in private, "
            "and give another task; enter its points in the formgrader."
        )
