"""The desk: a page on which a person marks one written task of all learners, one after the other.

The page (`desk.html`, `desk.js`) knows a store, and no program behind it; `serverstore.js` is the
store that `server.py` has over the gradebook.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from nbseal.gradebook.by_hand import ByHand, find_task
from nbseal.gradebook.locks import Patience
from nbseal.gradebook.settings import CourseFolder, settings
from nbseal.mark.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbseal.mark.view import Options


@contextmanager
def opened(
    course: CourseFolder, assignment: str, cell: str, options: Options, say: Callable[[str], None]
) -> Iterator[Desk]:
    """Open the desk over a course's gradebook.

    Parameters
    ----------
    assignment, cell
        What is marked, by nbgrader's names.
    options
        Who marks, and how.
    say
        Told that another program holds the gradebook.
    """
    known = settings(course)
    book = ByHand(known.db_url, course, Patience(say))
    try:
        with book.transaction() as session:
            task = find_task(session, assignment, cell)
        yield Desk(book, known, task, options)
    finally:
        book.close()
