"""SYNTHETIC: the 41 invented people of the lab "Who can be recognised?".

Two lists, six weeks apart, of people who asked for support at three sites of Selvarra. Nobody in
them is real. They hold a site, a sex, an age group and a kind of support, no name, no number and
nothing about exploitation, so no row can pair an age with it.

``python -m fourps.data.people`` writes the two files that the lab reads.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd

from fourps.course.files import content_root
from fourps.data import store
from fourps.data.dictionary import dataset
from fourps.data.synthetic import write

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["site", "sex", "age", "support"]
SITES = ["The Stadium", "Ferry Road", "Old Brickworks"]
SEXES = ["female", "male"]
AGES = ["under 18", "18-29", "30-44", "45 and over"]
SUPPORT = ["documents", "health care", "legal advice", "training"]
WEEKS = [16, 22]

# How many people of each sex asked for each kind of support in week 16, in the order of SUPPORT.
_ASKED = {
    ("The Stadium", "female"): [4, 3, 0, 2],
    ("The Stadium", "male"): [2, 2, 2, 2],
    ("Ferry Road", "female"): [3, 4, 0, 1],
    ("Ferry Road", "male"): [1, 1, 0, 1],
    ("Old Brickworks", "female"): [2, 2, 0, 1],
    # six in one cell, and all six asked for the same: large enough, and still it tells
    ("Old Brickworks", "male"): [0, 0, 6, 0],
}
# How many of each age group, in the order of AGES.
_AGED = {
    "The Stadium": [3, 6, 5, 3],
    "Ferry Road": [2, 4, 4, 1],
    "Old Brickworks": [0, 4, 5, 2],
}
_ARRIVED = [
    ("Ferry Road", "male", "45 and over", "legal advice"),
    ("The Stadium", "female", "18-29", "health care"),
]
_LEFT = [("The Stadium", "female", "30-44", "documents")]
_SEED = 2032


def everyone() -> pd.DataFrame:
    """Make all 41 people, and say in which of the two lists each of them stands.

    There are the four columns of ``COLUMNS``, and the truth values ``week 16`` and ``week 22``.

    Examples
    --------
    >>> people = everyone()
    >>> len(people), int(people["week 16"].sum()), int(people["week 22"].sum())
    (41, 39, 40)
    """
    dice = random.Random(_SEED)  # noqa: S311  # no secret: anyone may make the same people
    rows = []
    for site in SITES:
        ages = [age for age, count in zip(AGES, _AGED[site], strict=True) for _ in range(count)]
        dice.shuffle(ages)
        for sex in SEXES:
            for support, count in zip(SUPPORT, _ASKED[site, sex], strict=True):
                rows += [(site, sex, ages.pop(), support) for _ in range(count)]
    leavers = [rows.index(leaver) for leaver in _LEFT]
    people = pd.DataFrame(rows + _ARRIVED, columns=COLUMNS)
    people["week 16"] = people.index < len(rows)
    people["week 22"] = ~people.index.isin(leavers)
    return people


def make(week: int) -> pd.DataFrame:
    """Make the list of one week (39 rows or 40), sorted so that the order says nothing.

    Parameters
    ----------
    week
        16 or 22.

    Raises
    ------
    ValueError
        If there is no list of that week.

    Examples
    --------
    >>> len(make(22))
    40
    """
    if week not in WEEKS:
        raise ValueError(f"There is no list of week {week}; choose 16 or 22.")
    people = everyone()
    return people.loc[people[f"week {week}"], COLUMNS].sort_values(COLUMNS, ignore_index=True)


def load(week: int) -> pd.DataFrame:
    """Read the list of one week; its categories keep the order of ``SITES``, ``AGES`` and so on.

    Parameters
    ----------
    week
        16 or 22.

    Examples
    --------
    >>> load(16).columns.tolist()
    ['site', 'sex', 'age', 'support']
    """
    people = store.load("people", _path(week))
    for column, values in zip(COLUMNS, (SITES, SEXES, AGES, SUPPORT), strict=True):
        people[column] = pd.Categorical(people[column], values, ordered=True)
    return people


def _path(week: int) -> Path:
    return content_root() / dataset("people").file.format(week=week)


if __name__ == "__main__":
    for week in WEEKS:
        table = make(week)
        about = f"{len(table)} invented people, week {week} of 2031; no real person or place"
        write(table, _path(week), about)
