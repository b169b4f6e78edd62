"""How a run ends early: what is graded by then is kept."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from nbseal.base.errors import closed, refusal
from sqlalchemy.exc import DatabaseError, OperationalError

from fourps.grading.gradebook.full import FULL, is_full
from fourps.grading.gradebook.patience import GradebookBusyError
from fourps.grading.machine import brief, stops_all
from fourps.grading.seal import SealError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.grading.run.options import RunResult


@contextlib.contextmanager
def told_in(report: RunResult) -> Iterator[None]:
    """Have a report say why nothing more can be graded, where that ends the block."""
    try:
        yield
    except GradebookBusyError as error:
        report.stopped = str(error)
    except SealError as error:
        # before anything is changed this is said alone, as whatever else a run cannot begin for
        if not report.backup:
            raise
        report.stopped = f"{error} What is graded is kept. Mend that, then run again."
    except (DatabaseError, sqlite3.Error) as error:
        report.stopped = (
            f"{FULL} Then run again: what is graded is kept."
            if is_full(error)
            else f"The gradebook cannot be used ({brief(error)}). If nbgrader was updated, keep a "
            "copy and run nbgrader db upgrade. Then run again: what is graded is kept."
        )
    except OSError as error:
        report.stopped = (
            f"{refusal(error)} What is graded is kept."
            if closed(error)
            else f"The run cannot write. {refusal(error)} Mend that, then run again: what is "
            "graded is kept."
        )


def raise_fatal(error: BaseException) -> None:
    """Raise what would stop every other submission too."""
    if isinstance(error, (GradebookBusyError, OperationalError, sqlite3.Error)):
        raise error
    if stops_all(error):
        raise error
