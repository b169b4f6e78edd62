"""Whether a database could not write because the disk is full."""

from __future__ import annotations

import sqlite3

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
