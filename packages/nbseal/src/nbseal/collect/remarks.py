"""The result of collecting: hand-ins that were taken, and a line on each of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nbseal.base.errors import closed, refusal
from nbseal.base.from_outside import several, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

# lines of one hand-in, or on one learner
_MOST = 10


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

    _heard: dict[str, list[int]] = field(default_factory=dict)
    """How many lines there are of each hand-in, and the place of what counts the rest."""
    _beside: dict[str, list[str]] = field(default_factory=dict)
    """Names of the files beside notebooks, by learner."""

    @property
    def learners(self) -> set[str]:
        """Of whom anything was taken."""
        return {learner for learner, _ in self.taken}

    def say(self, line: str, of: str = "") -> None:
        """Remember a line for the facilitator.

        Parameters
        ----------
        line
            What is said.
        of
            The hand-in that it is about, if it may be about one many times: then what is too much
            is counted.

        Examples
        --------
        >>> collection = Collection()
        >>> for number in range(158):
        ...     collection.say(f"{number}.pdf: no notebook", "ada.zip")
        >>> len(collection.remarks), collection.remarks[-1]
        (11, 'ada.zip: and 148 more of this kind.')
        """
        heard = self._heard.setdefault(of, [0, len(self.remarks)])
        heard[0] += 1
        if not of or heard[0] <= _MOST:
            self.remarks.append(line)
            return
        if heard[0] == _MOST + 1:
            heard[1] = len(self.remarks)
            self.remarks.append("")
        self.remarks[heard[1]] = f"{shown(of)}: and {heard[0] - _MOST} more of this kind."

    def stop(self, error: OSError) -> None:
        """Remember why nothing more can be taken."""
        whole = "What was taken is whole, and nobody is to blame."
        again = "" if closed(error) else " Mend that, then collect again."
        self.stopped = f"Collecting stopped. {refusal(error)} {whole}{again}"

    def leave_beside(self, learner: str, paths: Iterable[tuple[str, ...]]) -> None:
        """Remember files of a learner that lay beside a notebook and are not collected."""
        names = (shown("/".join(parts)) for parts in paths)
        self._beside.setdefault(learner, []).extend(names)

    def say_beside(self) -> None:
        """Say which there were, of those of whom a notebook was taken, which may need them."""
        # a folder or zip may be named as hand-in files are
        taken = {f"{assignment}-{learner}": learner for learner, assignment in self.taken}
        taken |= {learner: learner for learner in self.learners}
        for name, names in self._beside.items():
            if names and name in taken:
                self.say(
                    f"{taken[name]}: left out beside the notebook: {several(names)}. "
                    "Copy what its cells need into the folder that the notebook is collected to."
                )
