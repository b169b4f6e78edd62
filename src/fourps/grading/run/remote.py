"""What the machines of a cluster are asked to do.

Dask's scheduler loads whatever a task is made of, so little is loaded here and a submission travels
as bytes: as objects it cost the scheduler and the workers several times as much.
"""

from __future__ import annotations

import pickle
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourps.grading.run.pool import Way, Work
    from fourps.grading.seal import Executed


def pack(work: Work | None, way: Way) -> bytes:
    """Return a submission as bytes, for `execute`, or how any is executed, for `ready`."""
    return pickle.dumps((work, way))


def execute(packed: bytes) -> dict[str, Executed]:
    """Execute what `pack` packed, on the machine where this is called.

    Parameters
    ----------
    packed
        From the run that grades, and from nobody else: it is unpickled, as Dask does with the
        arguments of any task.
    """
    from fourps.grading.run import pool

    work, way = pickle.loads(packed)  # noqa: S301 - of our own making, over TLS
    return pool.execute(work, way)


def release() -> str:
    """Return which release of this package is here."""
    return version("fourps")


def ready(packed: bytes) -> None:
    """Have a process that waits for work, on the machine where this is called.

    Parameters
    ----------
    packed
        As `pack` packed no work.
    """
    from fourps.grading.run import pool

    _, way = pickle.loads(packed)  # noqa: S301 - of our own making, over TLS
    pool.ready(way)


def fitness() -> tuple[str, str]:
    """Return the release, and why nothing can be sealed here: empty if it can."""
    from fourps.grading.seal import why_not

    return release(), why_not()
