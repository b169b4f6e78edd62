"""``fourps grade extend``: what is done for one learner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.common import fail, out, printable
from fourps.cli.grade_options import MISSING, Course


def grade_extend(
    learner: Annotated[str, typer.Argument(help="The id in the gradebook.")],
    assignment: Annotated[str, typer.Argument(help="Which assignment.")],
    *,
    days: Annotated[
        float,
        typer.Option(min=0, max=3650, help="Counted from the due date; 0 takes it away."),
    ],
    course: Course = Path("autograder"),
) -> None:
    """Give a learner more time. Example: fourps grade extend ada protection --days 2.

    Before or after the hand-in. The next run works out again what lateness takes off.
    """
    try:
        from fourps.grading.extend import ExtendError, extend
        from fourps.grading.marks import NoGradebookError, UnknownAssignmentError
        from fourps.grading.run.lock import CourseInUseError
        from fourps.grading.settings import NoCourseError
    except ImportError as error:
        raise fail(MISSING.format(error)) from error
    try:
        said = extend(course, learner, assignment, days)
    except (
        ExtendError,
        NoGradebookError,
        UnknownAssignmentError,
        CourseInUseError,
        NoCourseError,
        OSError,
    ) as error:
        raise fail(error) from error
    out.print(printable(said), markup=False, highlight=False)
