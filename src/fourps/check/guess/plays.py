"""Whole scenarios, played by somebody who has read nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from fourps.scenario.engine import ending, offered, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from fourps.check.guess.items import Said
    from fourps.check.guess.table import Marks
    from fourps.scenario.model import Scenario

    Mark = Callable[[Mapping[str, str]], Mapping[str, float]]

PLAYS = 400
APART = 10  # points of a hundred between who guesses and who draws
_PATIENCE = 1000  # choices, for who walks in a circle


class Plays(NamedTuple):
    """How often plays end safe, in percent.

    Attributes
    ----------
    drawn, guessed
        Of plays in which each choice is drawn, and of those by a guesser.
    """

    drawn: float
    guessed: float


def compare(
    scenarios: Mapping[str, Scenario], players: Sequence[Marks], said: Said, random: Random
) -> dict[str, Plays]:
    """Have each scenario played by drawing, and by guessers.

    Parameters
    ----------
    scenarios
        By module.
    players
        Of whom one is drawn for each play.
    said
        What gives a text in the reader's language.
    random
        Who draws.

    Returns
    -------
    dict of Plays
        By module; `PLAYS` of each kind over all of them.
    """
    times = -(-PLAYS // len(scenarios))

    def safe(scenario: Scenario, mark: Callable[[], Mark]) -> float:
        ends = [play(scenario, mark(), random, said) for _ in range(times)]
        return 100 * ends.count("safe") / times

    def guesser(module: str) -> Mark:
        return partial(random.choice(players), module)

    return {
        module: Plays(safe(scenario, lambda: blind), safe(scenario, partial(guesser, module)))
        for module, scenario in scenarios.items()
    }


def blind(options: Mapping[str, str]) -> dict[str, float]:
    """Mark all options alike, so that one is drawn.

    Examples
    --------
    >>> blind({"go": "Go.", "stay": "Stay."})
    {'go': 0.0, 'stay': 0.0}
    """
    return dict.fromkeys(options, 0.0)


def play(scenario: Scenario, mark: Mark, random: Random, said: Said = str) -> str:
    """Play once and return the kind of ending.

    Parameters
    ----------
    scenario
        What is played.
    mark
        How the player marks the options on offer, which come in a new order each time; the highest
        mark is taken, and among equals one is drawn.
    random
        Who shuffles.
    said
        What gives a text in the reader's language; by default as it is written.

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
        marks = mark({name: said(choice.text) for name, choice in choices})
        # the shuffle has drawn already: the first of the highest is as good as any
        state = step(scenario, state, max(marks, key=lambda name: marks[name]))
    found = ending(scenario, state) if state.node == END else None
    return scenario.endings[found].kind if found else ""
