"""SYNTHETIC: the 41 invented people of the lab "Who can be recognised?".

Two lists, six weeks apart, of people who asked for support at three sites of Selvarra. Nobody in
them is real. They hold a site, a sex, an age group and a kind of support, no name, no number and
nothing about exploitation, so no row can pair an age with it.
"""

from __future__ import annotations

import pandas as pd

from fourps.data import store
from fourps.data.store import datasets

_COLUMNS = datasets()["people"].columns
AGES = _COLUMNS["age"].choices
WEEKS = [16, 22]


def load(week: int) -> pd.DataFrame:
    """Read the list of one week; its categories keep the order of the dictionary.

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
    for name, column in _COLUMNS.items():
        people[name] = pd.Categorical(people[name], column.choices, ordered=True)
    return people
