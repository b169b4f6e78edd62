"""Locks that a system gives back when their process ends, also after ``kill -9``.

Where there is no ``flock``, which is on Windows, a lock is that of an empty SQLite database.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# seconds after which somebody who waits can be interrupted
_TRY = 0.5


def hold(place: Path, *, wait: bool) -> Callable[[], None] | None:
    """Hold a file or folder until what is returned is called; None if another process does.

    On Windows a folder's lock lies in the system's folder for temporary files, and a file's beside
    it, under its name with ``.lock``.

    Parameters
    ----------
    place
        What exists. Nothing is written there.
    wait
        Whether to wait until nobody else holds it.

    Examples
    --------
    >>> place = Path(tempfile.mkdtemp())
    >>> release = hold(place, wait=True)
    >>> hold(place, wait=False)
    >>> release()
    """
    if sys.platform == "win32":
        return hold_database(_lock_of(place), wait=wait)
    return _flock(place, wait=wait)


def _flock(place: Path, *, wait: bool) -> Callable[[], None] | None:
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return partial(os.close, handle)


def hold_database(file: Path, *, wait: bool) -> Callable[[], None] | None:
    """Hold a file as `hold` does, by a lock that SQLite has on every system.

    Parameters
    ----------
    file
        An empty file, which is made if it is missing, and stays.
    wait
        Whether to wait until nobody else holds it.
    """
    # whoever ends a block may be another thread than began it
    connection = sqlite3.connect(
        file, timeout=_TRY if wait else 0, isolation_level=None, check_same_thread=False
    )
    while True:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if busy and wait:
                continue
            connection.close()
            if busy:
                return None
            raise
        return connection.close


def _lock_of(place: Path) -> Path:
    if not place.is_dir():
        return place.with_name(f"{place.name}.lock")
    name = hashlib.sha256(os.fsencode(os.path.normcase(place.resolve()))).hexdigest()
    return Path(tempfile.gettempdir(), f"nbseal-{name[:32]}.lock")
