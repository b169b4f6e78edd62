"""Why there is nothing of somebody who did hand in something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fourps.grading.collect import refused
from fourps.grading.moodle.learners import by_number
from fourps.handin.handin_file import is_learner

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from fourps.course.reason import Reason
    from fourps.grading.collect.collection import Collection
    from fourps.grading.collect.matching import ReleasedNotebooks


class Refusals:
    """What is refused in one run of collecting.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    released
        What was released there.
    collection
        What was taken so far.
    """

    def __init__(
        self, course: CourseDirectory, released: ReleasedNotebooks, collection: Collection
    ) -> None:
        self._course = Path(course.root)
        self._released = released
        self._collection = collection
        self._reasons: dict[tuple[str, str], Reason] = {}

    def add(self, learner: str, assignment: str, reason: Reason) -> None:
        """Remember the first reason, for an assignment if that is known."""
        if is_learner(learner):
            known = assignment if assignment in self._released.notebooks else ""
            self._reasons.setdefault((learner, known), reason)

    def forget(self, learner: str, assignment: str) -> None:
        """Forget what was kept before, now that there is something to be graded."""
        refused.forget(self._course, assignment, learner)

    def known_by_number(self, number: str, learner: str) -> None:
        """Forget what was kept under Moodle's number, now that there is an id."""
        if by_number(number) != learner:
            for assignment in self._released.names:
                self.forget(by_number(number), assignment)

    def keep(self) -> None:
        """Keep the reasons for the run that grades, and say of whom that cannot be done."""
        taken = self._collection.taken
        names = {*self._released.names}
        if len(names) > 1:
            # what cannot be read is for the same as the rest, if the rest is for one
            names = {assignment for _, assignment in taken}
        only = names.pop() if len(names) == 1 else ""
        for (learner, known), reason in self._reasons.items():
            assignment = known or only
            if assignment and (learner, assignment) not in taken:
                refused.note(self._course, assignment, learner, reason)
        unknown = {learner for learner, known in self._reasons if not (known or only)}
        if lost := unknown - self._collection.learners:
            self._collection.say(
                f"{', '.join(sorted(lost))}: refused, and it cannot be told for which exercise, so "
                "that fourps grade run will say that nothing was handed in. Collect it again with "
                "--assignment NAME."
            )
