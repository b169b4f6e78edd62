"""An index of risk for sites, the rules that decide about it, and how steady its ranking is.

A teaching aid that was never validated. It lays conditions at places side by side, and says nothing
about any person, nor how many people are trafficked anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourps.data.store import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.data.sites import Rounds


BUDGET = 6
DRAWINGS = 2000  # more of them change no share by as much as a reader can see
THREAT = ["offers", "departures"]
VULNERABILITY = ["children", "papers", "school", "debts"]
CAPACITY = ["services", "staff"]
COLUMNS = [*THREAT, *VULNERABILITY, *CAPACITY]
RULES = ["lowest", "middle", "highest", "last report"]
EQUAL = {"threat": 1, "vulnerability": 1, "capacity": 1}
_SEED = 2033
_ERROR = 0.2  # how far a count made in a hurry may be off, for the drawing


def rates(rounds: Rounds) -> pd.DataFrame:
    """Make large sites and small ones comparable.

    Returns
    -------
    pandas.DataFrame
        One row for each round and site. ``offers``, ``departures``, ``children`` and ``staff`` for
        1,000 people; ``papers``, ``school`` and ``debts`` as shares; ``services`` that are missing,
        of six. What was not reported is missing.

    Examples
    --------
    >>> from fourps.data import sites
    >>> rates(sites.load()).loc[(1, "Ferry Road")].round(2).to_dict()["services"]
    3.0
    """
    thousands = rounds["people"] / 1000
    table = pd.DataFrame(
        {
            "offers": rounds["job_offers_unchecked"] / thousands,
            "departures": rounds["unexplained_departures"] / thousands,
            "children": rounds["children_alone"] / thousands,
            "papers": rounds["no_documents"] / rounds["people"],
            "school": rounds["out_of_school"],
            "debts": rounds["in_debt"],
            "services": rounds["services_missing"],
            "staff": rounds["staff"] / thousands,
        }
    )
    return label(table.set_index(pd.MultiIndex.from_frame(rounds[["round", "site"]])))


def filled(table: pd.DataFrame, number: int, rule: str) -> pd.DataFrame:
    """Take one round, one row a site, and put a number where nothing was reported.

    Parameters
    ----------
    table
        As `rates` returns it.
    number
        The round.
    rule
        One of `RULES`: the ``lowest``, ``middle`` or ``highest`` value that any site reported in
        this round, or the site's own ``last report``; where it never reported, the middle.

    Raises
    ------
    ValueError
        If there is no such rule or round.

    Examples
    --------
    >>> from fourps.data import sites
    >>> bool(filled(rates(sites.load()), 6, "middle").isna().any(axis=None))
    False
    """
    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r}; choose one of {', '.join(RULES)}.")
    if number not in table.index.get_level_values("round"):
        raise ValueError(f"There is no round {number!r}.")
    if rule == "last report":
        table = table.groupby(level="site", sort=False).ffill()
    now = table.xs(number, level="round")
    value = {"lowest": now.min(), "highest": now.max()}.get(rule, now.median())
    return label(now.fillna(value))


def parts(table: pd.DataFrame) -> pd.DataFrame:
    """Put the columns together into threat, vulnerability and capacity, each from 1 to 3.

    Parameters
    ----------
    table
        As `filled` returns it.

    Returns
    -------
    pandas.DataFrame
        Three columns. A site that has the most of everything in a part gets 3, one that has the
        least of everything 1; within a part each column counts the same.

    Examples
    --------
    >>> from fourps.data import sites
    >>> three = parts(filled(rates(sites.load()), 1, "middle"))
    >>> bool(three.ge(1).all(axis=None) and three.le(3).all(axis=None))
    True
    """
    three = _three(table[COLUMNS].to_numpy(dtype=float))
    return label(pd.DataFrame(three, table.index, list(EQUAL)))


def risk(three: pd.DataFrame, weights: Mapping[str, float] = EQUAL) -> pd.Series:
    """Calculate threat x vulnerability / capacity for each site, the highest first, then by name.

    Parameters
    ----------
    three
        As `parts` returns it.
    weights
        How often each part is multiplied in or divided by: 0 leaves it out, 2 counts it twice.

    Examples
    --------
    >>> three = pd.DataFrame({"threat": [2, 3], "vulnerability": [2, 1], "capacity": [1, 3]},
    ...                      index=["Canal", "Bank"])
    >>> risk(three).to_dict()
    {'Canal': 4.0, 'Bank': 1.0}
    """
    products = (
        three["threat"] ** weights["threat"]
        * three["vulnerability"] ** weights["vulnerability"]
        / three["capacity"] ** weights["capacity"]
    )
    # rounded, so that the last digit of a float decides about no site
    products = products.round(9).sort_index().sort_values(ascending=False, kind="stable")
    return label(products)


def chances(
    table: pd.DataFrame, number: int, *, counts: bool, weights: bool, budget: int = BUDGET
) -> pd.Series:
    """Draw what is not known again and again, and see how often each site comes into the first few.

    In each drawing, a blank takes what some other site reported in that round.

    It gives the share of the drawings for each site, the highest first, the same every time.

    Parameters
    ----------
    table
        As `rates` returns it.
    number
        The round.
    counts
        Whether each reported number may also be off by up to a fifth.
    weights
        Whether each part also gets a weight between a half and two.
    budget
        How many sites come into the list.

    Raises
    ------
    ValueError
        If there is no such round, or nobody reported one of the columns in it.

    Examples
    --------
    >>> from fourps.data import sites
    >>> share = chances(rates(sites.load()), 6, counts=False, weights=False)
    >>> round(float(share.sum()))
    6
    """
    if number not in table.index.get_level_values("round"):
        raise ValueError(f"There is no round {number!r}.")
    now = table.xs(number, level="round")[COLUMNS].sort_index()
    if now.isna().all().any():
        raise ValueError(f"In round {number} a column is blank at every site.")
    dice = np.random.default_rng(_SEED)
    drawn = np.repeat(now.to_numpy(dtype=float)[np.newaxis], DRAWINGS, axis=0)
    for place, name in enumerate(COLUMNS):
        blank = now[name].isna().to_numpy()
        reported = now[name].dropna().to_numpy()
        drawn[:, blank, place] = dice.choice(reported, (DRAWINGS, blank.sum()))
    if counts:
        drawn *= dice.uniform(1 - _ERROR, 1 + _ERROR, drawn.shape)
    powers = np.array([1.0, 1.0, -1.0])
    if weights:
        powers = powers * 2 ** dice.uniform(-1, 1, (DRAWINGS, 1, 3))
    scores = (_three(drawn) ** powers).prod(axis=-1).round(9)
    first = np.argsort(-scores, axis=1, kind="stable")[:, :budget]
    share = np.bincount(first.ravel(), minlength=len(now)) / DRAWINGS
    return label(pd.Series(share, now.index).sort_values(ascending=False, kind="stable"))


def _three(values: np.ndarray) -> np.ndarray:
    """Return threat, vulnerability and capacity; the last two axes are sites and columns."""
    low, high = values.min(axis=-2, keepdims=True), values.max(axis=-2, keepdims=True)
    scaled = (values - low) / np.where(high > low, high - low, 1)
    services = COLUMNS.index("services")
    scaled[..., services] = 1 - scaled[..., services]  # missing ones are no capacity
    parts = [[COLUMNS.index(name) for name in names] for names in (THREAT, VULNERABILITY, CAPACITY)]
    return 1 + 2 * np.stack([scaled[..., places].mean(axis=-1) for places in parts], axis=-1)
