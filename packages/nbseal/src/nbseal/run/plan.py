"""Say what there is to do: which submissions are new or changed, and which are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nbseal.collect import refusals
from nbseal.collect.submissions import Submission, find
from nbseal.gradebook import verdicts
from nbseal.gradebook.cells import tests_of
from nbseal.gradebook.opening import learners, released
from nbseal.gradebook.verdicts import HALF, Verdict
from nbseal.reasons import because
from nbseal.run.graded_folder import put_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbgrader.coursedir import CourseDirectory

    from nbseal.base.errors import Reason
    from nbseal.gradebook.session import RunGradebook


class Todo(NamedTuple):
    """A submission to be graded."""

    submission: Submission
    """Whose it is."""
    fingerprint: str
    """As `Submission.fingerprint` returns it."""
    same: bool
    """Whether its work is what was graded before."""
    again: bool
    """Whether there are marks of it, from whatever program."""


@dataclass
class Plan:
    """What a run has to do."""

    todo: list[Todo] = field(default_factory=list)
    """What is to be graded."""
    kept: list[Verdict] = field(default_factory=list)
    """Verdicts on what has not changed."""
    news: list[Verdict] = field(default_factory=list)
    """Verdicts that are new, and known without grading."""
    late: list[tuple[str, str]] = field(default_factory=list)
    """Assignment and learner of what is graded and loses something else for being late by now."""
    refused: dict[str, dict[str, tuple[Reason, ...]]] = field(default_factory=dict)
    """By assignment: why hand-ins were refused when they were collected, by learner."""


def chosen(gradebook: RunGradebook, course: CourseDirectory, names: Sequence[str]) -> list[str]:
    """Return the assignments to be graded: those named, or those with anything handed in."""
    known = released(gradebook.session, names)
    place = Path(course.root)
    return list(names) or [
        name for name in known if find(course, name) or refusals.read(place, name)
    ]


def plan(
    gradebook: RunGradebook, course: CourseDirectory, names: Sequence[str], *, force: bool = False
) -> Plan:
    """Look at what was handed in, and at what is known of it.

    Parameters
    ----------
    gradebook
        In place.
    course
        nbgrader's description of the course's folders.
    names
        The assignments.
    force
        Whether to grade again what is graded and unchanged.
    """
    whole = Plan()
    for name in names:
        submissions = find(course, name)
        known = verdicts.read(gradebook.session.connection(), name)
        tests = tests_of(gradebook.book.find_assignment(name))
        marked = gradebook.graded(name)
        for submission in submissions:
            before = known.get(submission.student)
            _look(whole, submission, tests, before, course, force=force, marked=marked)
        reasons = whole.refused[name] = refusals.read(Path(course.root), name)
        if course.student_id == "*":
            present = marked | {submission.student for submission in submissions}
            # of whom there is nothing, neither a folder nor a row of marks
            for student in sorted(learners(gradebook.session) - present):
                absent = Verdict(name, student, "missing", (because("nothing"),))
                if student in reasons:
                    absent = Verdict(name, student, "failed", reasons[student])
                _note(whole, absent, known.get(student))
    return whole


def _look(
    whole: Plan,
    submission: Submission,
    tests: str,
    known: Verdict | None,
    course: CourseDirectory,
    *,
    force: bool,
    marked: set[str],
) -> None:
    if not submission.notebooks():
        why = because("no-notebook", folder=submission.folder)
        missing = Verdict(submission.assignment, submission.student, "missing", (why,))
        _note(whole, missing, None if force else known)
        return
    fingerprint = submission.fingerprint(tests)
    step = course.autograded_directory
    result = Path(course.format_path(step, submission.student, submission.assignment))
    if known and not force and known.fingerprint == fingerprint and result.is_dir():
        whole.kept.append(known)
    else:
        if known and known.fingerprint:
            same = known.fingerprint[:HALF] == fingerprint[:HALF]
        else:
            # nbgrader's own command may have graded it; a run that was killed has put that aside
            aside = put_aside(result)
            same = submission.is_in(aside if aside.exists() else result, course.ignore)
        whole.todo.append(Todo(submission, fingerprint, same, submission.student in marked))


def _note(whole: Plan, verdict: Verdict, known: Verdict | None) -> None:
    """Enter a verdict that needs no grading, if it is news."""
    same = known and (known.status, known.reasons) == (verdict.status, verdict.reasons)
    (whole.kept if same else whole.news).append(verdict)
