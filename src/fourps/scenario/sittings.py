"""How a story passes: how much of it a sitting or a group takes, and whether time goes forward."""

from __future__ import annotations

from random import Random
from statistics import median
from typing import TYPE_CHECKING

from fourps.scenario.engine import by_name, ending, offered, start, step
from fourps.scenario.model import END
from fourps.scenario.notation import BEGINNING, Moment, holds, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    every = [play for play, _ in plays(scenario)]
    whole, sitting = median(map(sum, every)), median(words for play in every for words in play)
    # "about 1 minutes" is said nowhere
    return max(2, round(whole / WORDS_A_MINUTE)), max(2, round(sitting / WORDS_A_MINUTE))


def plays(scenario: Scenario) -> list[tuple[list[int], int]]:
    """Return of plays at random, always the same, the words in each sitting, and the decisions."""
    # no secret
    return [_read(scenario, Random(seed)) for seed in range(_PLAYS)]  # noqa: S311


def _read(scenario: Scenario, chance: Random) -> tuple[list[int], int]:
    """Return the words that a play at random reads in each of its sittings, and its decisions."""
    state, met, sittings, steps = start(scenario), set[str](), [0], 0
    for steps in range(_LONGEST):  # noqa: B007 - how many there were is what is asked
        values = by_name(scenario, state)
        if not (choices := offered(scenario, state)):
            break
        node, name = scenario.nodes[state.node], chance.choice(list(choices))
        if node.chapter and sittings != [0]:
            sittings.append(0)
        taken = choices[name]
        met |= {*node.meets, *taken.meets}
        asides = [aside.text for aside in node.asides if holds(aside.when, values)]
        read = [node.title, node.text, *asides, *(choice.text for choice in choices.values())]
        sittings[-1] += _words(*read, taken.consequence, taken.rationale)
        state = step(scenario, state, name)
    if state.node == END and (last := ending(scenario, state)):
        end = scenario.endings[last]
        parts = [
            part.text
            for part in end.parts
            if holds(part.when, values) and met.issuperset(part.about)
        ]
        sittings[-1] += _words(end.title, end.text, *parts)
    return sittings, steps


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def backwards(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield once each node that comes earlier than what was reached before it, and the node before.

    Parameters
    ----------
    scenario
        Any scenario; nodes without a time are passed through.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> list(backwards(load(find("protection", "scenario.yaml", Path()))[0]))
    []
    """
    nodes = scenario.nodes
    reached = {scenario.start: _at(nodes[scenario.start].time, BEGINNING)}
    ahead, named = [scenario.start], set()
    while ahead:
        name = ahead.pop()
        for to in dict.fromkeys(choice.to for choice in nodes[name].choices.values()):
            if to not in nodes:
                continue
            now = _at(nodes[to].time, reached[name])
            if now < reached[name]:
                if to not in named:
                    named.add(to)
                    yield to, name
                continue
            # only what is later than before can show more: so a loop comes to an end
            if to not in reached or now > reached[to]:
                reached[to] = now
                ahead.append(to)


def _at(time: str | None, before: Moment) -> Moment:
    return moment(time, before) if time else before
