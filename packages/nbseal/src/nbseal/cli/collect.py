"""``nbseal collect``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nbseal.base.profile import typed
from nbseal.cli.printing import Course, Zone, counted, errors, fail, say


def collect_command(
    source: Annotated[
        Path,
        typer.Argument(
            help="A folder, Moodle's zip, a hand-in file, a notebook, or a platform's export."
        ),
    ],
    *,
    assignment: Annotated[
        str, typer.Option(help="Which assignment it is, where the notebooks do not say it.")
    ] = "",
    worksheet: Annotated[
        Path | None,
        typer.Option(help="Moodle's grading worksheet: times of hand-in.", show_default=False),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Put the worksheet's names into the gradebook.")
    ] = False,
    id_column: Annotated[
        str, typer.Option(help="Of an export: the column that says whose a row is.")
    ] = "",
    zone: Zone = "",
    course: Course = Path(),
    root: Annotated[
        Path | None,
        typer.Option(
            help="The folder of what is taught, to which records in hand-ins belong.",
            show_default="what the course's profile says",
        ),
    ] = None,
) -> None:
    """Take hand-ins into nbgrader's folder. Example: nbseal collect hand-ins.

    Example: nbseal collect submissions.zip --worksheet grades.csv. What is wrong with a
    hand-in is said by name, and the others go on. Of what a platform exports (CSV, JSON) the
    records of practice are taken, for reports.
    """
    from nbseal import clock
    from nbseal.collect import collect
    from nbseal.collect.exports import is_export

    if is_export(source):
        _practice(source, course, root, id_column, worksheet)
        return
    with errors.status("Collecting ...") as status:
        collection = collect(
            source,
            course,
            root,
            assignment=assignment,
            worksheet=worksheet,
            names=names,
            zone=clock.zone(zone),
            progress=lambda number, of: status.update(f"Collecting {number + 1} of {of} ..."),
        )
    say(*collection.remarks, to=errors)
    are = "is" if len(collection.taken) == 1 else "are"
    ready = f"{counted(len(collection.taken), 'hand-in')} {are} ready"
    say(f"{ready}: {typed('run')}.")
    if collection.stopped:
        raise fail(collection.stopped)
    if not collection.taken:
        raise fail("Nothing was collected.")
    if collection.left:
        raise fail(f"{collection.left} left out and noted of nobody: mend what is named above.")


def _practice(
    source: Path, course: Path, root: Path | None, column: str, worksheet: Path | None
) -> None:
    """Take the records of an export, and say what was taken and what not."""
    from nbseal.collect.practice import FILE, collect_practice

    with errors.status("Collecting ..."):
        practice = collect_practice(source, course, root, column=column, worksheet=worksheet)
    say(*practice.collection.remarks, to=errors)
    if practice.collection.stopped:
        raise fail(practice.collection.stopped)
    if not practice.records:
        raise fail("Nothing was taken.")
    learners = counted(len(practice.records), "learner")
    say(f"Records of {learners} are kept in {course / FILE}: they show practice, and no mark.")
    if left := practice.collection.left:
        raise fail(f"{left} left out: look at what is named above, then collect it again.")
