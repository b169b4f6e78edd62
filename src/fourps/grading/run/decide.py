"""Say what became of a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fourps.grading.gradebook.verdicts import Verdict
from fourps.grading.reasons import because

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbseal.base.errors import Reason

    from fourps.grading.gradebook.verdicts import Status
    from fourps.grading.run.prepared import Prepared
    from fourps.grading.seal import Executed


class Conditions(NamedTuple):
    """How submissions of a run are executed."""

    sealed: bool
    memory_mb: int
    """Whether they are sealed off, and what memory each notebook has."""


def decide(
    prepared: Prepared,
    executed: Mapping[str, Executed],
    expected: Sequence[str],
    fingerprint: str,
    how: Conditions,
) -> Verdict:
    """Return the verdict on a submission.

    Parameters
    ----------
    prepared
        The submission.
    executed
        What came of each of its notebooks.
    expected
        The names of the assignment's notebooks.
    fingerprint
        Of the submission; one that failed is tried again by the next run.
    how
        Under which conditions it was executed.
    """
    submission = prepared.submission
    reasons = dict(prepared.troubles)
    reasons |= {name: done.reason for name, done in executed.items() if done.reason}
    for name, done in executed.items():
        if done.kind == "ok" and done.late:
            late = (f"{cell} ({seconds} s)" for cell, seconds in done.late)
            reasons[name] = because("late", cells=", ".join(late))
        elif done.kind == "ok" and (why := done.starved(how.memory_mb)):
            # a check may have failed for that alone
            reasons[name] = why
    absent = [name for name in expected if name not in prepared.notebooks and name not in reasons]
    status: Status
    if prepared.notebooks:
        reasons |= dict.fromkeys(absent, because("absent"))
        status = "partly" if reasons else "graded"
    elif reasons:
        status, fingerprint = "failed", ""
    else:
        names = ", ".join(f"{name}.ipynb" for name in absent)
        status = "missing"
        reasons[""] = because("not-there", names=names, folder=submission.folder)
    return Verdict(
        submission.assignment,
        submission.student,
        status,
        _of_notebooks(reasons, several=len(expected) > 1),
        tuple(prepared.remarks),
        fingerprint,
        how.sealed,
    )


def _of_notebooks(reasons: Mapping[str, Reason], *, several: bool) -> tuple[Reason, ...]:
    return tuple(
        reason.of_notebook(name) if several else reason for name, reason in reasons.items()
    )
