"""What a course says of an assignment besides its notebooks: titles, what to read, what counts."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reading(NamedTuple):
    """Something to read again."""

    name: str
    address: str = ""
    """Where it lies on the web; empty where nobody knows."""


class AboutTask(NamedTuple):
    """A task as learners know it."""

    title: str
    read: tuple[Reading, ...] = ()
    """What teaches it."""


class AboutAssignment(NamedTuple):
    """An assignment as learners know it; by itself a course says nothing."""

    title: str = ""
    tasks: Mapping[str, AboutTask] = MappingProxyType({})
    """By the name of each cell that belongs to it, be it an answer or a check."""


class Part(NamedTuple):
    """Points that count by themselves."""

    name: str
    points: float
    most: float


class Standing(NamedTuple):
    """What somebody's points mean; by itself nothing."""

    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences below them."""
