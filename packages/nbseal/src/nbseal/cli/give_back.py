"""``nbseal export``, ``feedback``, ``extend`` and ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nbseal.base.from_outside import shown
from nbseal.base.profile import typed
from nbseal.cli.printing import Course, counted, errors, fail, say

if TYPE_CHECKING:
    from nbseal.remove_learner import Traces

Sheet = Annotated[
    Path | None, typer.Option("--worksheet", help="Moodle's grading worksheet.", show_default=False)
]


def export_command(
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
    course: Course = Path(),
) -> None:
    """Write marks as CSV, or fill them into Moodle's worksheet. Example: nbseal export.

    Example: nbseal export ps1 --worksheet grades.csv --to filled.csv
    """
    from nbseal.base.whole_files import write_whole

    if worksheet and not assignment:
        raise fail(f"Say which exercise the worksheet is for: {typed('export NAME ...')}")
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
    from nbseal.giveback.export import fill, matches_nobody
    from nbseal.gradebook.marks import read_marks
    from nbseal.gradebook.opening import gradebook
    from nbseal.moodle.learners import Learners
    from nbseal.moodle.worksheet import Worksheet

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
    from nbseal.base.spreadsheet import table
    from nbseal.giveback.export import overview
    from nbseal.gradebook.opening import gradebook

    with gradebook(course) as book:
        marks = overview(book, assignment)
    say(*marks.left, to=errors)
    return table(marks.rows), counted(len(marks.rows) - 1, "learner"), len(marks.left)


def feedback_command(
    assignment: Annotated[str, typer.Argument(help="What was marked.")],
    *,
    worksheet: Sheet = None,
    to: Annotated[
        Path | None,
        typer.Option(help="The folder to write into.", show_default="feedback-zips in the course"),
    ] = None,
    rubric_lines: Annotated[
        bool,
        typer.Option("--rubric-lines", help="Quote the rubric although there is no due date."),
    ] = False,
    course: Course = Path(),
) -> None:
    """Make one page for each learner, and a zip of it. Example: nbseal feedback ps1.

    With --worksheet there is also one zip that Moodle takes as feedback files. The rubric's lines
    are on the page once the due date and all extensions are past.
    """
    from nbseal.giveback.feedback_zips import FOLDER, hand_back
    from nbseal.moodle.worksheet import Worksheet

    people = Worksheet(worksheet).people if worksheet else []
    with errors.status("Making feedback ..."):
        done = hand_back(
            course, assignment, to or course / FOLDER, people, rubric_lines=rubric_lines
        )
    say(*done.left, to=errors)
    say(*map(str, done.written))
    if done.stopped:
        raise fail(done.stopped)
    if done.failed:
        raise fail(f"No feedback could be made for {len(done.failed)}; the others have theirs.")
    if not done.written:
        raise fail("There is no feedback to give yet.")


def extend_command(
    learner: Annotated[str, typer.Argument(help="The id in the gradebook.")],
    assignment: Annotated[str, typer.Argument(help="Which assignment.")],
    *,
    days: Annotated[
        float, typer.Option(min=0, max=3650, help="Counted from the due date; 0 takes it away.")
    ],
    course: Course = Path(),
) -> None:
    """Give a learner more time. Example: nbseal extend ada ps1 --days 2.

    Before or after the hand-in. The next run works out again what lateness takes off.
    """
    from nbseal.gradebook.lateness import extend

    say(extend(course, learner, assignment, days))


def remove_command(
    learner: Annotated[str, typer.Argument(help="The id in the gradebook.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    course: Course = Path(),
) -> None:
    """Take a learner out, with hand-ins, marks and feedback. Example: nbseal remove ada.

    Shows what there is, and asks. If it was stopped, do it again.
    """
    from nbseal.remove_learner import remove

    def agree(traces: Traces) -> bool:
        say(*traces.said)
        return yes or typer.confirm(f"Remove all of this, for good, of {shown(learner)}?")

    if not remove(course, learner, agree):
        raise fail("Nothing was removed.")
    say(
        "Removed. Copies of the gradebook in backups/ still have it, and so has whoever was given "
        "something."
    )
