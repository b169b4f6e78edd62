"""``fourps grade``: release, collect, and give marks and feedback back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.grade_certificate import grade_key, grade_record, grade_revoke, grade_verify
from fourps.cli.grade_learners import grade_extend, grade_remove, grade_who
from fourps.cli.grade_report import grade_close, grade_report
from fourps.cli.grade_run import grade_run
from fourps.cli.printing import Course, Root, Zone, counted, errors, fail, find_course, say

Sheet = Annotated[
    Path | None,
    typer.Option("--worksheet", help="Moodle's grading worksheet.", show_default=False),
]


def grade_export(
    assignment: Annotated[
        str, typer.Argument(help="What the worksheet is for; without a worksheet not needed.")
    ] = "",
    *,
    worksheet: Sheet = None,
    comments: Annotated[
        bool, typer.Option("--comments", help="Fill in your comments too.")
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            help="The file to write.",
            show_default="marks.csv in the course; NAME-filled.csv beside a worksheet",
        ),
    ] = None,
    course: Course = Path("autograder"),
) -> None:
    """Write marks as CSV, or fill them into Moodle's worksheet. Example: fourps grade export.

    Example: fourps grade export protection --worksheet grades.csv --to filled.csv
    """
    from nbseal.base.whole_files import write_whole

    if worksheet and not assignment:
        raise fail("Say which exercise the worksheet is for: fourps grade export protection ...")
    if worksheet:
        path = to or worksheet.with_name(f"{worksheet.stem}-filled.csv")
        data, what, failed = _filled(course, assignment, worksheet, comments=comments)
    else:
        path = to or course / "marks.csv"
        data, what, failed = _table(course, assignment)
    write_whole(path, data)
    say(f"{path}: {what}.")
    if failed:
        raise fail(f"No points could be read for {failed}, named above; the others have theirs.")


def _filled(
    course: Path, assignment: str, worksheet: Path, *, comments: bool
) -> tuple[bytes, str, int]:
    """Return a filled worksheet, what is in it, and of how many no points could be read."""
    from fourps.grading.giveback.export import fill, matches_nobody
    from fourps.grading.gradebook.marks import read_marks
    from fourps.grading.gradebook.opening import gradebook
    from fourps.grading.moodle.learners import Learners
    from fourps.grading.moodle.worksheet import Worksheet

    with gradebook(course) as book:
        marks = read_marks(book, assignment)
        sheet, learners = Worksheet(worksheet), Learners(course)
        filled = fill(sheet, marks, learners, comments=comments)
        say(*filled.left, to=errors)
        if not filled.known:
            raise fail(matches_nobody(sheet, marks, learners))
    return filled.data, counted(filled.graded, "grade"), len(filled.failed)


def _table(course: Path, assignment: str) -> tuple[bytes, str, int]:
    """Return a table of all learners, as `_filled` does."""
    from nbseal.base.from_outside import table

    from fourps.grading.giveback.export import overview
    from fourps.grading.gradebook.opening import gradebook

    with gradebook(course) as book:
        marks = overview(book, assignment)
    say(*marks.left, to=errors)
    return table(marks.rows), counted(len(marks.rows) - 1, "learner"), len(marks.left)


def grade_feedback(
    assignment: Annotated[str, typer.Argument(help="What was marked.")],
    worksheet: Sheet = None,
    to: Annotated[
        Path | None,
        typer.Option(help="The folder to write into.", show_default="feedback-zips in the course"),
    ] = None,
    course: Course = Path("autograder"),
) -> None:
    """Pack feedback, a zip for each learner. Example: fourps grade feedback protection.

    With --worksheet there is also one zip that Moodle takes as feedback files.
    """
    from fourps.grading.giveback.feedback_zips import FOLDER, hand_back
    from fourps.grading.moodle.worksheet import Worksheet

    people = Worksheet(worksheet).people if worksheet else []
    with errors.status("Making feedback ..."):
        done = hand_back(course, assignment, to or course / FOLDER, people)
    say(*done.left, to=errors)
    say(*map(str, done.written))
    if done.stopped:
        raise fail(done.stopped)
    if done.failed:
        raise fail(f"No feedback could be made for {len(done.failed)}; the others have theirs.")
    if not done.written:
        raise fail("There is no feedback to give yet.")


app = typer.Typer(help="Release, collect and grade exercises with nbgrader.", no_args_is_help=True)
for command in (
    *(grade_run, grade_close, grade_extend, grade_export, grade_feedback),
    *(grade_key, grade_record, grade_remove, grade_report),
    *(grade_revoke, grade_verify, grade_who),
):
    app.command(command.__name__.removeprefix("grade_"))(command)


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
