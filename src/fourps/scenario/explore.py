"""Search every state that a scenario can reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from fourps.scenario.engine import State, offered, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.scenario.model import Scenario

LIMIT = 200_000


class Move(NamedTuple):
    """One choice taken in one state."""

    origin: State
    choice: str
    target: State


class TooManyStatesError(ValueError):
    """The search was given up."""


@dataclass(frozen=True)
class Space:
    """Every reachable state of a scenario and the moves between them.

    The course has over a million moves: states go by number, since that is quicker to look up.
    """

    scenario: Scenario
    """What was searched."""
    states: list[State]
    """Each reachable state, in the order of the search; the first is the start."""
    ways: list[tuple[tuple[str, int], ...]]
    """For each state the choices on offer, and the numbers of the states that they lead to;
    finished states have none."""

    @cached_property
    def moves(self) -> dict[State, tuple[Move, ...]]:
        """For each reachable state its moves; finished states have none."""
        return {
            state: tuple(Move(state, choice, self.states[target]) for choice, target in ways)
            for state, ways in zip(self.states, self.ways, strict=True)
        }

    @property
    def finished(self) -> list[State]:
        """The states in which a play is over."""
        return [state for state in self.states if state.node == END]

    def reaching(self, goals: Iterable[State]) -> set[State]:
        """Return the states from which one of the goals can be reached."""
        wanted = set(goals)
        number, members = self.components
        reached = [False] * len(members)
        for place, group in enumerate(members):
            reached[place] = any(
                self.states[state] in wanted
                or any(reached[number[target]] for _, target in self.ways[state])
                for state in group
            )
        return {state for state, place in zip(self.states, number, strict=True) if reached[place]}

    @cached_property
    def components(self) -> tuple[list[int], list[list[int]]]:
        """The number of each state's strongly connected component, and the states of each.

        A component is closed, and so numbered, after every other that can be reached from it.
        Algorithm: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1
        (1972) 146-160, made iterative.
        """
        order, low, component = ([-1] * len(self.states) for _ in range(3))
        members: list[list[int]] = []
        stack, work = [0], [(0, iter(self.ways[0]))]
        order[0] = low[0] = 0
        count = 1
        while work:
            state, ways = work[-1]
            for _, target in ways:
                if order[target] < 0:
                    order[target] = low[target] = count
                    count += 1
                    stack.append(target)
                    work.append((target, iter(self.ways[target])))
                    break
                if component[target] < 0:
                    low[state] = min(low[state], order[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[state])
                if low[state] == order[state]:
                    group: list[int] = []
                    while not group or group[-1] != state:
                        group.append(stack.pop())
                        component[group[-1]] = len(members)
                    members.append(group)
        return component, members

    @cached_property
    def scoring_loops(self) -> list[Move]:
        """Moves that change a score and can be repeated for ever."""
        number, _ = self.components
        choices = self.scenario.choices
        scoring = {name for name in choices if any(choices[name].score.values())}
        return [
            Move(self.states[state], choice, self.states[target])
            for state, ways in enumerate(self.ways)
            for choice, target in ways
            if number[state] == number[target] and choice in scoring
        ]

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """Worst and best score of a whole play, for each competency.

        Only meaningful without scoring loops: then no move inside a component scores, and one pass
        over the components in the order in which they were closed is enough.
        """
        names = list(self.scenario.competencies)
        # every score beside its negative: the least of both are the lowest and the highest score
        points = {
            name: [sign * choice.score.get(key, 0) for sign in (1, -1) for key in names]
            for name, choice in self.scenario.choices.items()
        }
        number, members = self.components
        # the same lies ahead of many components: what that comes to is reckoned once, and numbered
        known: dict[tuple[bool, frozenset[tuple[str, int]]], int] = {}
        results: dict[tuple[int, ...], int] = {}
        scores: list[tuple[int, ...]] = []
        least: list[int | None] = []
        for place, group in enumerate(members):
            over = any(self.states[state].node == END for state in group)
            ahead = frozenset(
                (choice, result)
                for state in group
                for choice, target in self.ways[state]
                if number[target] != place and (result := least[number[target]]) is not None
            )
            if (over, ahead) not in known and (over or ahead):
                ends = [tuple(map(add, points[choice], scores[result])) for choice, result in ahead]
                ends += [(0,) * 2 * len(names)] * over
                worst = tuple(map(min, zip(*ends, strict=True)))
                known[over, ahead] = results.setdefault(worst, len(scores))
                if len(results) > len(scores):
                    scores.append(worst)
            least.append(known.get((over, ahead)))
        whole = least[number[0]]
        extremes = (0,) * 2 * len(names) if whole is None else scores[whole]
        return {
            name: (low, -high)
            for name, low, high in zip(names, extremes, extremes[len(names) :], strict=False)
        }


def explore(scenario: Scenario, limit: int | None = None) -> Space:
    """Search breadth first from the start, and return every reachable state.

    Parameters
    ----------
    scenario
        What to search.
    limit
        The largest number of states to hold; `LIMIT` where nobody says.

    Raises
    ------
    TooManyStatesError
        If there are more.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> len(explore(scenario).finished) > 4
    True
    """
    limit = LIMIT if limit is None else limit
    steps = _Steps(scenario)
    pairs = [(0, 0)]
    ways: list[tuple[tuple[str, int], ...]] = []
    numbers = {pairs[0]: 0}
    for place, errors in pairs:  # which grows as it is gone through
        mine = []
        for name, target, matters in steps.choices(place):
            left = steps.errors_after(place, errors, name) if matters else errors
            if left is None:
                continue
            pair = (target, left)
            if pair not in numbers:
                numbers[pair] = len(pairs)
                pairs.append(pair)
            mine.append((name, numbers[pair]))
        ways.append(tuple(mine))
        if len(pairs) > limit:
            raise TooManyStatesError(
                f"more than {limit} states; narrow the variables' bounds or use fewer of them"
            )
    return Space(scenario, [steps.state(*pair) for pair in pairs], ways)


class _Steps:
    """What the engine says of each place and of each set of errors, asked once.

    A place, which is a node with the variables' values, decides which choices stand there and where
    they lead; errors matter only to a choice that makes or repairs some. A state is both, and of
    each there are far fewer than of states.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        first = start(scenario)
        self.places = [(first.node, first.values)]
        self.errors = [(first.open, first.repaired)]
        self._place = {self.places[0]: 0}
        self._errors = {self.errors[0]: 0}
        # while all of these are open, a choice that repairs is on offer as any other
        repairs = (choice.repairs for choice in scenario.choices.values())
        self._all = tuple({*chain.from_iterable(repairs)})
        self._choices: dict[int, list[tuple[str, int, bool]]] = {}
        self._after: dict[tuple[int, str], int | None] = {}

    def state(self, place: int, errors: int) -> State:
        """Return the state of that place with those errors."""
        return State(*self.places[place], *self.errors[errors])

    def choices(self, place: int) -> list[tuple[str, int, bool]]:
        """Return the choices at a place, where each leads, and whether errors matter to it."""
        if place not in self._choices:
            state = State(*self.places[place], self._all)
            choices = []
            for name, choice in offered(self.scenario, state).items():
                target = step(self.scenario, state, name)
                key = (target.node, target.values)
                number = self._place.setdefault(key, len(self.places))
                if number == len(self.places):
                    self.places.append(key)
                choices.append((name, number, bool(choice.critical or choice.repairs)))
            self._choices[place] = choices
        return self._choices[place]

    def errors_after(self, place: int, errors: int, name: str) -> int | None:
        """Return the errors after one of a place's choices; None if they keep it from offer."""
        if (errors, name) not in self._after:
            state = self.state(place, errors)
            number = None
            if name in offered(self.scenario, state):
                target = step(self.scenario, state, name)
                key = (target.open, target.repaired)
                number = self._errors.setdefault(key, len(self.errors))
                if number == len(self.errors):
                    self.errors.append(key)
            self._after[errors, name] = number
        return self._after[errors, name]
