"""SYNTHETIC: nine invented offers of work, and the sum that shows how long each leaves a debt.

The amounts follow no real market. The sum tells a worker what a sheet of paper means in months; it
never says which offer to take.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from fourps.data.store import label

if TYPE_CHECKING:
    from collections.abc import Hashable


NEED = 60  # what a worker needs each month, beside bed and meals
COLUMNS = ["pay", "kept", "fee", "costs", "advance", "rate", "notice"]
_OFFERS = {
    "Apples, picking": (290, 60, 0, 0, 0, 0.0, 0),
    "Apples, packing": (330, 60, 90, 0, 0, 0.0, 40),
    "Hotel kitchen": (300, 120, 80, 100, 0, 0.10, 300),
    "Building site": (380, 140, 0, 60, 100, 0.05, 0),
    "Fish hall": (340, 130, 60, 60, 150, 0.10, 170),
    "Farm with a cottage": (220, 0, 0, 0, 80, 0.0, 0),
    "House work": (260, 90, 0, 40, 200, 0.08, 260),
    "Lime kiln": (280, 100, 0, 0, 400, 0.10, 0),
    "Day work on the site": (150, 0, 0, 0, 0, 0.0, 0),
}


# what `load` returns, or a part of it
Offers: TypeAlias = pd.DataFrame


def load() -> Offers:
    """Return the nine offers.

    Returns
    -------
    pandas.DataFrame
        One row an offer, labelled as invented. ``pay`` is for a month, and ``kept`` is what the
        employer keeps of it for bed and meals. ``fee`` (for being recruited), ``costs`` (of getting
        the job) and ``advance`` (in cash) are owed on the first day; ``rate`` of what is owed is
        added each month; ``notice`` is what leaving early costs.

    Examples
    --------
    >>> load().shape, load().attrs["label"]
    ((9, 7), 'SYNTHETIC')
    """
    return label(pd.DataFrame.from_dict(_OFFERS, orient="index", columns=COLUMNS))


def struck(offers: Offers) -> Offers:
    """Return the offers as they would be with no recruitment fees and no related costs.

    Examples
    --------
    >>> owed(struck(load()))["Hotel kitchen"]
    np.int64(0)
    """
    return offers.assign(fee=0, costs=0)


def owed(offers: Offers) -> pd.Series:
    """Add up what is owed on the first day; missing where one of the three parts is.

    Examples
    --------
    >>> owed(load())["Hotel kitchen"]
    np.int64(180)
    """
    return offers[["fee", "costs", "advance"]].sum(axis=1, skipna=False)


def left(offers: Offers, home: int) -> pd.Series:
    """Work out what is left each month to repay or to save; below zero where the pay is too little.

    Parameters
    ----------
    home
        What the worker sends home each month.

    Examples
    --------
    >>> left(load(), 50)["Hotel kitchen"]
    np.int64(70)
    """
    return offers["pay"] - offers["kept"] - NEED - home


def months_in_debt(debt: float, rate: float, repaid: float, late: int = 0) -> int | None:
    """Count the months until nothing is owed, the last payment included; None if there is no end.

    Each month the interest is added first, and then something is repaid.

    Parameters
    ----------
    debt
        What is owed on the first day.
    rate
        The share of what is owed that is added each month.
    repaid
        What is repaid each month.
    late
        Months at the beginning in which no pay comes.

    Raises
    ------
    ValueError
        If the debt, the rate or the number of late months is below zero.

    Examples
    --------
    >>> months_in_debt(180, 0.1, 70), months_in_debt(180, 0.1, 70, late=2)
    (4, 6)
    >>> months_in_debt(180, 0.1, 15) is None
    True
    """
    if min(debt, rate, late) < 0:
        raise ValueError(
            f"debt {debt}, rate {rate} and late {late}: none of the three may be below zero."
        )
    if debt == 0:
        return 0
    debt *= (1 + rate) ** late
    # what does not even cover the first month's interest never ends a debt
    if repaid <= debt * rate:
        return None
    months = late
    while debt > 0:
        debt = debt * (1 + rate) - repaid
        months += 1
    return months


def course(debt: float, rate: float, repaid: float, months: int, late: int = 0) -> pd.Series:
    """Follow a debt month by month: what is owed at the end of each, from month 0, the first day.

    Parameters
    ----------
    debt, rate, repaid, late
        As for `months_in_debt`.
    months
        How many months to follow it.

    Examples
    --------
    >>> course(180, 0.1, 70, 4).round(2).tolist()
    [180.0, 128.0, 70.8, 7.88, 0.0]
    """
    amounts = [float(debt)]
    for month in range(1, months + 1):
        paid = 0 if month <= late else max(0, repaid)
        amounts.append(max(0.0, amounts[-1] * (1 + rate) - paid))
    return pd.Series(amounts, index=range(months + 1))


def how_long(offers: Offers, home: int, late: int = 0) -> pd.Series:
    """Count the months in debt of every offer; infinite where there is no end.

    Parameters
    ----------
    home
        What the worker sends home each month.
    late
        Months at the beginning in which no pay comes.

    Examples
    --------
    >>> how_long(load(), 50)[["Hotel kitchen", "Apples, picking"]].tolist()
    [4.0, 0.0]
    """
    debts, repaid = owed(offers), left(offers, home)
    months_of: dict[Hashable, float] = {}
    for name in offers.index:
        months = months_in_debt(debts[name], offers.loc[name, "rate"], repaid[name], late)
        months_of[name] = math.inf if months is None else months
    return pd.Series(months_of, dtype=float)


def to_leave(offers: Offers, home: int, month: int) -> pd.Series:
    """Work out what must be paid to leave after some months: the debt, and the notice.

    Parameters
    ----------
    home
        What the worker sends home each month.
    month
        After how many months; 0 is the first day.

    Examples
    --------
    >>> to_leave(load(), 50, 2)["Hotel kitchen"].round(2)
    np.float64(370.8)
    """
    debts, repaid = owed(offers), left(offers, home)
    rest = {
        name: course(debts[name], offers.loc[name, "rate"], repaid[name], month)[month]
        for name in offers.index
    }
    return pd.Series(rest) + offers["notice"]


def breaches(offers: Offers) -> pd.Series:
    """Name what an inspector should see on each sheet.

    Returns
    -------
    pandas.Series
        ``recruitment fee`` where the worker pays to be recruited, which the law of Selvarra
        forbids; ``related costs`` where other costs of getting the job are put on the worker; or
        both; or nothing.

    Examples
    --------
    >>> breaches(load())[["Hotel kitchen", "House work", "Lime kiln"]].tolist()
    ['recruitment fee, related costs', 'related costs', '']
    """
    names = {"fee": "recruitment fee", "costs": "related costs"}
    return pd.Series(
        {
            offer: ", ".join(name for column, name in names.items() if row[column] > 0)
            for offer, row in offers.iterrows()
        }
    )
