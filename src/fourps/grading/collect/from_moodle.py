"""Whether what comes from Moodle has its worksheet with it, and the right one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.course.error import FourpsError
from fourps.grading.collect.submissions import find
from fourps.grading.moodle.learners import KEY_FILE
from fourps.grading.moodle.names import place

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from fourps.grading.collect.matching import ReleasedNotebooks
    from fourps.grading.collect.offered import Offered
    from fourps.grading.moodle.worksheet import Worksheet

_NEEDED = (
    "{}: this is from Moodle, and this course was collected with Moodle's worksheet before. "
    "Without it everybody would be in the gradebook a second time under another id, and nobody "
    "late. Download the grading worksheet of this assignment, and add: --worksheet grades.csv"
)
_WITHOUT = (
    "{}: this is from Moodle, and no worksheet was given. So nobody is late, and ids are Moodle's "
    "numbers, which differ from one assignment to the next. To have both right, take these ids "
    "out again (for p123, delete its folder in submitted, then nbgrader db student remove p123) "
    "and collect again with: --worksheet grades.csv"
)


class WorksheetNeededError(FourpsError):
    """Hand-ins from Moodle cannot be collected without their worksheet; the message says why."""


def moodle_remarks(
    source: Path,
    offered: Offered,
    course: CourseDirectory,
    released: ReleasedNotebooks,
    worksheet: Worksheet | None,
) -> list[str]:
    """Return what is to be said of the worksheet, or of its absence.

    Parameters
    ----------
    source
        What was handed in.
    offered
        What is in it.
    course
        nbgrader's description of the course's folders.
    released
        What was released there.
    worksheet
        Moodle's, if there is one.

    Raises
    ------
    WorksheetNeededError
        If there is none and learners have ids from one, or it is another assignment's.
    """
    paths = [offer.parts for offer in offered.offers] + [parts for parts, _ in offered.refused]
    numbers = {found.participant for parts in paths if (found := place(parts))}
    if worksheet:
        return [*worksheet.shared, *_unknown(worksheet, numbers)]
    if not numbers:
        return []
    # exports make the key too, and so it alone says nothing
    learners = {work.student for name in released.notebooks for work in find(course, name)}
    by_number = all(re.fullmatch(r"p[0-9]+", learner) for learner in learners)
    if (Path(course.root) / KEY_FILE).exists() and not by_number:
        raise WorksheetNeededError(_NEEDED.format(source))
    return [_WITHOUT.format(source)]


def _unknown(worksheet: Worksheet, numbers: set[str]) -> list[str]:
    unknown = sorted(numbers - {person.number for person in worksheet.people}, key=int)
    if not unknown:
        return []
    if len(unknown) == len(numbers):
        raise WorksheetNeededError(
            f"{worksheet.path}: nobody who handed in is in it, so it is the worksheet of another "
            "assignment. Download the one of this assignment."
        )
    said = (
        f"{worksheet.path}: of those who handed in, these participants are not in it, and get "
        f"Moodle's number as id and no time: {', '.join(unknown)}. Download it again."
    )
    return [said]
