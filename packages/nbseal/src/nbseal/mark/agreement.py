"""How far two markers agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Agreement:
    """Of pairs of numbers that two people gave for the same thing."""

    count: int
    """How many pairs there are."""
    exact: int
    """How many are equal."""
    within: int
    """How many are at most one apart."""
    kappa: float | None
    """Beyond chance, 1 at most; None where chance alone would make all of them equal."""


def agreement(pairs: Sequence[tuple[float, float]]) -> Agreement:
    """Compare what two markers gave for the same criteria.

    Kappa is Cohen's, weighted by the square of the distance: J. Cohen, "Weighted kappa",
    Psychological Bulletin 70 (1968), 213-220.

    Examples
    --------
    >>> agreement([(3, 3), (2, 1), (0, 0), (1, 3)])
    Agreement(count=4, exact=2, within=3, kappa=0.5833333333333333)
    >>> agreement([(3, 3), (3, 3)]).kappa
    """
    exact = sum(one == other for one, other in pairs)
    within = sum(abs(one - other) <= 1 for one, other in pairs)
    return Agreement(len(pairs), exact, within, _kappa(pairs))


def _kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    firsts, seconds = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    observed = sum((one - other) ** 2 for one, other in pairs)
    expected = sum(
        (one - other) ** 2 * firsts[one] * seconds[other] for one, other in product(firsts, seconds)
    )
    return 1 - observed * len(pairs) / expected if expected else None
