"""The verdict on each submission, with its reasons: a table of our own beside the gradebook's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select

from nbseal.base.errors import Reason
from nbseal.base.notebook_file import REFUSALS
from nbseal.gradebook import tables
from nbseal.gradebook.tables import OUTCOME
from nbseal.reasons import TEXTS as UNGRADED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_TEXTS = UNGRADED | REFUSALS


def dump_reasons(reasons: Iterable[Reason]) -> str:
    """Return reasons as they are kept.

    Examples
    --------
    >>> from nbseal.reasons import because
    >>> kept = dump_reasons([because("ended", status=3).of_notebook("ps1")])
    >>> kept
    '[{"key": "ungraded-ended", "values": {"status": 3}, "notebook": "ps1"}]'
    >>> print(*load_reasons(kept))
    ps1: It ended its own process, with status 3.
    """
    kept = [
        {"key": reason.key, "values": dict(reason.values)}
        | ({"notebook": reason.notebook} if reason.notebook else {})
        for reason in reasons
    ]
    return json.dumps(kept) if kept else ""


def load_reasons(text: str) -> tuple[Reason, ...]:
    """Return reasons from how they are kept; what is kept in no such way is quoted."""
    try:
        return tuple(_reason(**reason) for reason in json.loads(text))
    except (ValueError, TypeError):
        return (Reason.quoted(text.strip()),) if text.strip() else ()


def _reason(key: str, values: dict[str, Any], notebook: str = "") -> Reason:
    try:
        reason = Reason.of(_TEXTS, key, **values)
        str(reason)
    except KeyError:
        # of a newer release
        reason = Reason.quoted(", ".join(map(str, values.values())) or key)
    return reason.of_notebook(notebook)


# digits of a fingerprint that are of the work alone
HALF = 32
Status = Literal["graded", "partly", "failed", "missing"]


@dataclass(frozen=True)
class Verdict:
    """What became of one submission."""

    assignment: str
    student: str
    """nbgrader's names."""
    status: Status
    """``graded``: every cell ran. ``partly``: some did, and what they earned counts. ``failed``:
    nothing could be graded. ``missing``: there is no notebook."""
    reasons: tuple[Reason, ...] = ()
    """Why it is not graded, or not all of it; empty if it is."""
    remarks: tuple[str, ...] = ()
    """What else a facilitator should know, such as tests that were put back."""
    fingerprint: str = ""
    """Of the submission and of the tests; the next run skips what has the same. Less than that: the
    next run grades it."""
    sealed: bool = True
    """False if it ran with ``--unsafe``."""

    @property
    def reason(self) -> str:
        """The reasons in English."""
        return " ".join(map(str, self.reasons))


def read(connection: Connection, assignment: str) -> dict[str, Verdict]:
    """Return the verdicts of an assignment by learner; none if no run has been yet.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     before = read(connection, "one")
    ...     tables.create(connection)
    ...     write(connection, Verdict("one", "ada", "failed"))
    ...     write(connection, Verdict("one", "ada", "graded"))
    ...     before, read(connection, "one")["ada"].status
    ({}, 'graded')
    >>> engine.dispose()
    """
    return {verdict.student: verdict for verdict in read_all(connection, assignment=assignment)}


def read_all(connection: Connection, **columns: Any) -> list[Verdict]:
    """Return the verdicts on all submissions, or those with these values."""
    return [
        Verdict(
            row.assignment,
            row.student,
            row.status,
            load_reasons(row.reason),
            tuple(row.remarks.splitlines()),
            row.fingerprint,
            row.sealed,
        )
        for row in tables.rows(connection, OUTCOME, **columns)
    ]


def write(connection: Connection, verdict: Verdict) -> None:
    """Write what became of a submission in place of what was known before.

    Where nothing was graded, it stays known of which work the marks are.
    """
    fingerprint = verdict.fingerprint
    if not fingerprint:
        mine = (OUTCOME.c.assignment == verdict.assignment, OUTCOME.c.student == verdict.student)
        before = select(func.substr(OUTCOME.c.fingerprint, 1, HALF)).where(*mine)
        fingerprint = connection.scalar(before) or ""
    tables.put(
        connection,
        OUTCOME,
        assignment=verdict.assignment,
        student=verdict.student,
        status=verdict.status,
        reason=dump_reasons(verdict.reasons),
        remarks="\n".join(verdict.remarks),
        fingerprint=fingerprint,
        sealed=verdict.sealed,
        decided=datetime.now(UTC).replace(tzinfo=None),
    )


def forget(connection: Connection, assignment: str) -> None:
    """Have the next run grade an assignment again, whether or not this one ends.

    Which work was graded stays known.
    """
    work = func.substr(OUTCOME.c.fingerprint, 1, HALF)
    connection.execute(
        OUTCOME.update().where(OUTCOME.c.assignment == assignment).values(fingerprint=work)
    )
