"""End what takes too long for one learner, so that the others get theirs."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# for whatever is read or made of one learner's work
SECONDS = 60.0
# a library may swallow the first
_AGAIN = 1.0
_SOON = 0.001
_limits: list[float] = []


class TooSlowError(Exception):
    """It took longer than it may; the message says how long that is."""


@contextlib.contextmanager
def in_time(seconds: float | None = None) -> Iterator[None]:
    """Raise an error in a block that takes too long. Of several around each other the outer counts.

    Windows has no such alarm, and threads have none: there nothing is ended.

    Parameters
    ----------
    seconds
        How long it may take; by default `SECONDS`.

    Raises
    ------
    TooSlowError
        If it takes longer.

    Examples
    --------
    >>> try:
    ...     with in_time(0.01):
    ...         while True:
    ...             pass
    ... except TooSlowError as error:
    ...     print(error)
    it took longer than 0.01 s
    """
    may = SECONDS if seconds is None else seconds
    known = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not known or _limits:
        yield
        return

    def end(*_: object) -> None:
        raise TooSlowError(f"it took longer than {may:g} s")

    before, began = signal.signal(signal.SIGALRM, end), time.monotonic()
    _limits.append(may)
    left, again = signal.setitimer(signal.ITIMER_REAL, may, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _limits.pop()
        signal.signal(signal.SIGALRM, before)
        if left:
            # somebody else's, such as that of a test
            signal.setitimer(signal.ITIMER_REAL, max(_SOON, left - time.monotonic() + began), again)


@contextlib.contextmanager
def unhurried() -> Iterator[None]:
    """Let a part of such a block end that is not to be left half done, such as writing files."""
    if not _limits:
        yield
        return
    left, again = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left, again)
