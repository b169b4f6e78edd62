"""``fourps grade export`` and ``feedback``: give marks and feedback back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.grade_options import Course
from fourps.cli.printing import counted, errors, fail, say

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
        made = overview(book, assignment)
    say(*made.left, to=errors)
    return table(made.rows), counted(len(made.rows) - 1, "learner"), len(made.left)


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
