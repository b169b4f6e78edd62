"""``fourps grade``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.grade_certificate import grade_key, grade_record, grade_revoke, grade_verify
from fourps.cli.grade_export import grade_export, grade_feedback
from fourps.cli.grade_learners import grade_extend, grade_remove
from fourps.cli.grade_options import Course, Root, Zone
from fourps.cli.grade_report import grade_close, grade_report
from fourps.cli.grade_run import grade_run
from fourps.cli.grade_who import grade_who
from fourps.cli.printing import counted, errors, fail, say
from fourps.cli.printing import course as find_course

app = typer.Typer(help="Release, collect and grade exercises with nbgrader.", no_args_is_help=True)
app.command("run")(grade_run)
app.command("close")(grade_close)
app.command("extend")(grade_extend)
app.command("export")(grade_export)
app.command("feedback")(grade_feedback)
app.command("key")(grade_key)
app.command("record")(grade_record)
app.command("remove")(grade_remove)
app.command("report")(grade_report)
app.command("revoke")(grade_revoke)
app.command("verify")(grade_verify)
app.command("who")(grade_who)


@app.command("release")
def grade_release(
    modules: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MODULE]...", help="The exercises; by default all."),
    ] = None,
    *,
    due: Annotated[
        str, typer.Option(help='When it is to be handed in, such as "2026-12-01 17:00".')
    ] = "",
    zone: Zone = "",
    course: Course = Path("autograder"),
    root: Root = None,
) -> None:
    """Write the exercises for learners and nbgrader. Example: fourps grade release protection.

    Example: fourps grade release protection --due "2026-12-01 17:00" --zone Europe/Paris
    """
    from fourps.grading import clock
    from fourps.grading.release_exercises import release

    until = clock.read(due, clock.zone(zone)) if due else None
    with errors.status("Releasing ..."):
        done = release(find_course(root), course, modules or [], until)
    for exercise in done:
        points = counted(exercise.points, "point")
        say(f"{exercise.module}: {points}.")
        say(*(f"  {path}" for path in exercise.written))
    if until:
        say(f"To be handed in until {clock.written(until)}.")


@app.command("collect")
def grade_collect(
    source: Annotated[
        Path, typer.Argument(help="A folder, Moodle's zip, a hand-in file or a notebook.")
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
    zone: Zone = "",
    course: Course = Path("autograder"),
    root: Root = None,
) -> None:
    """Take hand-ins into nbgrader's folder. Example: fourps grade collect hand-ins.

    Example: fourps grade collect submissions.zip --worksheet grades.csv. What is wrong with a
    hand-in is said by name, and the others go on.
    """
    from fourps.grading import clock
    from fourps.grading.collect import collect

    with errors.status("Collecting ...") as status:
        collection = collect(
            source,
            course,
            find_course(root),
            assignment=assignment,
            worksheet=worksheet,
            names=names,
            zone=clock.zone(zone),
            progress=lambda number, of: status.update(f"Collecting {number + 1} of {of} ..."),
        )
    say(*collection.remarks, to=errors)
    are = "is" if len(collection.taken) == 1 else "are"
    ready = f"{counted(len(collection.taken), 'hand-in')} {are} ready"
    say(f"{ready}: fourps grade run.")
    if collection.stopped:
        raise fail(collection.stopped)
    if not collection.taken:
        raise fail("Nothing was collected.")
    if collection.left:
        raise fail(f"{collection.left} left out and noted of nobody: mend what is named above.")
