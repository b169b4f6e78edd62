"""How to grade, what becomes of a run, and where it says how it goes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from nbseal.base.errors import UserError

from fourps.grading.gradebook.patience import PATIENCE
from fourps.grading.run.changes import Told

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.grading.gradebook.verdicts import Verdict


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
