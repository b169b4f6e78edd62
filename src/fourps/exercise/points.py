"""Points that nbgrader reads as they are meant, and the share of tries that a function passes."""

from __future__ import annotations

import contextlib
import copy
import io
import math
import warnings
from typing import TYPE_CHECKING, Any

from fourps.exercise.strict import same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


# feedback shows only lines of a check that begin so; see nbseal.plugins.hide_tests
HINT = "Look again: "


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


def passes(
    function: Callable[..., object],
    tries: Sequence[tuple[tuple[Any, ...], Any]],
    accept: Callable[[Any, Any], bool] = same,
) -> float:
    """Return the share of tries in which a function returns what it should; 0 if it is no function.

    It gets copies, so that it may change what it is given. What it prints or warns of is thrown
    away: a line on the error output would cost the marks, and a printed argument would put a
    hidden table into the feedback. A try that stops with an error counts as wrong.

    Parameters
    ----------
    function
        The learner's function.
    tries
        Arguments, and what is expected of them.
    accept
        Compares what came with what is expected.

    Examples
    --------
    >>> passes(lambda number: number // 2, [((4,), 2), ((5,), 2), ((5,), 2.5), (("a",), 1)])
    0.5
    """
    good = 0
    for arguments, expected in tries:
        silence = io.StringIO()
        with (
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
            warnings.catch_warnings(),
            contextlib.suppress(Exception),
        ):
            warnings.simplefilter("ignore")
            good += bool(accept(function(*copy.deepcopy(arguments)), expected))
    return good / len(tries)
