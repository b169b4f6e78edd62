"""The invented country of the course: its places and people, and the rules that staff keep."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from fourps.course.source import Identifier, Silencing, Source, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.course.source import Loc

# where on the drawing of the country, which is 440 wide and 360 high
Point = Annotated[list[Annotated[int, Field(ge=0, le=440)]], Field(min_length=2, max_length=2)]


class Land(Strict):
    """A region, or a neighbouring country."""

    name: Text
    text: Text
    label: Point


class Place(Strict):
    """Somewhere that a story happens; with a pin it has a number on the map."""

    name: Text
    text: Text
    region: Identifier
    pin: Point | None = None


class Organisation(Strict):
    """Whom people work for."""

    name: Text
    text: Text


class Person(Strict):
    """A colleague, who has a portrait: ``book/drawings/<id>.svg``.

    ``short`` is what stands below the portrait where there is little room.
    """

    name: Text
    role: Text
    short: Text
    note: Text
    organisation: Identifier | None = None


class World(Strict):
    """All of it, keyed by stable ids."""

    country: Text
    map: Text
    regions: Annotated[dict[Identifier, Land], Field(min_length=1)]
    neighbours: dict[Identifier, Land]
    places: Annotated[dict[Identifier, Place], Field(min_length=1)]
    organisations: dict[Identifier, Organisation]
    people: Annotated[dict[Identifier, Person], Field(min_length=1)]

    @cached_property
    def pins(self) -> dict[str, int]:
        """The number of each place that has one on the map."""
        pinned = [name for name, place in self.places.items() if place.pin]
        return {name: number for number, name in enumerate(pinned, 1)}


def load(path: Path) -> tuple[World, Source]:
    """Read the world of a course, and check that its names fit together.

    Parameters
    ----------
    path
        A ``world.yaml``, with the drawings beside it in ``drawings/``.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> world, _ = load(content_root() / "book" / "world.yaml")
    >>> world.people["kessa"].name, world.pins["stadium"]
    ('Kessa', 2)
    """
    drawings = path.parent / "drawings"
    return Source.load(path, World, lambda world: _loose_ends(world, drawings))


def _loose_ends(world: World, drawings: Path) -> Iterator[tuple[Loc, str]]:
    """Yield each name that refers to nothing, and each person without a portrait."""
    for name, place in world.places.items():
        if place.region not in world.regions:
            known = ", ".join(world.regions)
            message = f"there is no region '{place.region}'. Regions: {known}"
            yield ("places", name, "region"), message
    for name, person in world.people.items():
        if person.organisation and person.organisation not in world.organisations:
            known = ", ".join(world.organisations)
            message = f"there is no organisation '{person.organisation}'. Organisations: {known}"
            yield ("people", name, "organisation"), message
        if not (drawings / f"{name}.svg").is_file():
            yield ("people", name), f"there is no portrait {drawings.name}/{name}.svg"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        message = f"is no regular expression: {error}"
        raise ValueError(message) from error
    return text


Pattern = Annotated[Text, AfterValidator(_pattern)]


class Rule(Silencing):
    """One rule, and where a learner meets it."""

    kind: Literal["law", "policy", "advice"]
    """Law and policy are others elsewhere, so a host has a line of its own beside them; advice on
    safety has none, since a host must not override it."""
    clause: Annotated[int, Field(ge=1)] | None = None
    """Of the law of the invented country: which one says it."""
    rule: Text
    """What staff do, as it holds in the invented country."""
    says: Pattern | None = None
    """What each part that teaches it says, as a regular expression, whatever the case."""
    never: list[Pattern] = []
    """What no text of the course says, because it tells the rule in another way."""
    taught: list[Text] = []
    """Parts of pages, from the course's folder: ``modules/ferry/lesson.md#the-child-rule``."""
    practised: list[Text] = []
    """Nodes of scenarios, each after its module: ``ferry/lane-four``."""
    assessed: list[Text] = []
    """Questions, each after its quiz or test, ``ferry-quiz/nineteen``, or cells of exercises,
    ``exercises/ferry/exercise.md#task-7``."""

    @model_validator(mode="after")
    def _clause_of_a_law(self) -> Self:
        if self.clause and self.kind != "law":
            raise ValueError(
                f"a clause is law: drop `clause`, or write `kind: law`, not {self.kind}"
            )
        return self


class Rules(Strict):
    """All of them, by id."""

    rules: Annotated[dict[Identifier, Rule], Field(min_length=1)]
