"""A scenario as its author writes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from fourps.course.source import Identifier, Rules, Silencing, Source, Sources, Strict, Text
from fourps.play_record import version_of
from fourps.scenario.notation import Condition, moment, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.source import Loc

END = "end"
Kind = Literal["safe", "gaps", "repaired", "unsafe"]
KINDS: tuple[Kind, ...] = ("safe", "gaps", "repaired", "unsafe")
Critical = Literal["confidentiality", "consent", "interview", "promise"]


def _time(text: str) -> str:
    moment(text)
    return text


Time = Annotated[str, AfterValidator(_time)]
When = Annotated[Condition, BeforeValidator(parse), PlainSerializer(lambda value: value)]


class Competency(Strict):
    """What choices score, and what to practise when it went less well."""

    title: Text
    practise: Text


class Variable(Strict):
    """A bounded integer, or a flag (an integer of 0 or 1)."""

    kind: Literal["integer", "flag"]
    title: Text
    min: int = 0
    max: int = 1
    start: int = 0

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.kind == "flag" and (self.min, self.max, self.start) != (0, 1, 0):
            raise ValueError("a flag starts false and takes no min, max or start")
        if not self.min <= self.start <= self.max:
            raise ValueError(
                f"expected min <= start <= max, found {self.min}, {self.start}, {self.max}"
            )
        return self


class Aside(Strict):
    """A paragraph that a node shows only when a condition holds."""

    when: When
    text: Text


class Choice(Silencing):
    """One thing that the player can do at a node.

    ``tempts`` is the competency that one may wrongly think decides here: a reader who plays with
    reasons is asked which one does, before the reason comes. ``meets`` names people of the scenario
    who come in with what follows. ``rule`` names rules of the course that the reason states.
    """

    text: Text
    to: Identifier
    when: When = ()
    effects: dict[Identifier, int | bool] = {}
    score: dict[Identifier, Annotated[int, Field(ge=-2, le=2)]] = {}
    consequence: Text
    rule: Rules = []
    rationale: Text
    source: Sources = []
    critical: Critical | None = None
    repairs: list[Identifier] = []
    tempts: Identifier | None = None
    meets: list[Identifier] = []

    @property
    def decides(self) -> str | None:
        """The competency with the greatest weight in its score."""
        return max(self.score, key=lambda name: abs(self.score[name]), default=None)

    @property
    def moves(self) -> dict[str, Any]:
        """All that the engine needs and no text; empty fields are left out."""
        moves = {
            "to": self.to,
            "when": self.when,
            "effects": {name: int(value) for name, value in self.effects.items()},
            "score": self.score,
            "critical": self.critical,
            "repairs": self.repairs,
        }
        return {name: value for name, value in moves.items() if value}


class Part(Strict):
    """What is told of these people, to whoever met them, where a condition holds."""

    when: When = ()
    about: Annotated[list[Identifier], Field(min_length=1)]
    text: Text


class Told(Silencing):
    """What happened, where a play ends or can be left: a text for all, and parts about people."""

    title: Text
    text: Text
    parts: list[Part] = []


class Ending(Told):
    """How a play can end, with its debrief."""

    kind: Kind
    when: When = ()


class Node(Silencing):
    """A situation with its choices.

    ``place`` and ``speaker`` are ids of the course's world: where it is, and who of the colleagues
    speaks. ``chapter`` is the title of the chapter that begins here: before it the story can be
    left until another day, and ``so_far`` tells what happened until then. ``meets`` names people of
    the scenario who come in here. ``pause`` is for whoever plays it with a group: here all stop and
    talk.
    """

    title: Text
    pause: bool = False
    chapter: Text | None = None
    so_far: Told | None = None
    meets: list[Identifier] = []
    place: Identifier | None = None
    time: Time | None = None
    speaker: Identifier | None = None
    text: Text
    asides: list[Aside] = []
    choices: dict[Identifier, Choice]

    @model_validator(mode="after")
    def _between(self) -> Self:
        if self.so_far and not self.chapter:
            raise ValueError(
                "`so_far` is told before a chapter: give this one its title, `chapter`"
            )
        return self

    @property
    def worth(self) -> dict[str, int]:
        """What each choice scores, but for those that repair."""
        return {
            name: sum(choice.score.values())
            for name, choice in self.choices.items()
            if not choice.repairs
        }

    @property
    def best(self) -> frozenset[str]:
        """The choices that score most, where others score less."""
        worth = self.worth
        best = frozenset(name for name in worth if worth[name] == max(worth.values()))
        return best if len(best) < len(worth) else frozenset()


class Scenario(Silencing):
    """A whole scenario.

    Nodes, choices, variables, competencies and endings are keyed by stable ids. Choice ids are
    unique in the scenario, so that a path is a list of choice ids. ``people`` are those whom the
    story is about, as its text names them ("S., the seamstress").
    """

    id: Identifier
    title: Text
    role: Text
    content_note: Text
    objectives: Annotated[list[Text], Field(min_length=1)]
    competencies: Annotated[dict[Identifier, Competency], Field(min_length=1)]
    variables: dict[Identifier, Variable] = {}
    people: dict[Identifier, Text] = {}
    start: Identifier
    nodes: Annotated[dict[Identifier, Node], Field(min_length=1)]
    endings: Annotated[dict[Identifier, Ending], Field(min_length=1)]

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """All choices by id."""
        return {
            name: choice for node in self.nodes.values() for name, choice in node.choices.items()
        }

    @cached_property
    def told(self) -> dict[Loc, Told]:
        """What is told at each ending, and before a chapter, by its place in the file."""
        told: dict[Loc, Told] = {("endings", name): ending for name, ending in self.endings.items()}
        for name, node in self.nodes.items():
            if node.so_far:
                told["nodes", name, "so_far"] = node.so_far
        return told

    @cached_property
    def places(self) -> dict[str, tuple[int, Variable]]:
        """Each variable by id, with its place among them."""
        variables = self.variables.items()
        return {name: (place, variable) for place, (name, variable) in enumerate(variables)}

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits that change with what is played, never with what is read.

        The hash covers ids, targets, conditions, effects, scores, critical errors and repairs,
        the variables' bounds and the endings' kinds. Mending a typo or translating keeps it.
        """
        return version_of(self.structure())

    def structure(self) -> dict[str, Any]:
        """Return all that the engine needs and no text."""
        return {
            "id": self.id,
            "start": self.start,
            "competencies": sorted(self.competencies),
            "variables": {
                name: [variable.kind, variable.min, variable.max, variable.start]
                for name, variable in self.variables.items()
            },
            "nodes": {
                name: {
                    "asides": [aside.when for aside in node.asides],
                    "choices": {key: choice.moves for key, choice in node.choices.items()},
                }
                for name, node in self.nodes.items()
            },
            # the order decides which ending is taken, so it is part of the structure
            "endings": [[name, ending.kind, ending.when] for name, ending in self.endings.items()],
        }


