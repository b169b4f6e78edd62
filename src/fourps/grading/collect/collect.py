"""Collect hand-ins into nbgrader's folder, one learner's trouble never stopping the others."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.course.error import FourpsError
from fourps.from_outside import shown
from fourps.grading.collect.collector import Collector
from fourps.grading.collect.from_moodle import WorksheetNeededError, moodle_remarks
from fourps.grading.collect.matching import ReleasedNotebooks
from fourps.grading.collect.offered import ArchiveError, Offer, Offered, in_folder, in_zip, of_file
from fourps.grading.collect.owners import Owners
from fourps.grading.gradebook.settings import NoCourseError, settings
from fourps.grading.moodle.names import place
from fourps.grading.moodle.worksheet import Worksheet, WorksheetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from nbgrader.coursedir import CourseDirectory

    from fourps.grading.collect.collection import Collection
    from fourps.grading.moodle.learners import Participant


class CollectError(FourpsError):
    """Nothing can be collected at all; the message says what to do."""


def collect(
    source: Path,
    course: Path,
    root: Path,
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
        zip, one hand-in file, or one notebook. In a folder and a zip lie hand-in files (zip),
        notebooks, and folders named after learners, with anything below them.
    course
        nbgrader's folder, in which exercises were released.
    root
        The folder of the course, whose scenarios and quizzes the records are checked against.
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
        with _offered(source, zone) as offered:
            said = moodle_remarks(source, offered, folders, released, sheet)
            run = Collector(folders, root, released, Owners(course, sheet.people if sheet else []))
            for line in said:
                run.collection.say(line)
            for person in sheet.people if sheet else []:
                _enrol(run, person, names=names)
            run.take(offered, progress)
    except (NoCourseError, WorksheetError, ArchiveError, WorksheetNeededError) as error:
        raise CollectError(str(error)) from error
    if not run.collection.stopped:
        run.students.enter()
    return run.collection


def _released(folders: CourseDirectory, course: Path, assignment: str) -> ReleasedNotebooks:
    released = ReleasedNotebooks(folders, assignment)
    if not released.notebooks:
        folder = Path(folders.format_path(folders.release_directory, ".", "*"))
        raise CollectError(
            f"No exercise was released in {course}: there is no notebook in {folder}. Run: "
            f"fourps grade release --course {course}"
        )
    if assignment and assignment not in released.notebooks:
        raise CollectError(
            f"'{assignment}' was not released in {course}; these were: "
            f"{', '.join(released.notebooks)}."
        )
    return released


def _enrol(run: Collector, person: Participant, *, names: bool) -> None:
    learner = run.owners.learner(person)
    run.refusals.known_by_number(person.number, learner)
    run.students.add(learner, *((person.name, person.email) if names else ()))
    if person.remark:
        run.collection.say(f"{learner}: {person.remark}.")


@contextmanager
def _offered(source: Path, zone: tzinfo | None) -> Iterator[Offered]:
    if source.is_dir():
        yield in_folder(source)
        return
    if source.suffix.lower() == ".zip":
        with in_zip(source, shown(source.name), zone) as offered:
            if not offered.is_handin:
                yield _unwrapped(offered)
                return
    yield Offered([of_file(source)])


def _unwrapped(offered: Offered) -> Offered:
    """Leave out a folder that holds all the rest, as a zip of a folder has it."""
    first = {offer.parts[0] for offer in offered.offers}
    deep = all(len(offer.parts) > 1 for offer in offered.offers)
    if len(first) != 1 or not deep or len(offered.offers) == 1 or place(tuple(first)):
        return offered
    offers = [Offer(offer.parts[1:], offer.time, offer.read) for offer in offered.offers]
    return Offered(offers, [(parts[1:] or parts, why) for parts, why in offered.refused])
