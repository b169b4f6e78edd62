"""What of a review is answered, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fourps.review.reviewers import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fourps.review.answers import Answer
    from fourps.review.reviewers import Reviewers
    from fourps.review.statement import Statement


class Standing(NamedTuple):
    """Where it stands.

    Attributes
    ----------
    lines
        One for each field, and one for statements that nobody is asked about.
    waiting
        Each ``no`` or ``better`` about today's words that nobody has settled.
    """

    lines: list[str]
    waiting: list[Answer]


def standing(
    reviewers: Reviewers, every: Sequence[Statement], answers: Iterable[Answer]
) -> Standing:
    """Compare what came back with what the course says today.

    Parameters
    ----------
    reviewers
        Whom the course asks.
    every
        All its statements.
    answers
        All that were read.

    Returns
    -------
    Standing
        An answer counts for the words and sources that it was given for: when these change, the
        statement is open again.
    """
    answers = list(answers)
    lines: list[str] = []
    waiting: list[Answer] = []
    for name, field in reviewers.fields.items():
        wordings = {one.id: one.wording for one in field.statements(every)}
        own = [one for one in answers if one.field == name]
        fit = [one for one in own if wordings.get(one.id) == one.wording]
        answered = len({one.id for one in fit})
        undecided = [one for one in fit if one.waits]
        lines.append(
            f"review by {field.title}: {answered} of {len(wordings)} statements answered; "
            f"no or better not settled: {len(undecided)}; for an older wording: "
            f"{len(own) - len(fit)}"
        )
        waiting += undecided
    fields = reviewers.fields.values()
    alone = sum(one.claims and not any(field.asks(one) for field in fields) for one in every)
    if alone:
        lines.append(f"review by nobody: statements in no field of {FILE}: {alone}")
    return Standing(lines, waiting)
