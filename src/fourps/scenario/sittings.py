"""How much a story takes in one go, to its end or to its next chapter: decisions, and minutes."""

from __future__ import annotations

from random import Random
from statistics import median
from typing import TYPE_CHECKING

from fourps.scenario.condition import holds
from fourps.scenario.engine import by_name, ending, offered, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from fourps.scenario.model import Scenario

MOST = 12
"""Decisions in one sitting."""
WORDS_A_MINUTE = 160
"""At which whoever reads in a second language reads all of the course."""
_PLAYS = 49
# a play of a story that never ends is broken off
_LONGEST = 100


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


def minutes(scenario: Scenario) -> tuple[int, int]:
    """Return the minutes of a whole play with reasons, and of one sitting: the median of both.

    That is of plays at random, always the same ones. Read are each scene with all that is on offer,
    what came of the choice and why, and the ending.

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
    >>> whole, sitting = minutes(scenario)
    >>> 2 * sitting < whole
    True
    """
    # a play, no secret
    plays = [_read(scenario, Random(seed)) for seed in range(_PLAYS)]  # noqa: S311
    sittings = [words for play in plays for words in play]
    whole, one = median(map(sum, plays)), median(sittings)
    # "about 1 minutes" is said nowhere
    return max(2, round(whole / WORDS_A_MINUTE)), max(2, round(one / WORDS_A_MINUTE))


def _read(scenario: Scenario, chance: Random) -> list[int]:
    """Return the words that a play at random reads in each of its sittings."""
    state, met, sittings = start(scenario), set[str](), [0]
    for _ in range(_LONGEST):
        values = by_name(scenario, state)
        if not (choices := offered(scenario, state)):
            break
        node, name = scenario.nodes[state.node], chance.choice(list(choices))
        if node.chapter and sittings != [0]:
            sittings.append(0)
        taken = choices[name]
        met |= {*node.meets, *taken.meets}
        asides = [one.text for one in node.asides if holds(one.when, values)]
        read = [node.title, node.text, *asides, *(one.text for one in choices.values())]
        sittings[-1] += _words(*read, taken.consequence, taken.rationale)
        state = step(scenario, state, name)
    if state.node == END and (last := ending(scenario, state)):
        end = scenario.endings[last]
        parts = [
            one.text for one in end.parts if holds(one.when, values) and met.issuperset(one.about)
        ]
        sittings[-1] += _words(end.title, end.text, *parts)
    return sittings


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
