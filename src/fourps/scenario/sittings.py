"""How many decisions a story takes in one go: to its end, or to its next chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourps.scenario.model import Scenario

MOST = 12
"""Decisions in one sitting."""


def left(scenario: Scenario) -> dict[str, int]:
    """Return the most decisions that each node is from the end of its sitting, its own among them.

    Conditions are left out, so that no play takes more. A way that comes back to a node is counted
    to there.

    Parameters
    ----------
    scenario
        Any scenario.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> min(left(scenario).values())
    1
    """
    nodes, known = scenario.nodes, dict[str, int]()

    def most(name: str, passed: frozenset[str]) -> int:
        if name not in known:
            here = passed | {name}
            known[name] = 1 + max(
                most(to, here) if to in nodes and not nodes[to].chapter and to not in here else 0
                for to in {choice.to for choice in nodes[name].choices.values()}
            )
        return known[name]

    return {name: most(name, frozenset()) for name in nodes}
