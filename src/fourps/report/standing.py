"""What a page to pass on is made of: it stands until five people have something new.

Who lays the pages of two days beside each other sees what has changed. So each part (an exercise, a
quiz, a scenario, a pair of tests) stays as it is while fewer than five people joined it, left it or
changed something in it: two pages before and after one to four changes are the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from fourps.course.error import FourpsError
from fourps.report.disclosure import FEW
from fourps.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fourps.grading.gradebook.settings import CourseFolder

FILE = ".shared.json"
_FORMAT = "fourps-shared-1"


class StandingError(FourpsError):
    """The file cannot be used; the message says what to do."""


class StandingPart(NamedTuple):
    """What the learners gave in one part, as JSON has it."""

    head: Any = None
    """What they were asked; another head makes everything new."""
    people: dict[str, Any] = {}
    """What each gave, by id."""
    day: str = ""
    """When it was taken, as ISO 8601 writes days."""


def standing(course: CourseFolder, now: Mapping[str, StandingPart]) -> dict[str, StandingPart]:
    """Return each part as it may be passed on: as of now, or still as it was.

    It is kept in the course's folder, in ``.shared.json``, which its owner alone can read.

    Parameters
    ----------
    now
        What there is, by the part's name.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> course = Path(tempfile.mkdtemp())
    >>> people = {f"learner-{number}": "right" for number in range(10)}
    >>> first = standing(course, {"quiz": StandingPart("1", people, "2026-11-03")})
    >>> more = StandingPart("1", people | {"ada": "wrong"}, "2026-11-10")
    >>> standing(course, {"quiz": more}) == first
    True
    """
    path = course / FILE
    nothing = StandingPart()
    # another report may be made of other people
    with in_turn(course):
        before = _read(path)
        result = {
            name: _newer(before.get(name, nothing), now.get(name, nothing))
            for name in {**before, **now}
        }
        if result != before:
            # before any page: a page that nobody remembers could be told from the next one
            parts = {name: part._asdict() for name, part in result.items()}
            write_private(path, json.dumps({_FORMAT: parts}).encode())
    return result


def _newer(old: StandingPart, new: StandingPart) -> StandingPart:
    people = old.people.keys() | new.people.keys()
    if old.head == new.head:
        people = {
            learner for learner in people if old.people.get(learner) != new.people.get(learner)
        }
    return new if len(people) >= FEW else old


def _read(path: Path) -> dict[str, StandingPart]:
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_bytes())
        return {name: StandingPart(**part) for name, part in content[_FORMAT].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StandingError(
            f"{path} is damaged. It says what the last page to pass on was made of. Put it back "
            "from a copy. If there is none, delete it: the next page may then differ from the last "
            "one by a single learner, so pass it on only when five or more have something new."
        ) from error
