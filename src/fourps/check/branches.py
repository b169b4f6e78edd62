"""How much of a scenario depends on what one does in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.remark import Remark
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


def check(found: Branches) -> Iterator[Remark]:
    """Yield what keeps a scenario from being alive: ``few-branches`` and ``few-delayed``.

    Parameters
    ----------
    found
        In the scenario.

    Examples
    --------
    >>> [one.name for one in check(Branches(parting=9, nodes=20, delayed=4))]
    ['few-branches']
    """
    if found.nodes < _SHORT:
        return
    if 2 * found.parting < found.nodes:
        message = (
            f"in {found.parting} of {found.nodes} nodes choices lead to different nodes: let them "
            "do so in half"
        )
        yield Remark("few-branches", ("nodes",), message)
    if found.delayed < _DELAYED:
        message = (
            f"{found.delayed} paragraphs or choices come of what was done {_LATER} or more nodes "
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
    parting = [node for node in several if len({one.to for one in node.choices.values()}) > 1]
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
        yield from ((name, one) for one in conditions if one)


def _tested(condition: Condition) -> set[str]:
    return {test.variable for alternative in condition for test in alternative}


def _steps(scenario: Scenario, name: str) -> dict[str, int]:
    """Return for each node that can follow how many steps away it is at least."""
    found = {name: 0}
    for one in (queue := [name]):
        for choice in scenario.nodes[one].choices.values():
            if choice.to != END and choice.to not in found:
                found[choice.to] = found[one] + 1
                queue.append(choice.to)
    return found
