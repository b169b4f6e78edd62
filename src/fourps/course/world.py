"""The invented country of the course: its places and people, to which pages and scenarios refer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from fourps.course.source import Identifier, Source, Strict, Text

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
            yield (
                ("places", name, "region"),
                f"there is no region '{place.region}'. Regions: {known}",
            )
    for name, person in world.people.items():
        if person.organisation and person.organisation not in world.organisations:
            known = ", ".join(world.organisations)
            yield (
                ("people", name, "organisation"),
                f"there is no organisation '{person.organisation}'. Organisations: {known}",
            )
        if not (drawings / f"{name}.svg").is_file():
            yield ("people", name), f"there is no portrait {drawings.name}/{name}.svg"
