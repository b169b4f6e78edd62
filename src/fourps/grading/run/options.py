"""How to grade, what becomes of a run, and where it says how it goes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from fourps.course.error import FourpsError
from fourps.grading.gradebook.patience import PATIENCE
from fourps.grading.run.changes import Told

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.grading.gradebook.verdicts import Verdict


class NotSealedError(FourpsError):
    """Learners' code cannot be sealed here; the message says why, and how to go on."""


class Teller(Protocol):
    """Where a run says how it goes."""

    def say(self, text: str) -> None:
        """Take a sentence."""

    def progress(self, done: int, of: int) -> None:
        """Take the number of submissions done, and how many there are."""


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes
    ----------
    workers
        How many notebooks run at a time on this machine.
    scheduler
        Address of a Dask scheduler whose workers run them instead.
    sealed
        Whether learners' code is sealed off.
    force
        Whether what is graded and unchanged is graded again.
    patience
        Seconds to wait for another program that holds the gradebook.
    """

    workers: int = os.cpu_count() or 1
    scheduler: str = ""
    sealed: bool = True
    force: bool = False
    patience: float = PATIENCE


@dataclass
class RunResult:
    """What became of a run.

    Attributes
    ----------
    verdicts
        Of all submissions of the assignments, those graded before included.
    now
        How many were decided in this run.
    backup
        The gradebook as it was before; None if nothing was to be changed.
    stopped
        Why the run ended early; empty if it did not.
    told
        What changed of which somebody may have been told.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    now: int = 0
    backup: Path | None = None
    stopped: str = ""
    told: Told = field(default_factory=Told)

    @property
    def complete(self) -> bool:
        """Whether everything is graded."""
        return not self.stopped and all(verdict.status == "graded" for verdict in self.verdicts)
