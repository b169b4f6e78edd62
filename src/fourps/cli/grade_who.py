"""``fourps grade who``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nbseal.cli.printing import Course, errors, fail, say

_NOBODY = (
    "Nobody here is called '{}'. Ids that begin with m- were made from e-mail addresses, or from "
    "names on a platform: name Moodle's grading worksheet with --worksheet, or what the platform "
    "exported with --export. Pseudonyms of reports begin with p-."
)


def grade_who(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A report's pseudonym, an id, a name or an e-mail address."
        ),
    ],
    worksheet: Annotated[
        list[Path] | None,
        typer.Option(help="Moodle's grading worksheet, which has names; may be repeated."),
    ] = None,
    export: Annotated[
        list[Path] | None,
        typer.Option(help="What a platform exported, which has its names; may be repeated."),
    ] = None,
    id_column: Annotated[
        str, typer.Option(help="Of an export: the column that says whose a row is.")
    ] = "",
    course: Course = Path("autograder"),
) -> None:
    """Say who a pseudonym is, and what a person is called elsewhere. It identifies a person.

    Example: fourps grade who p-2qfgw; fourps grade who m-39n2b8np3h --worksheet grades.csv
    """
    from fourps.report.pseudonyms import who

    people = who(course, name, worksheet or [], export or [], id_column)
    if not people:
        raise fail(_NOBODY.format(name))
    say("This identifies a person: keep it to yourself.", to=errors, style="bold yellow")
    for person in people:
        parts = {
            "in reports": person.pseudonym or "in none yet",
            "name": person.name or "not known here",
            "e-mail": person.email,
            "also": ", ".join(dict.fromkeys(person.also)),
        }
        lines = (f"  {key}: {value}" for key, value in parts.items() if value)
        say(f"learner {person.learner}", *lines)
