"""Why there is nothing of somebody who did hand in something: kept for the run that grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nbseal.base.handins import is_learner
from nbseal.base.profile import typed
from nbseal.base.whole_files import remove, write_private
from nbseal.gradebook import verdicts
from nbseal.moodle.learners import by_number

if TYPE_CHECKING:
    from pathlib import Path

    from nbseal.base.errors import Reason
    from nbseal.collect.released_notebooks import ReleasedNotebooks
    from nbseal.collect.remarks import Collection
    from nbseal.gradebook.settings import CourseFolder

FOLDER = ".refused"


@dataclass
class Refusals:
    """What is refused in one run of collecting.

    Parameters
    ----------
    course
        nbgrader's folder.
    released
        What was released there.
    collection
        What was taken so far.
    """

    course: Path
    released: ReleasedNotebooks
    collection: Collection
    _reasons: dict[tuple[str, str], Reason] = field(default_factory=dict)

    def add(self, learner: str, assignment: str, reason: Reason) -> None:
        """Remember the first reason, for an assignment if that is known."""
        if is_learner(learner):
            known = assignment if assignment in self.released.notebooks else ""
            self._reasons.setdefault((learner, known), reason)

    def known_by_number(self, number: str, learner: str) -> None:
        """Forget what was kept under Moodle's number, now that there is an id."""
        if by_number(number) != learner:
            for assignment in self.released.names:
                forget(self.course, assignment, by_number(number))

    def keep(self) -> None:
        """Keep the reasons for the run that grades, and say of whom that cannot be done."""
        taken = self.collection.taken
        names = {*self.released.names}
        if len(names) > 1:
            # what cannot be read is for the same as the rest, if the rest is for one
            names = {assignment for _, assignment in taken}
        only = names.pop() if len(names) == 1 else ""
        for (learner, known), reason in self._reasons.items():
            assignment = known or only
            if assignment and (learner, assignment) not in taken:
                note(self.course, assignment, learner, reason)
        unknown = {learner for learner, known in self._reasons if not (known or only)}
        if lost := unknown - self.collection.learners:
            self.collection.say(
                f"{', '.join(sorted(lost))}: refused, and it cannot be told for which exercise, so "
                f"that {typed('run')} will say that nothing was handed in. Collect it again with "
                "--assignment NAME."
            )


def note(course: CourseFolder, assignment: str, learner: str, reason: Reason) -> None:
    """Keep why a learner's hand-in was refused, in place of what was kept before.

    Parameters
    ----------
    assignment, learner
        Their names in nbgrader.
    reason
        One of `nbseal.reasons`, without a name of a person or file: a report shows it.
    """
    text = f"{verdicts.dump_reasons([reason])}\n"
    write_private(_file(course, assignment, learner), text.encode())


def forget(course: Path, assignment: str, learner: str) -> None:
    """Forget it, once there is something to be graded."""
    remove(_file(course, assignment, learner))


def read(course: Path, assignment: str) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons by learner.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from nbseal.reasons import because
    >>> course = Path(tempfile.mkdtemp())
    >>> note(course, "protection", "ada", because("refused-large"))
    >>> read(course, "protection"), read(course, "prevention")
    ({'ada': (Reason(key='ungraded-refused-large', values=(), notebook=''),)}, {})
    >>> forget(course, "protection", "ada")
    >>> read(course, "protection")
    {}
    """
    files = sorted((course / FOLDER / assignment).glob("[!.]*.txt"))
    return {
        path.name.removesuffix(".txt"): verdicts.load_reasons(path.read_text("utf-8", "replace"))
        for path in files
    }


def _file(course: Path, assignment: str, learner: str) -> Path:
    return course / FOLDER / assignment / f"{learner}.txt"
