"""A learner's function, tried with one input after the other."""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from typing import TYPE_CHECKING, Any

from fourps.exercise.strict import same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


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
