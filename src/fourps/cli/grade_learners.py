"""``fourps grade extend``, ``remove`` and ``who``: what is done for one learner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from nbseal.base.from_outside import shown

from fourps.cli.printing import Course, errors, fail, say

if TYPE_CHECKING:
    from fourps.grading.remove_learner import Traces
    from fourps.report.pseudonyms import Identity

_NOBODY = (
    "Nobody here is called '{}'. Ids that begin with m- were made from e-mail addresses: name "
    "Moodle's grading worksheet with --worksheet. Pseudonyms of reports begin with p-."
)


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

    sentence = extend(course, learner, assignment, days)
    say(sentence)


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
    course: Course = Path("autograder"),
) -> None:
    """Say who a pseudonym is, and what a person is called elsewhere. It identifies a person.

    Example: fourps grade who p-2qfgw; fourps grade who m-39n2b8np3h --worksheet grades.csv
    """
    from fourps.report.pseudonyms import who

    people = who(course, name, worksheet or [])
    if not people:
        raise fail(_NOBODY.format(name))
    say("This identifies a person: keep it to yourself.", to=errors, style="bold yellow")
    for person in people:
        say(*_said(person))


def _said(person: Identity) -> list[str]:
    parts = {
        "in reports": person.pseudonym or "in none yet",
        "name": person.name or "not known here",
        "e-mail": person.email,
        "also": ", ".join(dict.fromkeys(person.also)),
    }
    lines = [f"  {key}: {value}" for key, value in parts.items() if value]
    return [f"learner {person.learner}", *lines]
