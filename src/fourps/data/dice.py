"""Seeded chance from one method alone: ``random()``, whose numbers Python promises to keep."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableSequence

Seed: TypeAlias = int
"""The same seed gives the same draws, and so the same table."""
Value = TypeVar("Value")
_THROWS = 12  # the sum of twelve has a standard deviation of one


class Dice:
    """Draws that come out the same in every version of Python.

    `random.Random` promises that for ``random()`` only, not for ``choice`` or ``gauss``; and only
    sums, products and quotients follow here, since other functions may differ in the last digit.

    Examples
    --------
    >>> Dice(1).chance(0.5), Dice(1).pick({"a": 1, "b": 9})
    (True, 'b')
    """

    def __init__(self, seed: Seed) -> None:
        self._random = random.Random(seed).random  # noqa: S311  # no secret: anyone may draw them

    def chance(self, share: float) -> bool:
        """Return True as often as `share` says."""
        return self._random() < share

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def bell(self, spread: float = 1.0) -> float:
        """Return a number around 0, in the shape of a bell."""
        return spread * (sum(self._random() for _ in range(_THROWS)) - _THROWS / 2)

    def pick(self, shares: Mapping[Value, float]) -> Value:
        """Return one of the keys, each as often as its share says."""
        point = self._random() * sum(shares.values())
        for value, share in shares.items():
            point -= share
            if point < 0:
                return value
        return value

    def shuffle(self, values: MutableSequence[Value]) -> None:
        """Bring a list into another order, in place."""
        for place in range(len(values) - 1, 0, -1):
            other = self.whole(0, place)
            values[place], values[other] = values[other], values[place]

    def count(self, people: int, share: float) -> int:
        """Return how many of `people` are met, each with the chance `share`."""
        return sum(self._random() < share for _ in range(people))
