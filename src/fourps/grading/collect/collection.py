"""What was collected, and what is said of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from fourps.disk import closed, refusal


@dataclass
class Collection:
    """What was collected."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    """Learner and assignment of each hand-in."""
    remarks: list[str] = field(default_factory=list)
    """One line for each file or learner that something is to be said about."""
    left: int = 0
    """How many were left out of which no learner has a line that says so; the remarks name them."""
    stopped: str = ""
    """Why nothing more could be taken, such as a full disk; empty if all was looked at."""

    @property
    def learners(self) -> set[str]:
        """Of whom anything was taken."""
        return {learner for learner, _ in self.taken}

    def say(self, line: str) -> None:
        """Remember a line for the facilitator."""
        self.remarks.append(line)

    def stop(self, error: OSError) -> None:
        """Remember why nothing more can be taken."""
        whole = "What was taken is whole, and nobody is to blame."
        self.stopped = (
            f"Collecting stopped. {refusal(error)} {whole}"
            if closed(error)
            else f"Collecting stopped: {error.strerror or error} ({error.filename}). {whole} "
            "Mend that, then collect again."
        )
