"""Whom a play has met when it ends, or a chapter of it, and what it is told of them there."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from fourps.scenario.engine import by_name, ending
from fourps.scenario.model import END
from fourps.scenario.notation import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.source import Loc
    from fourps.scenario.engine import State
    from fourps.scenario.explore import Space
    from fourps.scenario.model import Scenario


class Met(NamedTuple):
    """People as bits, in the scenario's order, for each state of a search."""

    always: list[int]
    """Those whom every way to a state has met: the intersection, to a fixed point."""
    ever: list[int]
    """Those whom some way to it has met."""


class Unfit(NamedTuple):
    """A person, an ending or what stands before a chapter, and choices on a way to it that fail."""

    at: Loc
    person: str
    way: list[str]
    too_much: bool
    """Whether it names a person whom that way has not met; else it has no word of one."""


def named(scenario: Scenario, text: str) -> list[str]:
    """Return the people whom a text names: by what stands before the first comma of their name.

    Parameters
    ----------
    scenario
        Whose people they are.
    text
        Of an ending.
    """
    people = []
    for person, name in scenario.people.items():
        short = re.escape(name.split(",")[0].strip())
        if re.search(rf"(?<!\w){short}(?!\w)", text, re.IGNORECASE):
            people.append(person)
    return people


def met(space: Space) -> Met:
    """Return whom the ways to each state have met.

    Parameters
    ----------
    space
        All states of a scenario.
    """
    at_node, at_choice = _bits(space.scenario)
    nothing = (1 << len(space.scenario.people)) - 1
    always, ever = [nothing] * len(space.states), [0] * len(space.states)
    always[0] = 0
    _, members = space.components
    # what lies ahead was closed first
    for group in reversed(members):
        changed = True
        while changed:
            changed = False
            for state in group:
                here = at_node.get(space.states[state].node, 0)
                for choice, target in space.ways[state]:
                    more = here | at_choice[choice]
                    both = always[target] & (always[state] | more)
                    some = ever[target] | ever[state] | more
                    if (both, some) != (always[target], ever[target]):
                        always[target], ever[target] = both, some
                        changed = len(group) > 1
    return Met(always, ever)


def unfit(space: Space) -> Iterator[Unfit]:
    """Yield once each person of whom some play is told too much or too little where it stops.

    Too much is a name in its text, for a play that did not meet them; too little is no word at all,
    for one that did.

    Parameters
    ----------
    space
        All states of a scenario.
    """
    scenario, people = space.scenario, [*space.scenario.people]
    if not people:
        return
    always, ever = met(space)
    in_text = {at: {*named(scenario, told.text)} for at, told in scenario.told.items()}
    seen: set[tuple[Loc, str, bool]] = set()
    for number, state in enumerate(space.states):
        if (at := _told_at(scenario, state)) not in in_text:
            continue
        values = by_name(scenario, state)
        parts = scenario.told[at].parts
        told = {person for part in parts if holds(part.when, values) for person in part.about}
        for place, person in enumerate(people):
            too_much = person in in_text[at] and not always[number] >> place & 1
            too_little = person not in told | in_text[at] and bool(ever[number] >> place & 1)
            if (too_much or too_little) and (at, person, too_much) not in seen:
                seen.add((at, person, too_much))
                way = _way(space, number, person, avoiding=too_much)
                yield Unfit(at, person, way, too_much)


def _told_at(scenario: Scenario, state: State) -> Loc:
    """Return the place in the file of what is told in a state, where something is."""
    if state.node == END:
        return ("endings", ending(scenario, state) or "")
    return ("nodes", state.node, "so_far")


def _bits(scenario: Scenario) -> tuple[dict[str, int], dict[str, int]]:
    """Return whom each node and each choice meets."""
    place = {person: 1 << index for index, person in enumerate(scenario.people)}

    def bits(people: list[str]) -> int:
        return sum(place[person] for person in {*people})

    return (
        {name: bits(node.meets) for name, node in scenario.nodes.items()},
        {name: bits(choice.meets) for name, choice in scenario.choices.items()},
    )


def _way(space: Space, goal: int, person: str, *, avoiding: bool) -> list[str]:
    """Return a shortest way to a state that avoids a person, or one that meets them."""
    at_node, at_choice = _bits(space.scenario)
    bit = 1 << [*space.scenario.people].index(person)
    first = (0, False)
    before: dict[tuple[int, bool], tuple[tuple[int, bool], str] | None] = {first: None}
    queue = deque([first])
    while queue:
        state, was = here = queue.popleft()
        if state == goal and was is not avoiding:
            way: list[str] = []
            while step := before[here]:
                here, choice = step
                way.insert(0, choice)
            return way
        was = was or bool(at_node.get(space.states[state].node, 0) & bit)
        for choice, target in space.ways[state]:
            there = (target, was or bool(at_choice[choice] & bit))
            if there not in before:
                before[there] = ((state, here[1]), choice)
                queue.append(there)
    return []
