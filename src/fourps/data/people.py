"""SYNTHETIC: the 41 invented people of the lab "Who can be recognised?".

Two lists, six weeks apart, of people who asked for support at three sites of Selvarra. Nobody in
them is real. They hold a site, a sex, an age group and a kind of support, no name, no number and
nothing about exploitation, so no row can pair an age with it.
"""

from __future__ import annotations

import pandas as pd

from fourps.data import store

COLUMNS = ["site", "sex", "age", "support"]
SITES = ["The Stadium", "Ferry Road", "Old Brickworks"]
SEXES = ["female", "male"]
AGES = ["under 18", "18-29", "30-44", "45 and over"]
SUPPORT = ["documents", "health care", "legal advice", "training"]
WEEKS = [16, 22]


def load(week: int) -> pd.DataFrame:
    """Read the list of one week; its categories keep the order of ``SITES``, ``AGES`` and so on.

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
    >>> load(16).columns.tolist()
    ['site', 'sex', 'age', 'support']
    """
    if week not in WEEKS:
        raise ValueError(f"There is no list of week {week}; choose 16 or 22.")
    people = store.load("people", week=week)
    for column, values in zip(COLUMNS, (SITES, SEXES, AGES, SUPPORT), strict=True):
        people[column] = pd.Categorical(people[column], values, ordered=True)
    return people
