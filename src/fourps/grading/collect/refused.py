"""What was handed in and refused, so that a run does not say that nothing was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.grading.gradebook import verdicts
from fourps.whole_files import remove, write_private

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.course.reason import Reason
    from fourps.grading.gradebook.settings import CourseFolder

FOLDER = ".refused"
_END = ".txt"


def note(course: CourseFolder, assignment: str, learner: str, reason: Reason) -> None:
    """Keep why a learner's hand-in was refused, in place of what was kept before.

    Parameters
    ----------
    assignment, learner
        Their names in nbgrader.
    reason
        One of `fourps.grading.reasons`, without a name of a person or file: a report shows it.
    """
    write_private(
        _file(course, assignment, learner), f"{verdicts.dump_reasons([reason])}\n".encode()
    )


def forget(course: Path, assignment: str, learner: str) -> None:
    """Forget it, once there is something to be graded."""
    remove(_file(course, assignment, learner))


def read(course: Path, assignment: str) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons by learner.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from fourps.grading.reasons import because
    >>> course = Path(tempfile.mkdtemp())
    >>> note(course, "protection", "ada", because("refused-large"))
    >>> read(course, "protection"), read(course, "prevention")
    ({'ada': (Reason(key='ungraded-refused-large', values=(), notebook=''),)}, {})
    >>> forget(course, "protection", "ada")
    >>> read(course, "protection")
    {}
    """
    files = sorted((course / FOLDER / assignment).glob(f"[!.]*{_END}"))
    return {
        path.name.removesuffix(_END): verdicts.load_reasons(path.read_text("utf-8", "replace"))
        for path in files
    }


def _file(course: Path, assignment: str, learner: str) -> Path:
    return course / FOLDER / assignment / f"{learner}{_END}"
