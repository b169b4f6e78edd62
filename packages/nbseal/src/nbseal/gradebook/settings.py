"""Reads a course's configuration as nbgrader's own commands read it."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from nbgrader.apps import AutogradeApp
from nbgrader.utils import setenv
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from nbseal.base.errors import UserError
from nbseal.base.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

NAME = "nbgrader_config.py"
CourseFolder: TypeAlias = Path
"""nbgrader's folder of a course, with its configuration."""


class NoCourseError(UserError):
    """A folder in which nbgrader has no course; the message says what is wrong with it."""


@contextlib.contextmanager
def opened(course: CourseFolder) -> Iterator[Any]:
    """Read a course's configuration, and work in its folder for as long as the block runs.

    It gives nbgrader's program, configured; what that says goes only to its log file, if it has
    one.

    Raises
    ------
    NoCourseError
        If there is no ``nbgrader_config.py``, or it cannot be used.
    """
    if not (course / NAME).is_file():
        raise NoCourseError(
            f"{course} is no nbgrader course: {NAME} is missing there. Name the course's folder "
            "with --course."
        )
    modules = [*sys.path]
    # the configuration may import what lies beside it, and read the variable
    with (
        contextlib.chdir(course),
        setenv(NBGRADER_EXECUTION="autograde"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        app = AutogradeApp()
        # by itself it goes on without the configuration, and grades by other rules
        app.raise_config_file_errors = True
        try:
            _initialize(app, course)
            # what it names may lie beside it, and is missed here rather than in the middle of a run
            profile()
            _refuse_address(app.coursedir.db_url, course)
            yield app
        finally:
            sys.path[:] = modules


def settings(course: CourseFolder) -> CourseDirectory:
    """Read the id of a course, where its files lie, and the ``db_url`` of its gradebook."""
    with opened(course) as app:
        folders: CourseDirectory = app.coursedir
        folders.root = str(Path(folders.root).resolve())
        url = make_url(folders.db_url)
        if url.get_backend_name() == "sqlite" and url.database:
            url = url.set(database=str(Path(url.database).resolve()))
            folders.db_url = url.render_as_string(hide_password=False)
        return folders


def _initialize(app: AutogradeApp, course: Path) -> None:
    try:
        app.initialize([])
    # a configuration is a program, and may stop with anything; of a value that does not fit
    # traitlets makes an end of the process
    except (Exception, SystemExit) as error:
        cause = (isinstance(error, SystemExit) and error.__context__) or error
        text = " ".join(str(cause).split())
        raise NoCourseError(
            f"{_place(cause) or course / NAME} stops with an error: {type(cause).__name__}: {text}"
        ) from error
    handlers = [one for one in app.log.handlers if not isinstance(one, logging.FileHandler)]
    for handler in handlers:
        handler.setLevel(logging.CRITICAL)
    if len(handlers) == len(app.log.handlers):
        # nobody hears it, so it need not be said thousands of times
        app.log.setLevel(logging.CRITICAL)


def _refuse_address(url: str, course: Path) -> None:
    """Refuse what is no address of a database before anybody quotes it, with its password."""
    try:
        make_url(url)
    # a port that is no number is a ValueError
    except (ArgumentError, ValueError):
        raise NoCourseError(
            f"{course / NAME}: db_url is no address, such as sqlite:///gradebook.db or "
            "postgresql+psycopg://user:password@host/database. In a password, write @ as %40, "
            ": as %3A, / as %2F and % as %25."
        ) from None


def _place(error: BaseException) -> str:
    """Return the line of a configuration at which an error came up; nothing if at none."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    lines = traceback.extract_tb(error.__traceback__)
    ours = [line for line in lines if Path(line.filename).name == NAME]
    return f"{ours[-1].filename}:{ours[-1].lineno}" if ours else ""
