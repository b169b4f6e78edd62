"""Whole scenarios, played by somebody who has read nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.scenario.engine import ending, offered, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from fourps.scenario.model import Scenario

    Marks = Callable[[Mapping[str, str]], Mapping[str, float]]

_PATIENCE = 1000  # choices, for who walks in a circle


def blind(options: Mapping[str, str]) -> dict[str, float]:
    """Mark all options alike, so that one is drawn.

    Examples
    --------
    >>> blind({"go": "Go.", "stay": "Stay."})
    {'go': 0.0, 'stay': 0.0}
    """
    return dict.fromkeys(options, 0.0)


def play(scenario: Scenario, marks: Marks, random: Random) -> str:
    """Play once and return the kind of ending.

    Parameters
    ----------
    scenario
        What is played.
    marks
        How a guesser marks the options on offer, which come in a new order each time; the highest
        mark is taken, and among equals one is drawn.
    random
        Who shuffles and draws.

    Returns
    -------
    str
        ``safe``, ``gaps``, ``repaired`` or ``unsafe``; nothing if the play did not end.

    Examples
    --------
    >>> from pathlib import Path
    >>> from random import Random
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> play(scenario, blind, Random(4)) in ("safe", "gaps", "repaired", "unsafe")
    True
    """
    state = start(scenario)
    for _ in range(_PATIENCE):
        if state.node == END:
            break
        choices = list(offered(scenario, state).items())
        random.shuffle(choices)
        marked = marks({name: choice.text for name, choice in choices})
        # the shuffle has drawn already: the first of the highest is as good as any
        state = step(scenario, state, max(marked, key=lambda name: marked[name]))
    found = ending(scenario, state) if state.node == END else None
    return scenario.endings[found].kind if found else ""
