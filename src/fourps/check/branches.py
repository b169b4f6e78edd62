"""How much of a scenario depends on what one does in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.source import Remark
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.scenario.model import Scenario
    from fourps.scenario.notation import Condition

_LATER = 3  # nodes
_DELAYED = 4
_SHORT = 10  # nodes with a choice: with fewer, a scenario may be a straight way


class Branches(NamedTuple):
    """What was counted.

    Attributes
    ----------
    parting, nodes
        Nodes whose choices lead to different nodes, and all with more than one choice.
    delayed
        Paragraphs and choices that are there because of something done three or more nodes before.
    """

    parting: int
    nodes: int
    delayed: int

    def __str__(self) -> str:
        return (
            f"choices part in {self.parting} of {self.nodes} nodes, {self.delayed} paragraphs and "
            f"choices come of what was done {_LATER} or more nodes before"
        )


def check(counts: Branches) -> Iterator[Remark]:
    """Yield what keeps a scenario from being alive: ``few-branches`` and ``few-delayed``.

    Parameters
    ----------
    found
        In the scenario.

    Examples
    --------
    >>> [remark.name for remark in check(Branches(parting=9, nodes=20, delayed=4))]
    ['few-branches']
    """
    if counts.nodes < _SHORT:
        return
    if 2 * counts.parting < counts.nodes:
        message = (
            f"in {counts.parting} of {counts.nodes} nodes choices lead to different nodes: let "
            "them do so in half"
        )
        yield Remark("few-branches", ("nodes",), message)
    if counts.delayed < _DELAYED:
        message = (
            f"{counts.delayed} paragraphs or choices come of what was done {_LATER} or more nodes "
            f"before: {_DELAYED} are the least"
        )
        yield Remark("few-delayed", ("nodes",), message)


def branches(scenario: Scenario) -> Branches:
    """Count how alive a scenario is.

    Parameters
    ----------
    scenario
        One that loads.

    Returns
    -------
    Branches
        A choice that repairs counts as any other. What changes only the ending is not counted.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> branches(load(find("protection", "scenario.yaml", Path()))[0]).nodes > 10
    True
    """
    several = [node for node in scenario.nodes.values() if len(node.choices) > 1]
    parting = [node for node in several if len({choice.to for choice in node.choices.values()}) > 1]
    changed: dict[str, set[str]] = defaultdict(set)
    for choice in scenario.choices.values():
        for variable in choice.effects:
            changed[variable].add(choice.to)
    far = {name: _steps(scenario, name) for name in scenario.nodes}
    delayed = sum(
        # the choice itself is one step before the node that it leads to
        any(
            far[first].get(name, 0) + 1 >= _LATER
            for variable in _tested(condition)
            for first in changed[variable] - {END}
        )
        for name, condition in _conditions(scenario)
    )
    return Branches(len(parting), len(several), delayed)


def _conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    for name, node in scenario.nodes.items():
        conditions = [aside.when for aside in node.asides]
        conditions += [choice.when for choice in node.choices.values()]
        yield from ((name, condition) for condition in conditions if condition)


def _tested(condition: Condition) -> set[str]:
    return {test.variable for alternative in condition for test in alternative}


def _steps(scenario: Scenario, name: str) -> dict[str, int]:
    """Return for each node that can follow how many steps away it is at least."""
    steps = {name: 0}
    for at in (queue := [name]):
        for choice in scenario.nodes[at].choices.values():
            if choice.to != END and choice.to not in steps:
                steps[choice.to] = steps[at] + 1
                queue.append(choice.to)
    return steps
