"""Points that nbgrader reads as they are meant."""

from __future__ import annotations

import math

from fourps.course.english.exercises import HINT


def points(share: float, maximum: float, hint: str = "") -> float:
    """Turn a share into points, rounded to hundredths, and print a hint when it is not whole.

    nbgrader takes the last value of a check as the points earned. It reads ``np.float64(1.5)``, a
    negative number and NaN as full marks, and stops at more than the maximum; so the result is a
    plain float between 0 and the maximum.

    Parameters
    ----------
    share
        From 0 to 1; what lies outside is clamped, NaN counts as 0.
    maximum
        The points of the cell.
    hint
        Where to look again. It teaches and never gives the answer away.

    Examples
    --------
    >>> points(1, 4)
    4.0
    >>> points(0.5, 5, "what helps whatever the explanation is?")
    Look again: what helps whatever the explanation is?
    2.5
    """
    share = float(share)
    share = 0.0 if math.isnan(share) else min(max(share, 0.0), 1.0)
    if share < 1 and hint:
        print(f"{HINT}{hint}")  # noqa: T201 - the cell's output is where the learner reads
    return round(share * float(maximum), 2)
