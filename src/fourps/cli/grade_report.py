"""``fourps grade report`` and ``fourps grade close``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import Root, find_course
from nbseal.cli.printing import Course, counted, errors, fail, say

if TYPE_CHECKING:
    from collections.abc import Mapping


Records = Annotated[
    list[Path] | None,
    typer.Option(help="A folder of records that came without a hand-in; may be repeated."),
]
Criterion = Annotated[
    float,
    typer.Option(min=0, max=100, help="Per cent of the points that complete an exercise."),
]
Language = Annotated[str, typer.Option(help="The report's language, such as en or fr.")]


def grade_report(
    course: Course = Path("autograder"),
    output: Annotated[
        Path | None,
        typer.Option("--out", help="Where to write; by default the folder report in the course."),
    ] = None,
    records: Records = None,
    *,
    names: Annotated[
        bool, typer.Option("--names", help="Name people. The report is then confidential.")
    ] = False,
    criterion: Criterion = 70,
    language: Language = "en",
    root: Root = None,
) -> None:
    """See where a cohort is, from the gradebook and the records handed in.

    Writes one page, report.html, for you alone. Example: fourps grade report --language fr
    """
    from fourps.report.cohort import cohort
    from fourps.report.html_page import page
    from fourps.report.pseudonyms import pseudonyms
    from nbseal.base.whole_files import write_private

    _known(language)
    now = datetime.now(UTC)
    with errors.status("Reading the gradebook and the records ..."):
        report = cohort(course, find_course(root), records or [], criterion / 100, now)
        ids = [person.id for person in report.people]
        shown = _named(ids, report.names) if names else pseudonyms(course, ids)
    path = (output or course / "report") / "report.html"
    # also under pseudonyms a report says much about people whom others know
    write_private(path, page(report, shown, now.date(), language, named=names).encode())
    say(str(path))
    learners = counted(len(report.people), "learner")
    cues = sum(bool(person.reasons) for person in report.people)
    say(f"{learners}; {cues} may need a word from you.")
    if names:
        say("This report names people: it is confidential.", to=errors, style="bold yellow")
    say(*report.troubles, to=errors)
    if report.troubles:
        raise fail("What is named above is not in the report; all else is.")


def grade_close(
    course: Course = Path("autograder"),
    records: Records = None,
    *,
    criterion: Criterion = 70,
    language: Language = "en",
    root: Root = None,
) -> None:
    """End a cohort: write, once, the page about it that you may pass on.

    It is about ten people or more, with counts rounded to five. Example: fourps grade close
    """
    from fourps.report.cohort import cohort
    from fourps.report.html_page import close

    _known(language)
    now = datetime.now(UTC)
    with errors.status("Reading the gradebook and the records ..."):
        report = cohort(course, find_course(root), records or [], criterion / 100, now)
    say(*report.troubles, to=errors)
    path = close(course, report, now.date(), language)
    say(f"{path}: pass on copies of it, and leave it here.")


def _known(language: str) -> None:
    from fourps.report.words import languages

    if language not in languages():
        raise fail(f"--language: there is no report in '{language}'. Choose of {languages()}.")


def _named(ids: list[str], names: Mapping[str, str]) -> dict[str, str]:
    return {id_: f"{names[id_]} ({id_})" if names.get(id_) else id_ for id_ in ids}
