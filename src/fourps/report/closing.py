"""End a cohort: write, once, the page about it that may be passed on.

Who lays two such pages beside each other sees what has changed between them, and may know who that
was. So there is one, when all is over: of groups of ten people or more, with counts rounded to five
and nothing else. ``docs/sharing.md`` says what it may still give away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.whole_files import in_turn, write_private

from fourps.report.disclosure import ENOUGH
from fourps.report.html_page import closed_page

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from fourps.grading.gradebook.settings import CourseFolder
    from fourps.report.cohort_parts import Cohort

FILE = "closed.html"


class ClosingError(UserError):
    """The cohort stays as it is; the message says why."""


def close(course: CourseFolder, found: Cohort, day: date, language: str) -> Path:
    """Write the page that may be passed on, and return where it lies.

    It stays in the course's folder, where it says that the cohort is closed.

    Parameters
    ----------
    found
        The report.
    day
        When the cohort is closed.
    language
        One of `fourps.report.words.languages`.

    Raises
    ------
    ClosingError
        If it was closed before, fewer than ten learners have handed in anything, or something is
        not graded or cannot be read.
    """
    path = course / FILE
    with in_turn(course):
        if path.exists():
            raise ClosingError(
                f"This cohort was closed: {path} is the page to pass on. A second one is not made: "
                "beside the first it could show what one person has changed since. The next cohort "
                "gets a folder of its own."
            )
        if found.troubles or found.ungraded:
            names = ", ".join(found.ungraded) or "what is named above"
            raise ClosingError(
                "The page to pass on is made once, of everything. Not everything is graded, or can "
                f"be read ({names}): mend that first."
            )
        started = sum(one.started for one in found.people)
        if started < ENOUGH:
            raise ClosingError(
                f"Learners who handed in anything: {started}. A page to pass on is about ten or "
                "more: with fewer, a count is soon about one of them."
            )
        write_private(path, closed_page(found, day, language).encode())
    return path
