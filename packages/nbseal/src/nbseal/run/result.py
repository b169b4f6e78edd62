"""How a run is asked for, what becomes of it, and how it ends early: what is graded is kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import DatabaseError, OperationalError

from nbseal.base.errors import UserError, closed, refusal
from nbseal.gradebook.locks import PATIENCE, GradebookBusyError
from nbseal.gradebook.opening import FULL, is_full
from nbseal.machine import brief, stops_all
from nbseal.run.changes import Told
from nbseal.seal import SealError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nbseal.gradebook.verdicts import Verdict


class NotSealedError(UserError):
    """Learners' code cannot be sealed here; the message says why, and how to go on."""


class Teller(Protocol):
    """Where a run says how it goes."""

    def say(self, text: str) -> None:
        """Take a sentence."""

    def progress(self, done: int, of: int) -> None:
        """Take the number of submissions done, and how many there are."""


@dataclass(frozen=True)
class Options:
    """How to grade."""

    workers: int = os.cpu_count() or 1
    """How many notebooks run at a time on this machine."""
    sealed: bool = True
    """Whether learners' code is sealed off."""
    force: bool = False
    """Whether what is graded and unchanged is graded again."""
    patience: float = PATIENCE
    """Seconds to wait for another program that holds the gradebook."""


@dataclass
class RunResult:
    """What became of a run."""

    verdicts: list[Verdict] = field(default_factory=list)
    """Of all submissions of the assignments, those graded before included."""
    now: int = 0
    """How many this run has done with."""
    failed: int = 0
    """How many of these failed, of which nothing is decided."""
    backup: Path | None = None
    """The gradebook as it was before; None if nothing was to be changed."""
    stopped: str = ""
    """Why the run ended early; empty if it did not."""
    told: Told = field(default_factory=Told)
    """What changed of which somebody may have been told."""

    @property
    def complete(self) -> bool:
        """Whether everything is graded."""
        return not self.stopped and all(verdict.status == "graded" for verdict in self.verdicts)


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
    of_gradebook = (GradebookBusyError, OperationalError, sqlite3.Error)
    if isinstance(error, of_gradebook) or stops_all(error):
        raise error