def load(path: Path) -> tuple[Scenario, Source]:
    """Read a scenario and check that its names fit together.

    Parameters
    ----------
    path
        A scenario's YAML file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> scenario.id
    'card-desk'
    """
    return Source.load(path, Scenario, _loose_ends)


def _loose_ends(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Yield each name that refers to nothing."""
    if scenario.start not in scenario.nodes:
        yield ("start",), f"there is no node '{scenario.start}'"
    if END in scenario.nodes:
        yield ("nodes", END), f"'{END}' is how a choice ends the play; give the node another id"
    seen: set[str] = set()
    for name, node in scenario.nodes.items():
        if not node.choices:
            yield ("nodes", name, "choices"), "a node needs at least one choice"
        yield from _people_ends(scenario, node.meets, ("nodes", name, "meets"))
        for index, aside in enumerate(node.asides):
            yield from _condition_ends(
                scenario, aside.when, ("nodes", name, "asides", index, "when")
            )
        for key, choice in node.choices.items():
            at: Loc = ("nodes", name, "choices", key)
            if key in seen:
                yield at, "choice ids are unique in the whole scenario; this one stands twice"
            seen.add(key)
            yield from _choice_ends(scenario, choice, at)
    for name, ending in scenario.endings.items():
        yield from _condition_ends(scenario, ending.when, ("endings", name, "when"))
    for place, told in scenario.told.items():
        yield from _part_ends(scenario, told, place)


def _choice_ends(scenario: Scenario, choice: Choice, at: Loc) -> Iterator[tuple[Loc, str]]:
    if choice.to != END and choice.to not in scenario.nodes:
        nodes = ", ".join(scenario.nodes)
        yield (*at, "to"), f"there is no node '{choice.to}'. Nodes: {nodes}, or '{END}'"
    yield from _condition_ends(scenario, choice.when, (*at, "when"))
    for name, value in choice.effects.items():
        variable = scenario.variables.get(name)
        if variable is None:
            yield (*at, "effects", name), f"there is no variable '{name}'"
        elif isinstance(value, bool) != (variable.kind == "flag"):
            expected = "true or false" if variable.kind == "flag" else "a number to add"
            yield (*at, "effects", name), f"expected {expected}, found {value!r}"
    for name in choice.score:
        if name not in scenario.competencies:
            yield (*at, "score", name), f"there is no competency '{name}'"
    yield from _people_ends(scenario, choice.meets, (*at, "meets"))
    others = [name for name in scenario.competencies if name != choice.decides]
    if choice.tempts and (choice.tempts not in others or not choice.decides):
        expected = ", ".join(others) if choice.decides else "none: it scores nothing"
        yield (*at, "tempts"), f"expected another competency than decides: {expected}"
    for name in choice.repairs:
        if name not in scenario.choices or not scenario.choices[name].critical:
            yield (*at, "repairs"), f"there is no critical choice '{name}' to repair"


def _part_ends(scenario: Scenario, told: Told, place: Loc) -> Iterator[tuple[Loc, str]]:
    for index, part in enumerate(told.parts):
        at = (*place, "parts", index)
        yield from _condition_ends(scenario, part.when, (*at, "when"))
        yield from _people_ends(scenario, part.about, (*at, "about"))


def _people_ends(scenario: Scenario, named: list[str], at: Loc) -> Iterator[tuple[Loc, str]]:
    for name in named:
        if name not in scenario.people:
            known = ", ".join(scenario.people) or "none"
            yield at, f"there is no person '{name}'. People: {known}"


def _condition_ends(scenario: Scenario, condition: Condition, at: Loc) -> Iterator[tuple[Loc, str]]:
    for alternative in condition:
        for test in alternative:
            if test.variable not in scenario.variables:
                known = ", ".join(scenario.variables) or "none"
                message = f"there is no variable '{test.variable}'. Variables: {known}"
                yield (*at, test.variable), message
