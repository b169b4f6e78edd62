"""When marks given by hand were first seen, since nbgrader keeps no time of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from fourps.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fourps.grading.gradebook.marks import Marks
    from fourps.grading.gradebook.settings import CourseFolder

FILE = "marked.json"
# points and the day, by assignment, learner and task
_KNOWN = TypeAdapter(dict[str, dict[str, dict[str, tuple[float, date]]]])


def seen(course: CourseFolder, marks: Iterable[Marks], day: date) -> dict[tuple[str, str], date]:
    """Note which marks of written tasks are there, and say by when the last was given.

    They are kept in the course's folder, in ``marked.json``. A task that has other points than
    before was marked again. Where that file is lost or damaged the days are later, and as true.

    The days are by assignment and learner.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from fourps.grading.gradebook.marks import Marks
    >>> course = Path(tempfile.mkdtemp())
    >>> ada = Marks("ada", "protection", by_hand={"task-10": 12.0, "task-11": None})
    >>> first = seen(course, [ada], date(2026, 11, 2))
    >>> seen(course, [ada], date(2026, 11, 9))["protection", "ada"].isoformat()
    '2026-11-02'
    >>> ada.by_hand["task-11"] = 15.0
    >>> seen(course, [ada], date(2026, 11, 9))["protection", "ada"].isoformat()
    '2026-11-09'
    """
    with in_turn(course):
        return _seen(course / FILE, marks, day)


def _seen(path: Path, marks: Iterable[Marks], day: date) -> dict[tuple[str, str], date]:
    before = path.read_bytes() if path.exists() else b""
    known = _read(before)
    found: dict[tuple[str, str], date] = {}
    for one in marks:
        mine = known.setdefault(one.assignment, {}).setdefault(one.learner, {})
        given = {cell: points for cell, points in one.by_hand.items() if points is not None}
        for cell, points in given.items():
            if cell not in mine or mine[cell][0] != points:
                mine[cell] = (points, day)
        if given:
            found[one.assignment, one.learner] = max(mine[cell][1] for cell in given)
    after = _KNOWN.dump_json(known, indent=1)
    if after != before:
        write_private(path, after)
    return found


def forget(course: Path, learner: str) -> None:
    """Forget a learner."""
    path = course / FILE
    known = _read(path.read_bytes()) if path.exists() else {}
    if any(learner in mine for mine in known.values()):
        kept = {
            name: {one: cells for one, cells in mine.items() if one != learner}
            for name, mine in known.items()
        }
        write_private(path, _KNOWN.dump_json(kept, indent=1))


def _read(data: bytes) -> dict[str, dict[str, dict[str, tuple[float, date]]]]:
    try:
        return _KNOWN.validate_json(data)
    except ValidationError:
        return {}
