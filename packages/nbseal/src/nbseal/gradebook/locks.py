"""One run at a time writes a gradebook, and waits for other programs that hold it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from nbseal.base.errors import UserError
from nbseal.base.locks import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from nbseal.gradebook.settings import CourseFolder

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
    path = course / NAME
    path.touch()
    release = hold(path, wait=False)
    if release is None:
        raise CourseInUseError(
            f"{course} is being graded by another run (process {path.read_text('utf-8').strip()}). "
            "Wait until it ends, then run again."
        )
    try:
        path.write_text(f"{os.getpid()}\n", "utf-8")
        yield
    finally:
        release()


# seconds; a facilitator may have the formgrader open in another window
PATIENCE = 300.0
_TRY = 1.0
_SAY_EACH = 10.0


class GradebookBusyError(UserError):
    """Another program held the gradebook for too long; the message says what to do."""


class Patience:
    """How long to wait for the gradebook, and whom to tell.

    Parameters
    ----------
    say
        Told every ten seconds that it waits, and how long.
    seconds
        Until it gives up.
    """

    def __init__(self, say: Callable[[str], None], seconds: float = PATIENCE) -> None:
        self._say = say
        self._seconds = seconds

    def until_free(self, action: Callable[[], object]) -> None:
        """Do something as soon as no other program holds the gradebook.

        Raises
        ------
        GradebookBusyError
            If that takes too long.
        """
        start = told = time.monotonic()
        while True:
            try:
                action()
            except (sqlite3.OperationalError, OperationalError) as error:
                if not _is_busy(error):
                    raise
                now = time.monotonic()
                if now - start > self._seconds:
                    raise GradebookBusyError(
                        f"Another program held the gradebook for {now - start:.0f} seconds. Close "
                        "it (the formgrader, or a database viewer), then run again: what is graded "
                        "is kept."
                    ) from error
                if now - told >= _SAY_EACH or told == start:
                    told = now
                    self._say(
                        "The gradebook is in use by another program; waiting up to "
                        f"{self._seconds - (now - start):.0f} seconds ..."
                    )
                time.sleep(_TRY / 10)
            else:
                return

    def teach(self, engine: Engine) -> None:
        """Have each transaction of an engine wait until it may write.

        In SQLite a transaction takes the lock for writing at its start, so that no later statement
        can find it taken; it holds it for one submission. PostgreSQL waits by itself, row by row.
        """
        if engine.dialect.name == "postgresql":
            event.listen(engine, "connect", self._limit)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _own_transactions)
            event.listen(engine, "begin", lambda begun: self._do(begun, "BEGIN IMMEDIATE"))

    def keep(self, session: Session) -> None:
        """Commit a session, if it has begun anything."""
        if not session.in_transaction():
            return
        session.flush()
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            # SQLite lets COMMIT be tried again; SQLAlchemy would roll back
            self._do(connection, "COMMIT")
        Session.commit(session)

    def _do(self, connection: Connection, statement: str) -> None:
        driver: Any = connection.connection.driver_connection
        self.until_free(lambda: driver.execute(statement))

    def _limit(self, driver: Any, _: object) -> None:
        driver.execute(f"SET lock_timeout = '{self._seconds:.0f}s'")
        driver.commit()


def _own_transactions(driver: Any, _: object) -> None:
    driver.isolation_level = None
    driver.execute(f"PRAGMA busy_timeout = {_TRY * 1000:.0f}")


def _is_busy(error: sqlite3.OperationalError | OperationalError) -> bool:
    cause = error.orig if isinstance(error, OperationalError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
