"""How many people took which way through a scenario."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.scenario.engine import Attempt


@dataclass
class Ways:
    """The ways through one scenario, each person counted once at each place."""

    people: int = 0
    """How many finished."""
    choices: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    """How many people came to each choice and ending."""


def ways(plays: Iterable[Attempt]) -> Ways:
    """Count the ways of finished plays, exactly.

    Parameters
    ----------
    plays
        One for each person.
    """
    counted = Ways()
    for play in plays:
        counted.people += 1
        counted.endings[str(play.ending)] += 1
        counted.choices.update(set(play.path))
    return counted
