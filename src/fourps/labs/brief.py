"""Counts in the course's own tables, for one brief that is made of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.lab.sentence import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.data.activities import Matrix
    from fourps.data.sites import Rounds


ADDED, ROOM, RATE = "added up", "with room for what is missing", "per 1,000 people"
WAYS = [ADDED, ROOM, RATE]
REACHED, LISTED = "people reached", "activities listed"
EVERYONE, STAYED = "everyone who was reached", "those reached all three times"
MEASURES = {"right answers of 10": ("knows", 1), "checked an offer, of 100": ("checked_offer", 100)}
DAY = pd.Timestamp("2031-11-01")  # the lab's day for what is still running


def departures(rounds: Rounds, region: str, way: str) -> pd.DataFrame:
    """Count the unexplained departures of a region, round by round.

    Parameters
    ----------
    region
        A region of Selvarra.
    way
        One of ``WAYS``. With room, a blank may be anything from 0 to the most that its site ever
        reported; per 1,000, only sites that reported count, with their people.

    Returns
    -------
    pandas.DataFrame
        One row a round; ``low``, ``value`` and ``high`` (missing where there is none), and
        ``blank``, the number of sites that did not report.

    Raises
    ------
    ValueError
        If the way is none of the three.

    Examples
    --------
    >>> from fourps.data import sites
    >>> table = departures(sites.load(), "Arrimel", ADDED)
    >>> table["blank"].tolist()
    [0, 0, 1, 0, 2, 4, 1, 0]
    """
    if way not in WAYS:
        raise ValueError(f"{way!r} is no way of counting: expected one of {WAYS}.")
    # each site stands once in a round, so nothing is aggregated
    here = rounds[rounds["region"] == region].set_index(["round", "code"])
    count = here["unexplained_departures"].unstack()  # noqa: PD010
    added, blank = count.sum(axis=1), count.isna().sum(axis=1)
    table = pd.DataFrame({"low": float("nan"), "value": added, "high": float("nan")})
    if way == ROOM:
        most = count.fillna(count.max()).sum(axis=1)
        gap = blank > 0
        table = pd.DataFrame(
            {"low": added.where(gap), "value": added.where(~gap), "high": most.where(gap)}
        )
    elif way == RATE:
        people = here["people"].unstack()  # noqa: PD010
        table["value"] = 1000 * added / people.where(count.notna()).sum(axis=1)
    return table.assign(blank=blank)


def summary(rounds: Rounds) -> pd.DataFrame:
    """Set the three ways of counting side by side, one row a region and round.

    They are what was reported, the most it could be, and both for 1,000 people, with the blanks.

    Examples
    --------
    >>> from fourps.data import sites
    >>> summary(sites.load()).loc[("Arrimel", 6), ["reported", "at most"]].tolist()
    [49.0, 95.0]
    """
    tables = {}
    for region in rounds["region"].unique():
        added, room, rate = (departures(rounds, region, way) for way in WAYS)
        tables[region] = pd.DataFrame(
            {
                "reported": added["value"],
                "at most": room["high"].fillna(room["value"]),
                "per 1,000 people": rate["value"].round(1),
                "sites blank": added["blank"],
            }
        )
    return pd.concat(tables, names=["region", "round"])


def reach(matrix: Matrix, rounds: Rounds, region: str, what: str = REACHED) -> pd.Series:
    """Set the activity matrix of a region beside the last round.

    Parameters
    ----------
    region
        A region of Selvarra.
    what
        ``REACHED`` counts people, ``LISTED`` counts activities.

    Returns
    -------
    pandas.Series
        Four numbers by name, the last for protection that is marked as ongoing and whose end has
        not passed on ``DAY``; a blank counts as nothing.

    Raises
    ------
    ValueError
        If `what` is neither of the two.

    Examples
    --------
    >>> from fourps.data import activities, sites
    >>> reach(activities.load(), sites.load(), "Varrouen", LISTED)["protection"]
    np.int64(0)
    """
    if what not in (REACHED, LISTED):
        raise ValueError(f"{what!r} cannot be counted: expected {REACHED!r} or {LISTED!r}.")
    here = matrix[matrix["region"] == region]
    protection = here[here["sector"] == "Protection"]
    ongoing = protection[protection["status"] == "ongoing"]
    running = ongoing[ongoing["end"].isna() | (ongoing["end"] >= DAY)]
    if what == LISTED:
        numbers = {
            "all": len(here),
            "protection": len(protection),
            "marked as ongoing": len(ongoing),
            "and end not passed": len(running),
        }
    else:
        last = rounds[(rounds["region"] == region) & (rounds["round"] == rounds["round"].max())]
        numbers = {
            "people at the sites": last["people"].sum(),
            "reached, added up": here["reached"].sum(),
            "by protection": protection["reached"].sum(),
            "of it still running": running["reached"].sum(),
        }
    return pd.Series(numbers).astype("int64")


def drama(panel: pd.DataFrame, measure: str, who: str) -> pd.DataFrame:
    """Average a measure of the campaign, by site and round.

    Parameters
    ----------
    panel
        As `fourps.data.campaign.load` returns it.
    measure
        A key of ``MEASURES``.
    who
        ``EVERYONE`` or ``STAYED``.

    Returns
    -------
    pandas.DataFrame
        Six rows, named ``site, round``; ``mean``, and ``people``, those behind it.

    Raises
    ------
    ValueError
        If `who` is neither of the two.

    Examples
    --------
    >>> from fourps.data import campaign
    >>> table = drama(campaign.load(), "checked an offer, of 100", EVERYONE)
    >>> table["mean"].round().astype(int).tolist()
    [34, 43, 36, 31, 37, 34]
    """
    if who not in (EVERYONE, STAYED):
        raise ValueError(f"{who!r} are not in the panel: expected {EVERYONE!r} or {STAYED!r}.")
    column, scale = MEASURES[measure]
    if who == STAYED:
        panel = panel[~panel.groupby("person")["left"].transform("any")]
    order: Mapping[str, int] = {name: n for n, name in enumerate(panel["round"].unique())}
    groups = panel.groupby(["site", "round"])[column]
    table = pd.DataFrame({"mean": scale * groups.mean().astype(float), "people": groups.count()})
    table = table.sort_index(
        level="round", key=lambda level: level.map(order), sort_remaining=False
    )
    table = table.sort_index(level="site", kind="stable", sort_remaining=False)
    return table.set_axis([listed(pair) for pair in table.index])
