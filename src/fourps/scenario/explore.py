"""Search every state that a scenario can reach."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
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

    Attributes
    ----------
    scenario
        What was searched.
    moves
        For each reachable state its moves; finished states have none.
    """

    scenario: Scenario
    moves: dict[State, tuple[Move, ...]]

    @property
    def finished(self) -> list[State]:
        """The states in which a play is over."""
        return [state for state in self.moves if state.node == END]

    @cached_property
    def predecessors(self) -> dict[State, list[State]]:
        """For each state, the states that lead to it."""
        result: dict[State, list[State]] = {state: [] for state in self.moves}
        for moves in self.moves.values():
            for move in moves:
                result[move.target].append(move.origin)
        return result

    def reaching(self, goals: Iterable[State]) -> set[State]:
        """Return the states from which one of the goals can be reached."""
        seen = set(goals)
        queue = deque(seen)
        while queue:
            for state in self.predecessors[queue.popleft()]:
                if state not in seen:
                    seen.add(state)
                    queue.append(state)
        return seen

    @cached_property
    def loops(self) -> dict[State, int]:
        """The number of each state's strongly connected component, in reverse order of play.

        Two states with the same number lie on a common loop. A component's number is greater than
        that of every component that can be reached from it. Algorithm: R. Tarjan, "Depth-first
        search and linear graph algorithms", SIAM J. Comput. 1 (1972) 146-160, made iterative.
        """
        order: dict[State, int] = {}
        low: dict[State, int] = {}
        component: dict[State, int] = {}
        stack: list[State] = []
        count = 0
        root = next(iter(self.moves))
        work = [(root, iter(self.moves[root]))]
        order[root] = low[root] = 0
        stack.append(root)
        while work:
            state, moves = work[-1]
            for move in moves:
                target = move.target
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    work.append((target, iter(self.moves[target])))
                    break
                if target not in component:
                    low[state] = min(low[state], order[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[state])
                if low[state] == order[state]:
                    while True:
                        member = stack.pop()
                        component[member] = count
                        if member == state:
                            break
                    count += 1
        return component

    @cached_property
    def scoring_loops(self) -> list[Move]:
        """Moves that change a score and can be repeated for ever."""
        return [
            move
            for moves in self.moves.values()
            for move in moves
            if self.loops[move.origin] == self.loops[move.target]
            and any(self.scenario.choices[move.choice].score.values())
        ]

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """Worst and best score of a whole play, for each competency.

        Only meaningful without scoring loops: then no move inside a component scores, and one pass
        over the components in the order in which they were closed is enough.
        """
        members: dict[int, list[State]] = {}
        for state, number in self.loops.items():
            members.setdefault(number, []).append(state)
        names = list(self.scenario.competencies)
        # every score beside its negative: the least of both are the lowest and the highest score
        points = {
            name: [sign * one.score.get(key, 0) for sign in (1, -1) for key in names]
            for name, one in self.scenario.choices.items()
        }
        least: dict[int, tuple[int, ...]] = {}
        for number in sorted(members):
            found: list[Iterable[int]] = []
            for state in members[number]:
                if state.node == END:
                    found.append([0] * 2 * len(names))
                for move in self.moves[state]:
                    ahead = self.loops[move.target]
                    if ahead != number and ahead in least:
                        found.append(map(add, points[move.choice], least[ahead]))
            if found:
                least[number] = tuple(map(min, zip(*found, strict=True)))
        whole = least.get(self.loops[next(iter(self.moves))], (0,) * 2 * len(names))
        return {
            name: (low, -high)
            for name, low, high in zip(names, whole, whole[len(names) :], strict=False)
        }


def searched(scenario: Scenario) -> Space | None:
    """Search as `explore` does, for several who ask; None if there are too many states."""
    try:
        return explore(scenario)
    except TooManyStatesError:
        return None


def explore(scenario: Scenario, limit: int = LIMIT) -> Space:
    """Search breadth first from the start.

    Parameters
    ----------
    scenario
        What to search.
    limit
        The largest number of states to hold.

    Returns
    -------
    Space
        Every reachable state.

    Raises
    ------
    TooManyStatesError
        If there are more than `limit`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> len(explore(scenario).finished) > 4
    True
    """
    first = start(scenario)
    moves: dict[State, tuple[Move, ...]] = {}
    queue = deque([first])
    seen = {first}
    while queue:
        state = queue.popleft()
        moves[state] = tuple(
            Move(state, name, step(scenario, state, name)) for name in offered(scenario, state)
        )
        for move in moves[state]:
            if move.target not in seen:
                seen.add(move.target)
                queue.append(move.target)
        if len(seen) > limit:
            raise TooManyStatesError(
                f"more than {limit} states; narrow the variables' bounds or use fewer of them"
            )
    return Space(scenario, moves)
