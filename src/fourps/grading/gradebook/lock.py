"""Let one run at a time grade a course."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.grading.gradebook.settings import CourseFolder

NAME = ".grading"


class CourseInUseError(UserError):
    """Another run grades the course; the message says which."""


@contextlib.contextmanager
def one_at_a_time(course: CourseFolder) -> Iterator[None]:
    """Hold a course for as long as the block runs.

    The system gives the lock back when a process ends, also after ``kill -9``: there is nothing to
    clean up, and the file stays.

    Raises
    ------
    CourseInUseError
        If another run holds it.
    """
    # Windows has none, and must say itself why it cannot grade
    import fcntl

    with (course / NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CourseInUseError(
                f"{course} is being graded by another run (process {file.read().strip()}). "
                "Wait until it ends, then run again."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
