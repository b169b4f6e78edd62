"""A mark as a page sent it: taken if it is one, and refused in a sentence if not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import UserError
from nbseal.base.rubric import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbseal.base.rubric import Rubric
    from nbseal.gradebook.decisions import Decision

LONGEST = 4000
"""Letters of a comment."""


class BadDecisionError(UserError):
    """What cannot be a decision over this task; the message says why."""


def marked(
    sent: Mapping[str, Any],
    made: Decision,
    rubric: Rubric | None,
    most: float,
    words: Mapping[str, str],
) -> Decision:
    """Return a decision with the numbers and the comment that were sent.

    Parameters
    ----------
    sent
        With ``scores``, ``cap`` and ``comment``.
    made
        The decision without them.
    rubric
        How the task is marked; None for one number.
    most
        Points that can be earned.
    words
        What the page says.

    Raises
    ------
    BadDecisionError
        If they are not such.
    """
    scores, comment = sent.get("scores"), sent.get("comment")
    if not (isinstance(scores, list) and all(map(_is_number, scores))):
        raise BadDecisionError(words["desk-old"])
    if not isinstance(comment, str) or len(comment) > LONGEST:
        raise BadDecisionError(words["desk-long"].format(most=LONGEST))
    cap = sent.get("cap") is True and rubric is not None and rubric.cap is not None
    if rubric is None:
        if len(scores) != 1 or not 0 <= scores[0] <= most:
            raise BadDecisionError(words["desk-range"].format(most=f"{most:g}"))
        points = scores[0]
    elif len(scores) != len(rubric.criteria) or not {*scores} <= {*LEVELS}:
        raise BadDecisionError(words["desk-old"])
    else:
        points = rubric.points(scores, cap=cap)
    # no database takes these
    clean = comment.replace("\0", "").encode("utf-8", "replace").decode().strip()
    return replace(made, scores=(*scores,), cap=cap, points=float(points), comment=clean)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
