"""Which of several versions of a learner's notebook counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fourps.grading.collect.claims import OtherPersonError
from fourps.grading.collect.submitted_folder import earlier

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from fourps.grading.collect.collection import Collection
    from fourps.grading.collect.matching import MatchedNotebook, ReleasedNotebooks


class Version(NamedTuple):
    """One of several versions; the greatest counts."""

    time: float
    """When it was handed in, in seconds; 0 where that is not known."""
    exact: bool
    """Whether its file has the very name, and not that of a copy."""
    name: str
    """Of the file."""


class Versions:
    """The versions that one run of collecting has seen.

    Parameters
    ----------
    released
        What was released in the course.
    collection
        Where it is said which one counts.
    """

    def __init__(self, released: ReleasedNotebooks, collection: Collection) -> None:
        self._released = released
        self._collection = collection
        self._best: dict[tuple[str, MatchedNotebook], Version] = {}
        self._before: dict[Path, datetime | None] = {}
        # of which only the inside says whose they are
        self._unsure: set[tuple[str, MatchedNotebook]] = set()

    def replaces(
        self, folder: Path, learner: str, match: MatchedNotebook, data: bytes, *, sure: bool
    ) -> bool:
        """Say whether other work lies there from before; what may be anybody's replaces none.

        Raises
        ------
        OtherPersonError
            If it would.
        """
        path, mine = folder / f"{match.notebook}.ipynb", (learner, match)
        other = path.exists() and path.read_bytes() != data
        if other and not sure and mine not in self._unsure:
            raise OtherPersonError(
                f"inside it is '{learner}', of whom there is other work, which stays. Its own "
                f"name does not say so: if it is theirs, call it {match.assignment}-{learner}"
                ".zip and collect again."
            )
        first = mine not in self._best
        if not sure:
            self._unsure.add(mine)
        return other and first

    def is_newest(
        self, folder: Path, learner: str, match: MatchedNotebook, version: Version
    ) -> bool:
        """Say whether a version counts by now, and tell the facilitator where there are several."""
        other = self._best.get((learner, match))
        if other:
            older, newer = sorted((other, version))
            why = "newer than" if newer.time > older.time else "as new as"
            self._collection.say(
                f"{learner}: handed in twice; {newer.name} is {why} {older.name} and is taken.",
                learner,
            )
            if newer is other:
                return False
        before = self._before.setdefault(folder, earlier(folder))
        alone = len(self._released.notebooks[match.assignment]) == 1
        if alone and before and 0 < version.time < before.timestamp():
            self._collection.say(
                f"{learner}: {version.name} is older than what was collected before, which stays. "
                f"To take it all the same, delete {folder} first."
            )
            return False
        self._best[learner, match] = version
        return True
