"""Finds what an exhaustive search, and a careful reader, would object to in a scenario."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.outcomes import Known
from fourps.course.source import Remark, problems
from fourps.scenario.engine import by_name, ending
from fourps.scenario.explore import Space, TooManyStatesError, explore
from fourps.scenario.last_words import named, unfit
from fourps.scenario.model import END, KINDS
from fourps.scenario.sittings import MOST, backwards, left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.problem import Problem
    from fourps.course.source import Loc, Source
    from fourps.course.world import World
    from fourps.scenario.engine import State
    from fourps.scenario.model import Node, Scenario
    from fourps.scenario.notation import Condition


UNEVEN = 2
"""An option is uneven when it is more than so many times as long as another one."""


class Finding(StrEnum):
    """Stable names; ``silence: [name]`` on the choice, node, ending or scenario silences one."""

    UNREACHABLE_NODE = "unreachable-node"
    DEAD_END = "dead-end"
    NEVER_OFFERED = "never-offered"
    ENDLESS_LOOP = "endless-loop"
    SCORING_LOOP = "scoring-loop"
    UNUSED_VARIABLE = "unused-variable"
    UNUSED_COMPETENCY = "unused-competency"
    SAME_OUTCOME = "same-outcome"
    REPEATED_RATIONALE = "repeated-rationale"
    MISSING_KIND = "missing-kind"
    UNREACHABLE_ENDING = "unreachable-ending"
    NO_ENDING = "no-ending"
    NO_REPAIR = "no-repair"
    CRITICAL_UNSCORED = "critical-unscored"
    UNEVEN_OPTIONS = "uneven-options"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_OBJECTIVE = "unknown-objective"
    UNKNOWN_PLACE = "unknown-place"
    UNKNOWN_SPEAKER = "unknown-speaker"
    SILENT_SPEAKER = "silent-speaker"
    TIME_BACKWARDS = "time-backwards"
    LONG_SITTING = "long-sitting"
    UNMET_PERSON = "unmet-person"
    NO_LAST_WORD = "no-last-word"
    TOO_MANY_STATES = "too-many-states"


class Searched(NamedTuple):
    """What the search of all states comes to, without the states."""

    remarks: list[Remark]
    """What only such a search can show."""
    ranges: dict[str, tuple[int, int]]
    """Worst and best score of a whole play, for each competency."""
    states: int
    """How many were reached."""


def searched(scenario: Scenario) -> Searched | None:
    """Search all states, for several who ask; None if there are too many."""
    try:
        space = explore(scenario)
    except TooManyStatesError:
        return None
    return Searched([*_in_space(space)], space.ranges, len(space.states))


def check(
    scenario: Scenario, source: Source, known: Known | None = None, found: Searched | None = None
) -> list[Problem]:
    """Examine a scenario that loads: all that is not silenced where it stands, as the file has it.

    Parameters
    ----------
    scenario, source
        As returned by `fourps.scenario.model.load`.
    known
        Citation keys and outcomes of the course.
    found
        What `searched` returned, where somebody else needs it too.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> check(*load(find("protection", "scenario.yaml", Path())))
    []
    """
    remarks = [*_read(scenario), *_names(scenario, known or Known())]
    if known and known.world:
        remarks += _inhabitants(scenario, known.world)
    try:
        remarks += found.remarks if found else _in_space(explore(scenario))
    except TooManyStatesError as error:
        remarks.append(Remark(Finding.TOO_MANY_STATES, ("variables",), str(error)))
    return problems(source, remarks)


def _read(scenario: Scenario) -> Iterator[Remark]:
    """Yield what can be seen without playing."""
    for name, node in scenario.nodes.items():
        yield from _options(node, ("nodes", name, "choices"))
    yield from _rationales(scenario)
    for name, before in backwards(scenario):
        message = f"it is earlier here than at '{before}', which can come before"
        yield Remark(Finding.TIME_BACKWARDS, ("nodes", name, "time"), message)
    yield from _sittings(scenario)
    yield from _parts(scenario)
    scored = {competency for choice in scenario.choices.values() for competency in choice.score}
    for name in scenario.competencies:
        if name not in scored:
            yield Remark(Finding.UNUSED_COMPETENCY, ("competencies", name), "no choice scores it")
    changed = {name for choice in scenario.choices.values() for name in choice.effects}
    tested = _tested(scenario)
    for name in scenario.variables:
        for what, names in (("changes", changed), ("tests", tested)):
            if name not in names:
                loc: Loc = ("variables", name)
                yield Remark(Finding.UNUSED_VARIABLE, loc, f"nothing {what} it")
    for kind in KINDS:
        if all(end.kind != kind for end in scenario.endings.values()):
            yield Remark(Finding.MISSING_KIND, ("endings",), f"no ending is of kind '{kind}'")


def _sittings(scenario: Scenario) -> Iterator[Remark]:
    """Yield each chapter that takes too many decisions at once."""
    longest = left(scenario)
    for name, node in scenario.nodes.items():
        if (name == scenario.start or node.chapter) and longest[name] > MOST:
            message = f"up to {longest[name]} decisions in one sitting, at most {MOST}: begin a"
            yield Remark(Finding.LONG_SITTING, ("nodes", name), f"{message} 'chapter' on the way")


def _parts(scenario: Scenario) -> Iterator[Remark]:
    """Yield each part that names somebody whom it is not about."""
    for at, told in scenario.told.items():
        for index, part in enumerate(told.parts):
            for person in named(scenario, part.text):
                if person not in part.about:
                    message = f"it names {scenario.people[person]}; add '{person}' to `about`"
                    yield Remark(Finding.UNMET_PERSON, (*at, "parts", index, "text"), message)


def _rationales(scenario: Scenario) -> Iterator[Remark]:
    written = Counter(" ".join(choice.rationale.split()) for choice in scenario.choices.values())
    message = "this rationale stands more than once; say what is particular to this choice"
    for name, node in scenario.nodes.items():
        for key, choice in node.choices.items():
            if written[" ".join(choice.rationale.split())] > 1:
                at: Loc = ("nodes", name, "choices", key, "rationale")
                yield Remark(Finding.REPEATED_RATIONALE, at, message)


def _options(node: Node, at: Loc) -> Iterator[Remark]:
    """Yield what makes the options of one node too alike, or too easily told apart."""
    outcomes: dict[tuple[object, ...], str] = {}
    for key, choice in node.choices.items():
        # points are no outcome: two options that differ only in points play alike
        outcome = (
            choice.to,
            tuple(sorted((name, int(value)) for name, value in choice.effects.items())),
            choice.critical,
            tuple(choice.repairs),
        )
        twin = outcomes.setdefault(outcome, key)
        if twin != key:
            message = f"same target and effects as '{twin}'; let each lead somewhere of its own"
            yield Remark(Finding.SAME_OUTCOME, (*at, key), message)
        if choice.critical and not any(points < 0 for points in choice.score.values()):
            message = "a critical error must lower a competency; add a negative score"
            yield Remark(Finding.CRITICAL_UNSCORED, (*at, key), message)
    lengths = sorted((len(choice.text), key) for key, choice in node.choices.items())
    (few, short), (many, long) = lengths[0], lengths[-1]
    if many > UNEVEN * few:
        message = f"{many} characters, over twice the {few} of '{short}': length gives answers away"
        yield Remark(Finding.UNEVEN_OPTIONS, (*at, long), message)


def _tested(scenario: Scenario) -> set[str]:
    conditions: list[Condition] = [ending.when for ending in scenario.endings.values()]
    conditions += [part.when for told in scenario.told.values() for part in told.parts]
    for node in scenario.nodes.values():
        conditions += [aside.when for aside in node.asides]
        conditions += [choice.when for choice in node.choices.values()]
    return {test.variable for tests in chain(*conditions) for test in tests}


def _names(scenario: Scenario, known: Known) -> Iterator[Remark]:
    sources = (
        (("nodes", name, "choices", key), choice.source)
        for name, node in scenario.nodes.items()
        for key, choice in node.choices.items()
    )
    yield from known.unknown(scenario.objectives, sources)


def _inhabitants(scenario: Scenario, world: World) -> Iterator[Remark]:
    """Yield each place and speaker that the world does not have, or the text does not name."""
    for name, node in scenario.nodes.items():
        if node.place and node.place not in world.places:
            message = f"there is no place '{node.place}'. Places: {', '.join(world.places)}"
            yield Remark(Finding.UNKNOWN_PLACE, ("nodes", name, "place"), message)
        if node.speaker and node.speaker not in world.people:
            message = f"there is no colleague '{node.speaker}'. People: {', '.join(world.people)}"
            yield Remark(Finding.UNKNOWN_SPEAKER, ("nodes", name, "speaker"), message)
        elif node.speaker and world.people[node.speaker].name not in node.text:
            message = f"the text does not name {world.people[node.speaker].name}, who speaks here"
            yield Remark(Finding.SILENT_SPEAKER, ("nodes", name, "speaker"), message)


def _in_space(space: Space) -> Iterator[Remark]:
    """Yield what only a search of all states can show."""
    scenario = space.scenario
    nodes = {state.node for state in space.states}
    taken = {choice for ways in space.ways for choice, _ in ways}
    stuck = {state.node for state, ways in zip(space.states, space.ways, strict=True) if not ways}
    stuck.discard(END)
    escaping = space.reaching(space.finished)
    # a state without a choice is reported as a dead end, once, and not as a loop too
    trapped = {state.node for state in space.states if state not in escaping} - stuck
    for name, node in scenario.nodes.items():
        at: Loc = ("nodes", name)
        if name not in nodes:
            yield Remark(Finding.UNREACHABLE_NODE, at, "no way of playing leads here")
            continue
        if name in stuck:
            message = "in some state nothing is on offer here; loosen a condition"
            yield Remark(Finding.DEAD_END, at, message)
        if name in trapped:
            message = "from here, in some state, no ending can be reached"
            yield Remark(Finding.ENDLESS_LOOP, at, message)
        never = "no way of playing offers it"
        for key in [key for key in node.choices if key not in taken]:
            yield Remark(Finding.NEVER_OFFERED, (*at, "choices", key), never)
    places = {key: name for name, node in scenario.nodes.items() for key in node.choices}
    for key in sorted({move.choice for move in space.scoring_loops}):
        message = "it scores and can be repeated for ever; a loop must not change the score"
        yield Remark(Finding.SCORING_LOOP, ("nodes", places[key], "choices", key), message)
    yield from _endings(space)
    for misfit in unfit(space):
        person, way = scenario.people[misfit.person], ", ".join(misfit.way)
        if misfit.too_much:
            message = f"it names {person}, whom this way has not met: {way}"
            yield Remark(Finding.UNMET_PERSON, (*misfit.at, "text"), message)
        else:
            message = f"it says no more of {person}, whom this way met: {way}"
            yield Remark(Finding.NO_LAST_WORD, misfit.at, message)


def _endings(space: Space) -> Iterator[Remark]:
    scenario = space.scenario
    # no more of a state decides on its ending, and many are alike in that
    alike: dict[tuple[object, ...], State] = {}
    for state in space.finished:
        alike.setdefault((state.values, bool(state.open), bool(state.repaired)), state)
    taken = {state: ending(scenario, state) for state in alike.values()}
    reached = set(taken.values())
    unfit = next((state for state, name in taken.items() if name is None), None)
    if unfit:
        values = by_name(scenario, unfit)
        errors = ", ".join(unfit.open) or "none"
        message = f"no ending fits a play that finishes with {values}, open errors: {errors}"
        yield Remark(Finding.NO_ENDING, ("endings",), message)
    for name in scenario.endings:
        if name not in reached:
            message = "no way of playing ends here"
            yield Remark(Finding.UNREACHABLE_ENDING, ("endings", name), message)
    # `repaired` is only ever admitted after a repair, so reaching it is the proof
    if not any(scenario.endings[name].kind == "repaired" for name in reached if name):
        message = "after no critical error can an ending of kind 'repaired' be reached"
        yield Remark(Finding.NO_REPAIR, ("endings",), message)
