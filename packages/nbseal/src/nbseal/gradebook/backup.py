"""Keep a gradebook as it was before a run changed it."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nbgrader.api import Base
from sqlalchemy import MetaData, Table, create_engine, select

from nbseal.gradebook import tables

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from nbseal.gradebook.settings import CourseFolder

FOLDER = "backups"
KEPT = 10
_ROWS = 1000
_NAME = re.compile(r"gradebook-([0-9]{6,})-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9-]+\.db")


def back_up(engine: Engine, course: CourseFolder) -> Path:
    """Write a consistent copy of a gradebook into ``backups/``, where the ten newest are kept.

    The copy is a SQLite file, whatever the gradebook is, so that nbgrader opens it by ``db_url``.
    Copies are numbered, since a clock may be set back; any other file there stays.

    SQLite's own backup waits for writers and sees no half transaction; from another database the
    tables are copied in one repeatable-read transaction.

    If the database cannot be read or the disk is full, no half copy is left.
    """
    folder = course / FOLDER
    folder.mkdir(exist_ok=True)
    number = 1 + max(map(_number, _copies(folder)), default=0)
    place = folder / f"gradebook-{number:06}-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}.db"
    unfinished = place.with_suffix(".unfinished")
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, unfinished)
        else:
            _copy_tables(engine, unfinished)
        unfinished.replace(place)
    finally:
        # of this run, or of one that was killed
        for left in folder.glob("gradebook-*.unfinished*"):
            left.unlink()
    for old in _copies(folder)[:-KEPT]:
        old.unlink()
    return place


def newest(course: Path) -> Path | None:
    """Return the newest copy of a gradebook, if there is any."""
    folder = course / FOLDER
    return next(reversed(_copies(folder)), None) if folder.is_dir() else None


def _copies(folder: Path) -> list[Path]:
    """Return the copies, the oldest first."""
    copies = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(copies, key=lambda copy: (_number(copy), copy.name))


def _number(copy: Path) -> int:
    """Return the number of a copy.

    Examples
    --------
    >>> from pathlib import Path
    >>> _number(Path("gradebook-000007-2026-11-27T03-29-21-000000.db"))
    7
    """
    match = _NAME.fullmatch(copy.name)
    return int(match[1]) if match else 0


def _copy_file(engine: Engine, place: Path) -> None:
    source = engine.raw_connection()
    with contextlib.closing(source), contextlib.closing(sqlite3.connect(place)) as copy:
        connection = source.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(f"{engine.url} is opened by an unknown driver.")
        connection.backup(copy)


def _copy_tables(engine: Engine, place: Path) -> None:
    extra = MetaData()
    source = engine.execution_options(isolation_level="REPEATABLE READ")
    copy = create_engine(f"sqlite:///{place}")
    try:
        with source.connect() as reading, copy.begin() as writing:
            version = Table("alembic_version", extra, autoload_with=reading)
            Base.metadata.create_all(writing)
            extra.create_all(writing)
            ours = tables.there(reading)
            for table in ours:
                table.create(writing)
            for table in (*Base.metadata.sorted_tables, version, *ours):
                rows = reading.execution_options(yield_per=_ROWS).execute(select(table))
                for some in rows.partitions():
                    writing.execute(table.insert(), [dict(row._mapping) for row in some])  # noqa: SLF001 - public
    finally:
        copy.dispose()
