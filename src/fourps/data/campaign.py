"""SYNTHETIC: a campaign asked about at two sites, before, after and later, with drop-out.

One site saw a drama about job offers. Knowledge rises there and fades again; what people do moves
hardly more than at the other site. People in debt know and check less, and leave more often, most
of all where the drama was: so those who can still be reached look better than those who began.

``python -m fourps.data.campaign`` writes the file again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.data import store
from fourps.data.dice import Dice, Seed
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label

if TYPE_CHECKING:
    from collections.abc import Iterator

SITES = ["drama", "no drama"]
ROUNDS = ["before", "after", "later"]
PEOPLE = 300  # at each site

_SEED = 2122
_IN_DEBT = 0.4
# How many right answers more, and what is added to the chance of checking an offer, in each round.
_KNOWS = {"drama": (0.0, 2.6, 0.8), "no drama": (0.0, 0.3, 0.4)}
_CHECKS = {"drama": (0.0, 0.08, 0.05), "no drama": (0.0, 0.04, 0.04)}
# The chance of leaving between two rounds: not in debt, in debt.
_LEAVES = {"drama": (0.07, 0.25), "no drama": (0.08, 0.16)}


def make(seed: Seed = _SEED) -> pd.DataFrame:
    """Invent the panel: 600 people in three rounds, blank where a person was no longer reached.

    Examples
    --------
    >>> panel = make()
    >>> len(panel), panel["person"].nunique()
    (1800, 600)
    """
    dice = Dice(seed)
    people = [
        list(_rows(f"P{place * PEOPLE + number:03}", site, dice))
        for place, site in enumerate(SITES)
        for number in range(1, PEOPLE + 1)
    ]
    # round by round, as such data are collected
    rows = [person[number] for number in range(len(ROUNDS)) for person in people]
    panel = pd.DataFrame(rows, columns=list(dataset("campaign").columns))
    types = {"knows": "float64", "checked_offer": "boolean", "offered": "boolean"}
    return label(panel.astype(types))


load = store.loader("campaign")


def _rows(person: str, site: str, dice: Dice) -> Iterator[tuple[object, ...]]:
    debt, left = dice.chance(_IN_DEBT), False
    usual = 4.8 - 1.0 * debt + dice.bell(1.4)
    for number, name in enumerate(ROUNDS):
        left = left or (number > 0 and dice.chance(_LEAVES[site][debt]))
        knows = round(min(10.0, max(0.0, usual + _KNOWS[site][number] + dice.bell(0.7))))
        offered = dice.chance(0.55 if debt else 0.42)
        checked = dice.chance(0.40 - 0.16 * debt + _CHECKS[site][number])
        if left:
            yield person, site, name, None, None, None, True, debt
        else:
            yield person, site, name, knows, checked if offered else None, offered, False, debt


if __name__ == "__main__":
    store.save("campaign", make())
