"""How many people took which way through a scenario."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from fourps.report.disclosure import FEW, about
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.scenario.engine import Attempt
    from fourps.scenario.model import Scenario

# no id of a node has a colon, so these never meet one
OTHER = ":other"
ENDING = ":ending:"


class Edge(NamedTuple):
    """People who went from one situation to another, or to an ending."""

    source: str
    target: str
    people: int


@dataclass
class Ways:
    """The ways through one scenario, each person counted once at each place."""

    people: int = 0
    """How many finished."""
    nodes: Counter[str] = field(default_factory=Counter)
    choices: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    """How many people came to each node, choice and ending."""
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many people went from one node to another, or to an ending, whose id then begins with
    `ENDING`."""


def ways(scenario: Scenario, plays: Iterable[Attempt]) -> Ways:
    """Count the ways of finished plays, exactly: print none of the counts as it is.

    Parameters
    ----------
    scenario
        What was played.
    plays
        One for each person.
    """
    of = {name: key for key, node in scenario.nodes.items() for name in node.choices}
    counted = Ways()
    for play in plays:
        ending = str(play.ending)
        counted.people += 1
        counted.endings[ending] += 1
        counted.choices.update(set(play.path))
        counted.nodes.update({of[name] for name in play.path})
        targets = [scenario.choices[name].to for name in play.path]
        counted.steps.update(
            {
                (of[name], f"{ENDING}{ending}" if target == END else target)
                for name, target in zip(play.path, targets, strict=True)
            }
        )
    return counted


def edges(found: Ways) -> list[Edge]:
    """Return the steps that may be drawn, with rounded counts.

    Steps of fewer than five people are joined to one that leads to `OTHER`, which is left out too
    if it is still of fewer than five.

    Parameters
    ----------
    found
        The ways.

    Examples
    --------
    >>> steps = Counter({("a", "b"): 12, ("a", "c"): 3, ("a", "d"): 2, ("b", "d"): 4})
    >>> edges(Ways(steps=steps))
    [Edge(source='a', target='b', people=10), Edge(source='a', target=':other', people=5)]
    """
    merged: Counter[tuple[str, str]] = Counter()
    # sorted, so that a report is the same each time, and its order tells nothing of who came first
    for (source, target), people in sorted(found.steps.items()):
        merged[source, target if people >= FEW else OTHER] += people
    drawn = ((pair, about(people)) for pair, people in merged.items())
    return [Edge(*pair, people) for pair, people in drawn if people]
