"""Play a scenario: a pure function of its moves.

``front/engine.js`` is the same engine in JavaScript; ``tests/scenario/test_parity.py`` takes every
reachable state and choice of every scenario through both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from fourps.play_record import DIGITS, Record, RecordError
from fourps.scenario.model import END, Kind
from fourps.scenario.notation import holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.scenario.model import Choice, Scenario

Band = Literal["practise", "growing", "strong"]


class PathError(ValueError):
    """A path that this scenario does not allow."""


class State(NamedTuple):
    """All that decides what can happen next; scores do not."""

    node: str
    """Where the player is; ``end`` when the play is over."""
    values: tuple[int, ...]
    """The variables, in the scenario's order."""
    open: tuple[str, ...] = ()
    """Critical errors made and not repaired (choice ids, sorted)."""
    repaired: tuple[str, ...] = ()
    """Critical errors that were repaired (choice ids, sorted)."""


@dataclass(frozen=True)
class Attempt:
    """A play so far."""

    scenario: Scenario
    """What was played."""
    path: tuple[str, ...]
    """The choices taken."""
    state: State
    """Where that led."""
    scores: Mapping[str, int]
    """Points for each competency."""

    @property
    def version(self) -> str:
        """The version of the scenario that was played."""
        return self.scenario.version

    @cached_property
    def values(self) -> dict[str, int]:
        """The variables by name."""
        return by_name(self.scenario, self.state)

    @cached_property
    def ending(self) -> str | None:
        """The ending's id, once the play is over."""
        return ending(self.scenario, self.state) if self.state.node == END else None

    @property
    def kind(self) -> Kind | None:
        """The ending's kind, once the play is over."""
        return self.scenario.endings[self.ending].kind if self.ending else None

    @property
    def offered(self) -> list[str]:
        """The choices on offer now."""
        return list(offered(self.scenario, self.state))


def start(scenario: Scenario) -> State:
    """Return the state in which every play begins."""
    return State(scenario.start, tuple(variable.start for variable in scenario.variables.values()))


def by_name(scenario: Scenario, state: State) -> dict[str, int]:
    """Return what the variables are in a state."""
    return dict(zip(scenario.variables, state.values, strict=True))


def offered(scenario: Scenario, state: State) -> dict[str, Choice]:
    """Return the choices on offer in a state.

    A choice that repairs is offered only while one of the errors it repairs is open.
    """
    if state.node == END:
        return {}
    values = by_name(scenario, state)
    return {
        name: choice
        for name, choice in scenario.nodes[state.node].choices.items()
        if holds(choice.when, values)
        and (not choice.repairs or any(error in state.open for error in choice.repairs))
    }


def step(scenario: Scenario, state: State, name: str) -> State:
    """Return the state after a choice that is on offer."""
    choice = scenario.choices[name]
    values = list(state.values)
    for key, effect in choice.effects.items():
        index, variable = scenario.places[key]
        if isinstance(effect, bool):
            values[index] = int(effect)
        else:
            values[index] = min(variable.max, max(variable.min, values[index] + effect))
    if not choice.critical and not choice.repairs:
        return State(choice.to, tuple(values), state.open, state.repaired)
    mended = tuple(error for error in state.open if error in choice.repairs)
    still = tuple(error for error in state.open if error not in choice.repairs)
    if choice.critical and name not in still:
        still = (*still, name)
    # an error made again after its repair is open again, and no longer counts as repaired
    repaired = tuple(error for error in (*state.repaired, *mended) if error not in still)
    return State(choice.to, tuple(values), tuple(sorted(still)), tuple(sorted(set(repaired))))


def admitted(kind: Kind, state: State) -> bool:
    """Say whether critical errors leave an ending of this kind possible."""
    if state.open:
        return kind == "unsafe"
    if state.repaired:
        return kind in ("repaired", "unsafe")
    return kind != "repaired"


def ending(scenario: Scenario, state: State) -> str | None:
    """Return the first ending that is admitted and whose condition holds, if there is one."""
    values = by_name(scenario, state)
    for name, candidate in scenario.endings.items():
        if admitted(candidate.kind, state) and holds(candidate.when, values):
            return name
    return None


def replay(scenario: Scenario, path: Sequence[str]) -> Attempt:
    """Play a path from the start, and return the state it leads to, with the scores.

    Parameters
    ----------
    scenario
        What to play.
    path
        Choice ids in the order taken.

    Raises
    ------
    PathError
        If a choice is not on offer where the path takes it; the message names the step.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> replay(scenario, []).state.node == scenario.start
    True
    """
    state = start(scenario)
    scores = dict.fromkeys(scenario.competencies, 0)
    for number, name in enumerate(path, 1):
        choices = offered(scenario, state)
        if name not in choices:
            options = ", ".join(choices) or "none: the play is over"
            raise PathError(f"step {number}: '{name}' is not on offer here. On offer: {options}")
        for competency, points in choices[name].score.items():
            scores[competency] += points
        state = step(scenario, state, name)
    return Attempt(scenario, tuple(path), state, scores)


def bands(attempt: Attempt, ranges: Mapping[str, tuple[int, int]]) -> dict[str, Band]:
    """Say for each competency how a finished play went, in words and never as one number.

    It is ``strong`` from four fifths of the range up, ``growing`` from half of it up, else
    ``practise``. Points never offset harm: an open critical error holds the competencies that it
    scored at ``practise``, a repaired one at no more than ``growing``.

    Parameters
    ----------
    attempt
        A play.
    ranges
        Lowest and highest score that a whole play can reach, for each competency.
    """
    result: dict[str, Band] = {}
    for name, (low, high) in ranges.items():
        got, whole = attempt.scores[name] - low, high - low
        band: Band = "practise"
        if 5 * got >= 4 * whole:
            band = "strong"
        elif 2 * got >= whole:
            band = "growing"
        if band == "strong" and _touches(attempt, attempt.state.repaired, name):
            band = "growing"
        if _touches(attempt, attempt.state.open, name):
            band = "practise"
        result[name] = band
    return result


def _touches(attempt: Attempt, errors: Sequence[str], competency: str) -> bool:
    return any(competency in attempt.scenario.choices[error].score for error in errors)


def encode(attempt: Attempt) -> str:
    """Write the decision record of a play.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> decode(scenario, encode(replay(scenario, []))).path
    ()
    """
    scenario = attempt.scenario
    places = {key: sorted(node.choices) for node in scenario.nodes.values() for key in node.choices}
    moves = "".join(DIGITS[places[name].index(name)] for name in attempt.path)
    return str(Record(scenario.id, scenario.version, moves))


def decode(scenario: Scenario, line: str | Record) -> Attempt:
    """Replay a decision record, and return the play that it records.

    Parameters
    ----------
    scenario
        The scenario that it should belong to.
    line
        The record.

    Raises
    ------
    RecordError
        If it is damaged, or belongs to another scenario or version; the message says which.
    """
    record = Record.parse(line)
    record.require(scenario.id, scenario.version)
    state = start(scenario)
    path: list[str] = []
    for character in record.moves:
        siblings = sorted(scenario.nodes[state.node].choices) if state.node != END else []
        position = DIGITS.find(character)
        name = siblings[position] if 0 <= position < len(siblings) else ""
        if name not in offered(scenario, state):
            raise RecordError.of("record-step", step=len(path) + 1)
        path.append(name)
        state = step(scenario, state, name)
    return replay(scenario, path)
