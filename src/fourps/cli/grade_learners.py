"""``fourps grade extend`` and ``remove``: what is done for one learner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.grade_options import Course
from fourps.cli.printing import fail, say
from fourps.from_outside import shown

if TYPE_CHECKING:
    from fourps.grading.remove_learner import Traces


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
    from fourps.grading.gradebook.lateness import extend

    said = extend(course, learner, assignment, days)
    say(said)


def grade_remove(
    learner: Annotated[str, typer.Argument(help="The id in the gradebook.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    course: Course = Path("autograder"),
) -> None:
    """Take a learner out, with hand-ins, marks and feedback. Example: fourps grade remove ada.

    Shows what there is, and asks. If it was stopped, do it again.
    """
    from fourps.grading.remove_learner import remove

    def agree(traces: Traces) -> bool:
        say(*traces.said)
        return yes or typer.confirm(f"Remove all of this, for good, of {shown(learner)}?")

    if not remove(course, learner, agree):
        raise fail("Nothing was removed.")
    say(
        "Removed. Copies of the gradebook in backups/ still have it, and so has whoever was given "
        "something."
    )
