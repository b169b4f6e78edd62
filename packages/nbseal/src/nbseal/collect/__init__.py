"""Collect hand-ins: hand-in files, Moodle's zip, folders, zips and single notebooks.

`collect` takes them into nbgrader's folder, one learner's trouble never stopping the others. It
opens what was handed in (`uploads`) and has each file taken (`intake`): whose it is (`owners`),
which notebook, with all its cells (`released_notebooks`), and which version counts (`submissions`).
What is said of the rest (`remarks`), who is to be in the gradebook (`enrolled_students`) and why
there is nothing of somebody (`refusals`) is kept by the way.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.profile import profile
from nbseal.collect.intake import Intake
from nbseal.collect.owners import Owners
from nbseal.collect.released_notebooks import ReleasedNotebooks
from nbseal.collect.submissions import find
from nbseal.collect.uploads import ArchiveError, Uploads, opened
from nbseal.gradebook.settings import NoCourseError, settings
from nbseal.moodle.file_names import place
from nbseal.moodle.learners import KEY_FILE
from nbseal.moodle.worksheet import Worksheet, WorksheetError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from nbgrader.coursedir import CourseDirectory

    from nbseal.collect.remarks import Collection
    from nbseal.moodle.learners import Participant

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


class CollectError(UserError):
    """Nothing can be collected at all; the message says what to do."""


def collect(
    source: Path,
    course: Path,
    root: Path | None = None,
    *,
    assignment: str = "",
    worksheet: Path | None = None,
    names: bool = False,
    zone: tzinfo | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Collection:
    """Take hand-ins into ``submitted/<learner>/<assignment>/``.

    The newest of several versions is taken, and told with what is wrong with the rest.

    Parameters
    ----------
    source
        What was handed in, from anybody: a folder, Moodle's zip with all submissions or another
        zip, one hand-in file, or one notebook. In a folder and a zip lie hand-in files (zip or
        text), notebooks, and folders named after learners, with anything below them.
    course
        nbgrader's folder, in which exercises were released.
    root
        The folder that records in hand-ins belong to; by default the one that the profile knows.
    assignment
        Which assignment this is; needed for courses whose notebooks do not say it.
    worksheet
        Moodle's grading worksheet, which says when each learner handed in.
    names
        Whether names and e-mail addresses of the worksheet go into the gradebook.
    zone
        Where the clocks of Moodle and of zip files are; by default this computer's.
    progress
        Called with the number of files done and how many there are.

    Raises
    ------
    CollectError
        If nothing can be read, the folder is no course, or no exercise was released in it.
    """
    if not source.exists():
        raise CollectError(f"There is no folder or file {source}.")
    try:
        folders = settings(course)
        released = _released(folders, course, assignment)
        sheet = Worksheet(worksheet, zone) if worksheet else None
        with opened(source, zone) as uploads:
            remarks = _of_moodle(source, uploads, folders, released, sheet)
            people = sheet.people if sheet else []
            intake = Intake(folders, root, released, Owners(course, people))
            intake.collection.remarks += remarks
            for person in people:
                _enrol(intake, person, names=names)
            intake.take(uploads, progress)
    except (NoCourseError, WorksheetError, ArchiveError) as error:
        raise CollectError(str(error)) from error
    if not intake.collection.stopped:
        intake.students.enter()
    return intake.collection


def _released(folders: CourseDirectory, course: Path, assignment: str) -> ReleasedNotebooks:
    released = ReleasedNotebooks(folders, assignment)
    if not released.notebooks:
        folder = Path(folders.format_path(folders.release_directory, ".", "*"))
        raise CollectError(
            f"No exercise was released in {course}: there is no notebook in {folder}. Run: "
            f"{profile().release.format(course=course)}"
        )
    if assignment and assignment not in released.notebooks:
        raise CollectError(
            f"'{assignment}' was not released in {course}; these were: "
            f"{', '.join(released.notebooks)}."
        )
    return released


def _enrol(intake: Intake, person: Participant, *, names: bool) -> None:
    learner = intake.owners.learner(person)
    intake.refusals.known_by_number(person.number, learner)
    intake.students.add(learner, *((person.name, person.email) if names else ()))
    if person.remark:
        intake.collection.say(f"{learner}: {person.remark}.")


def _of_moodle(
    source: Path,
    uploads: Uploads,
    course: CourseDirectory,
    released: ReleasedNotebooks,
    worksheet: Worksheet | None,
) -> list[str]:
    """Return what is to be said of Moodle's worksheet, or of its absence.

    Raises
    ------
    CollectError
        If there is none and learners have ids from one, or it is another assignment's.
    """
    paths = [upload.parts for upload in uploads.files] + [parts for parts, _ in uploads.refused]
    numbers = {name.participant for parts in paths if (name := place(parts))}
    if worksheet:
        return [*worksheet.shared, *_unknown(worksheet, numbers)]
    if not numbers:
        return []
    # exports make the key too, and so it alone says nothing
    learners = {work.student for name in released.notebooks for work in find(course, name)}
    by_number = all(re.fullmatch(r"p[0-9]+", learner) for learner in learners)
    if (Path(course.root) / KEY_FILE).exists() and not by_number:
        raise CollectError(_NEEDED.format(source))
    return [_WITHOUT.format(source)]


def _unknown(worksheet: Worksheet, numbers: set[str]) -> list[str]:
    unknown = sorted(numbers - {person.number for person in worksheet.people}, key=int)
    if not unknown:
        return []
    if len(unknown) == len(numbers):
        raise CollectError(
            f"{worksheet.path}: nobody who handed in is in it, so it is the worksheet of another "
            "assignment. Download the one of this assignment."
        )
    remark = (
        f"{worksheet.path}: of those who handed in, these participants are not in it, and get "
        f"Moodle's number as id and no time: {', '.join(unknown)}. Download it again."
    )
    return [remark]
