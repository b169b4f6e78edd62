"""``fourps grade``: the grader's commands with this course's profile, and the course's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.grade_certificate import grade_key, grade_record, grade_revoke, grade_verify
from fourps.cli.grade_report import grade_close, grade_report
from fourps.cli.grade_who import grade_who
from fourps.cli.printing import Root, find_course
from nbseal.base.profile import use
from nbseal.cli import add_commands
from nbseal.cli.printing import Course, Zone, counted, errors, say

PROFILE = "fourps.grading.profile:profile"

app = typer.Typer(help="Release, collect and grade exercises with nbgrader.", no_args_is_help=True)
for command in (
    *(grade_close, grade_key, grade_record, grade_report),
    *(grade_revoke, grade_verify, grade_who),
):
    app.command(command.__name__.removeprefix("grade_"))(command)
add_commands(app, "fourps grade", "protection")


@app.callback()
def grade() -> None:
    """Release, collect and grade exercises with nbgrader."""
    use(PROFILE)


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
    from fourps.grading.release_exercises import release
    from nbseal import clock

    until = clock.read(due, clock.zone(zone)) if due else None
    with errors.status("Releasing ..."):
        done = release(find_course(root), course, modules or [], until)
    for exercise in done:
        points = counted(exercise.points, "point")
        say(f"{exercise.module}: {points}.")
        say(*(f"  {path}" for path in exercise.written))
    if until:
        say(f"To be handed in until {clock.written(until)}.")
