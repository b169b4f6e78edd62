"""A submission that is ready to run, and the verdict on it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.collect.submissions import OURS
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because
from nbseal.run.pool import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbseal.base.errors import Reason
    from nbseal.collect.submissions import Submission
    from nbseal.gradebook.verdicts import Status
    from nbseal.run.pool import Way
    from nbseal.seal import Executed


@dataclass
class Prepared(Work):
    """A submission that is ready to run."""

    submission: Submission = field(kw_only=True)
    """Whose it is."""
    troubles: dict[str, Reason] = field(default_factory=dict)
    """By name of a notebook: why it cannot run."""
    remarks: list[str] = field(default_factory=list)
    """What a facilitator should know."""
    more: str = ""
    """What of a released notebook is not plain, whatever a learner wrote."""


class SubmissionError(UserError):
    """A submission or notebook that cannot be graded; the message says what to do."""


def needs_seal(prepared: Prepared, why: str) -> Reason:
    """Return why a submission is not executed where nothing can be sealed.

    Parameters
    ----------
    prepared
        The submission.
    why
        Why nothing can, and how to go on.
    """
    if prepared.more:
        return because("code-released", what=prepared.more, why=why)
    if set(prepared.files) - {*OURS}:
        return because("files-beside", why=why)
    return because("code-own", why=why)


def decide(
    prepared: Prepared,
    executed: Mapping[str, Executed],
    expected: Sequence[str],
    fingerprint: str,
    way: Way,
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
    way
        In which it was executed.
    """
    submission = prepared.submission
    reasons = dict(prepared.troubles)
    reasons |= {name: done.reason for name, done in executed.items() if done.reason}
    for name, done in executed.items():
        if done.kind == "ok" and done.late:
            late = (f"{cell} ({seconds} s)" for cell, seconds in done.late)
            reasons[name] = because("late", cells=", ".join(late))
        elif done.kind == "ok" and (why := done.starved(way.limits.memory_mb)):
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
        tuple(
            reason.of_notebook(name) if len(expected) > 1 else reason
            for name, reason in reasons.items()
        ),
        tuple(prepared.remarks),
        fingerprint,
        way.sealed,
    )
