"""Open a course's gradebook, or say in a sentence why it cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from nbgrader import api
from sqlalchemy import create_engine, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from nbseal.base.errors import UserError
from nbseal.base.profile import profile, typed
from nbseal.gradebook.backup import newest
from nbseal.gradebook.settings import CourseFolder, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import URL, Connection
    from sqlalchemy.orm import Session

FULL = "The disk is full where the gradebook lies, and nothing more could be written. Make room."
# of PostgreSQL
_DISK_FULL = "53100"


def is_full(error: BaseException) -> bool:
    """Say whether that is what an error says, the driver's own or SQLAlchemy's.

    Examples
    --------
    >>> error = sqlite3.OperationalError("database or disk is full")
    >>> error.sqlite_errorcode = sqlite3.SQLITE_FULL
    >>> is_full(error), is_full(sqlite3.OperationalError("no such table: grade"))
    (True, False)
    """
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", None) == _DISK_FULL


class NoGradebookError(UserError):
    """A gradebook that is not there yet, or cannot be used; the message says what to do."""


def shown(url: URL) -> str:
    """Return a gradebook's address without its password, which may stand in the query too.

    Examples
    --------
    >>> shown(make_url("postgresql://ada:secret@host/d?password=secret"))
    'postgresql://ada:***@host/d'
    """
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def usable(address: str, course: CourseFolder) -> Iterator[None]:
    """Say in a sentence what is wrong with a gradebook, and none of its passwords.

    Parameters
    ----------
    address
        nbgrader's ``db_url``.

    Raises
    ------
    NoGradebookError
        If its driver is missing, or the database refuses.
    """
    where = shown(make_url(address))
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
        if is_full(error):
            raise NoGradebookError(f"{where}: {FULL} Then do it again.") from error
        cause = getattr(error, "orig", error)
        text = f"The gradebook {where} cannot be read: {' '.join(str(cause).split())}"
        copy = newest(course)
        # the kinds below it are of a full disk, say, and of a file that another program holds
        if copy and type(cause) is sqlite3.DatabaseError:
            text = f"{text}. If it is damaged: {_put_back(copy, course)}"
        raise NoGradebookError(text) from error


def missing(place: str, course: CourseFolder) -> str:
    """Return what to do about a gradebook that is not there."""
    copy = newest(course)
    if copy is None:
        return (
            f"There is no gradebook {place} yet. Release an assignment first: "
            f"{profile().release.format(course=course)}"
        )
    return (
        f"There is no gradebook {place}. If it was lost: {_put_back(copy, course)} Without a copy "
        "all marks given by hand are gone, and you begin by releasing again."
    )


def _put_back(copy: Path, course: Path) -> str:
    return (
        f"its newest copy is {copy}. Copy that to the gradebook's place, and delete "
        f"{course / 'autograded'}, which {typed('run')} makes again."
    )


def require(address: str, course: CourseFolder) -> None:
    """Refuse a gradebook that is a file, and is not there or empty: what opens it would make one.

    Parameters
    ----------
    address
        nbgrader's ``db_url``.

    Raises
    ------
    NoGradebookError
        If it is lost.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        place = Path(url.database or "")
        if not place.is_file() or not place.stat().st_size:
            raise NoGradebookError(missing(url.database or "", course))


@contextmanager
def reading(copy: Path) -> Iterator[Connection]:
    """Read a copy of a gradebook, a file of SQLite, without changing it.

    Raises
    ------
    NoGradebookError
        If it is none.
    """
    # a file that is not there would be made
    if not copy.is_file():
        raise NoGradebookError(f"{copy} is no copy of a gradebook: there is no such file.")
    engine = create_engine(f"sqlite:///file:{quote(str(copy.resolve()))}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise NoGradebookError(f"{copy} is no copy of a gradebook: it cannot be read.") from error
    finally:
        engine.dispose()


class UnknownAssignmentError(UserError):
    """An assignment that was not released; the message says which were."""


@contextmanager
def gradebook(course: CourseFolder) -> Iterator[api.Gradebook]:
    """Open the gradebook of a course."""
    known = settings(course)
    with usable(known.db_url, course):
        require(known.db_url, course)
        with api.Gradebook(known.db_url, known.course_id) as opened:
            yield opened


def learners(session: Session) -> set[str]:
    """Return the ids of all learners in a gradebook."""
    return {*session.scalars(select(api.Student.id))}


def released(session: Session, wanted: Iterable[str] = ()) -> list[str]:
    """Return the names of the assignments in a gradebook.

    Parameters
    ----------
    session
        With the gradebook.
    wanted
        Names that have to be among them.

    Raises
    ------
    UnknownAssignmentError
        If one of them is not.
    """
    known = sorted(session.scalars(select(api.Assignment.name)))
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise UnknownAssignmentError(
            f"{', '.join(unknown)} was not released. In the gradebook are: "
            f"{', '.join(known) or 'none'}."
        )
    return known
