"""What a course's nbgrader_config.py says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

if TYPE_CHECKING:
    from pathlib import Path

NAME = "nbgrader_config.py"


class NoCourseError(Exception):
    """A folder in which nbgrader has no course; the message says what was looked for."""


def require(course: Path) -> None:
    """Make sure that nbgrader has a course in a folder.

    Raises
    ------
    NoCourseError
        If there is no ``nbgrader_config.py``.
    """
    if not (course / NAME).is_file():
        raise NoCourseError(
            f"{course} is no nbgrader course: {NAME} is missing there. Name the course's folder "
            "with --course."
        )


def settings(course: Path) -> CourseDirectory:
    """Read where a course keeps its gradebook and its files.

    Parameters
    ----------
    course
        nbgrader's folder, with ``nbgrader_config.py``.

    Returns
    -------
    nbgrader.coursedir.CourseDirectory
        With the course's id, its folders and the ``db_url`` of its gradebook.

    Raises
    ------
    NoCourseError
        If the file is missing, or stops with an error.
    """
    require(course)
    place = course.resolve()
    try:
        read = PyFileConfigLoader(NAME, path=str(place)).load_config()
    except Exception as error:  # a configuration is a program, and may stop with anything
        raise NoCourseError(f"{course / NAME} stops with an error: {error!r}") from error
    # a course that does not name its folder lies where its configuration lies
    here = Config({"CourseDirectory": {"root": str(place)}})
    here.merge(read)
    return CourseDirectory(config=here)
