"""SYNTHETIC: what twelve invented countries reported, shaped like the table of UNODC's data portal.

Every number is text, as there: ``<5`` stands for 1 to 4, thousands have a comma, and what was not
reported has no row. Four things in it are there to be found: Selvarra detects more since a hotline
opened in 2027, and its convictions lag; Country C counts by a wider definition from 2026 on;
Country F reported nothing for 2027 and 2028; forced labour is detected more often than it is
prosecuted. No row pairs an age with a form of exploitation.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from fourps.data import store
from fourps.data.store import label

YEARS = range(2021, 2031)
DETECTED, OFFENCES, CONTACT, PROSECUTED, CONVICTED = (
    "Detected trafficking victims",
    "Offences of trafficking in persons",
    "Persons brought into formal contact",
    "Persons prosecuted",
    "Persons convicted",
)
FORMS = ["Forced labour", "Sexual exploitation", "Other forms"]
CHILD, ADULT = "0 to 17 years", "18 years or over"
LEAST = 5  # what is smaller is printed as <5

_MILLIONS = {
    "XSE": 6.2,
    "XIS": 11.4,
    "XTA": 48.7,
    "XQA": 9.1,
    "XQB": 23.5,
    "XQC": 31.0,
    "XQD": 67.8,
    "XQE": 4.4,
    "XQF": 15.9,
    "XQG": 102.3,
    "XQH": 2.1,
    "XQI": 0.4,
}

load = partial(store.load, "detected")


def populations() -> pd.Series:
    """Return how many millions of people each country has, which do not change in this world.

    Examples
    --------
    >>> populations()["XSE"]
    np.float64(6.2)
    """
    people = pd.Series(_MILLIONS, name="millions of people").rename_axis("Iso3_code")
    people.attrs.update(label(pd.DataFrame()).attrs)
    return people


def bounds(texts: pd.Series) -> pd.DataFrame:
    """Return the least and the most that each text of ``txtVALUE`` stands for: ``low``, ``high``.

    Both are NaN for a blank.

    Parameters
    ----------
    texts
        Values as ``<5``, ``64`` or ``1,204``.

    Examples
    --------
    >>> bounds(pd.Series(["<5", "1,204"])).values.tolist()
    [[1.0, 4.0], [1204.0, 1204.0]]
    """
    plain = texts.astype("object").where(texts != "").astype("string").str.replace(",", "")
    censored = plain == f"<{LEAST}"
    numbers = plain.where(~censored.fillna(value=False)).astype("Float64").astype("float64")
    hidden = censored.fillna(value=False).astype(bool)
    return pd.DataFrame({"low": numbers.mask(hidden, 1.0), "high": numbers.mask(hidden, LEAST - 1)})
