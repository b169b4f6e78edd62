"""What nbgrader finds in ``submitted/<learner>/<assignment>/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.grading import clock
from fourps.whole_files import write_whole

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_RECORDS = "records.txt"
_TIMESTAMP = "timestamp.txt"
# what may lie there without being anybody's work
OURS = (_RECORDS, _TIMESTAMP)


def earlier(folder: Path) -> datetime | None:
    """Return when what lies here was handed in, in UTC; none if nothing does, or no time is known.

    Parameters
    ----------
    folder
        The learner's folder of an assignment.
    """
    path = folder / _TIMESTAMP
    if not path.is_file():
        return None
    try:
        return clock.read(path.read_text("utf-8-sig").strip().removesuffix(" UTC") + "+00:00")
    except ValueError:
        # another tool wrote it
        return None


def write(
    folder: Path, notebook: str, data: bytes, records: list[str] | None, time: datetime | None
) -> None:
    """Write a notebook as nbgrader looks for it.

    Parameters
    ----------
    folder
        The learner's folder of the assignment.
    notebook
        Its name there, without the ending.
    data
        The notebook.
    records
        Decision and quiz records; none for exercises of other courses.
    time
        When it was handed in. Without one nbgrader takes it as handed in on time.
    """
    write_whole(folder / f"{notebook}.ipynb", data)
    if records is not None:
        write_whole(folder / _RECORDS, "".join(f"{record}\n" for record in records).encode())
    # last, since nbgrader grades again when it is newer
    if time:
        write_whole(folder / _TIMESTAMP, f"{clock.written(time)}\n".encode())
    else:
        (folder / _TIMESTAMP).unlink(missing_ok=True)
