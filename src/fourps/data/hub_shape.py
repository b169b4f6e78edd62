"""What a hub of cases looks like: its columns, their values, and the shares that were published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from fourps.data.dictionary import dataset

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = list(dataset("hub").columns)
MEANS = [name for name in COLUMNS if name.startswith("means")]
EXPLOITATION = ["isForcedLabour", "isSexualExploit", "isOtherExploit"]
LABOUR = [name for name in COLUMNS if name.startswith("sectorOfLabour")]
SEX = [name for name in COLUMNS if name.startswith("sectorOfSex")]
RECRUITER = [name for name in COLUMNS if name.startswith("recruiterRelation")]
FLAGS = [*MEANS, *EXPLOITATION, *LABOUR, *SEX, *RECRUITER]
NOT_REPORTED = ""
REPORTED = "1"
GENDERS = dataset("hub").columns["gender"].choices
MONTHS = dataset("hub").columns["traffickMonths"].choices
CHILDREN = ["0--8", "9--17"]
YOUNG = ["18--20", "21--23", "24--26", "27--29"]  # adults under 30
OLDER = ["30--38", "39--47", "48+"]
YEARS = [str(year) for year in range(2027, 2032)]
# The twelve countries of fourps.data.detected, the frequent ones first, and their three regions.
COUNTRIES = ["XTA", "XSE", "XQA", "XQB", "XIS", "XQC", "XQD", "XQG", "XQE", "XQH", "XQF", "XQI"]
REGIONS = {
    "Region 1": ["XSE", "XIS", "XTA", "XQA"],
    "Region 2": ["XQB", "XQC", "XQD", "XQE", "XQF"],
    "Region 3": ["XQG", "XQH", "XQI"],
}
_WOMEN, _MEN = {"gender": ["Woman"]}, {"gender": ["Man"]}
_ADULTS, _CHILDREN = {"ageBroad": [*YOUNG, *OLDER]}, {"ageBroad": CHILDREN}
_FORCED, _SEXUALLY = {"isForcedLabour": [REPORTED]}, {"isSexualExploit": [REPORTED]}
GROUPS: dict[str, dict[str, list[str]]] = {
    "all": {},
    "adults": _ADULTS,
    "children": _CHILDREN,
    "adult women": _ADULTS | _WOMEN,
    "adult men": _ADULTS | _MEN,
    "adults in forced labour": _ADULTS | _FORCED,
    "children in forced labour": _CHILDREN | _FORCED,
    "adults in sexual exploitation": _ADULTS | _SEXUALLY,
    "children in sexual exploitation": _CHILDREN | _SEXUALLY,
}


@dataclass(frozen=True)
class Aggregate:
    """A share that CTDC has published, and how near the hub comes to it."""

    among: str
    """A name of ``GROUPS``. Rows that do not report the column, or for means and recruiters nothing
    of their group, are not counted."""
    column: str
    values: Sequence[str]
    """Which values of the column are counted."""
    share: float
    """What CTDC published, from 0 to 1."""
    within: float = 0.03
    """How far the hub may be from it."""
    shown: bool = True
    """False where it holds only before the ages of some rows are left out."""


_YES = [REPORTED]
AGGREGATES = [
    Aggregate("all", "gender", ["Woman"], 0.74, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 1"], 0.34, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 2"], 0.32, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 3"], 0.34, 0.01),
    Aggregate("all", "ageBroad", CHILDREN, 0.24, 0.01, shown=False),
    Aggregate("all", "ageBroad", [*YOUNG, *OLDER], 0.76, 0.01, shown=False),
    # these three cannot all be true: see fourps.data.hub
    Aggregate("all", "ageBroad", YOUNG, 0.43, 0.045, shown=False),
    Aggregate("adult women", "ageBroad", YOUNG, 0.47, 0.045),
    Aggregate("adult men", "ageBroad", OLDER, 0.46, 0.045),
    Aggregate("adults", "isForcedLabour", _YES, 0.43, 0.01, shown=False),
    Aggregate("children", "isForcedLabour", _YES, 0.22, 0.01, shown=False),
    Aggregate("adults in forced labour", "sectorOfLabourConstruction", _YES, 0.30),
    Aggregate("adults in forced labour", "sectorOfLabourAgriculture", _YES, 0.21),
    Aggregate("children in forced labour", "sectorOfLabourDomesticWork", _YES, 0.52),
    Aggregate("children in forced labour", "sectorOfLabourHospitality", _YES, 0.21),
    # the page can be read as 58 % or as 65 %: the hub lies between
    Aggregate("adults", "isSexualExploit", _YES, 0.615, 0.035, shown=False),
    Aggregate("children", "isSexualExploit", _YES, 0.79, 0.01, shown=False),
    Aggregate("adults in sexual exploitation", "sectorOfSexPornography", _YES, 0.09, shown=False),
    Aggregate("children in sexual exploitation", "sectorOfSexPornography", _YES, 0.2, shown=False),
    Aggregate("adults in sexual exploitation", "sectorOfSexProstitution", _YES, 0.92, shown=False),
    Aggregate("children in sexual exploitation", "sectorOfSexProstitution", _YES, 0.8, shown=False),
    Aggregate("adults", "meansAbusePsyPhySex", _YES, 0.61),
    Aggregate("children", "meansAbusePsyPhySex", _YES, 0.59, 0.04),
    Aggregate("adults", "meansDebtBondageEarnings", _YES, 0.41),
    Aggregate("adults", "meansFalsePromises", _YES, 0.32),
    Aggregate("adults", "meansExcessiveWorkHours", _YES, 0.28),
    Aggregate("adults", "meansWithholdDocs", _YES, 0.24),
    Aggregate("adults", "meansDrugsAlcohol", _YES, 0.11),
    Aggregate("children", "meansDrugsAlcohol", _YES, 0.17),
    Aggregate("adults", "recruiterRelationOther", _YES, 0.69),
    Aggregate("adults", "recruiterRelationFamily", _YES, 0.08),
    Aggregate("children", "recruiterRelationFamily", _YES, 0.51, 0.04),
]


def reached(hub: pd.DataFrame, aggregate: Aggregate) -> float:
    """Return what one of the published shares is in a hub, from 0 to 1; NaN if no row is counted.

    Parameters
    ----------
    hub
        A table with the columns of ``COLUMNS``.
    aggregate
        One of ``AGGREGATES``.

    Examples
    --------
    >>> from fourps.data import hub
    >>> round(reached(hub.make(), AGGREGATES[0]), 2)
    0.74
    """
    column = aggregate.column
    rows = pd.Series(data=True, index=hub.index)
    for title, values in GROUPS[aggregate.among].items():
        rows &= hub[title].isin(values)
    for group in (MEANS, RECRUITER):
        if column in group:
            rows &= hub[group].eq(REPORTED).any(axis=1)
    if column not in FLAGS:
        rows &= hub[column] != NOT_REPORTED
    return float(hub.loc[rows, column].isin(list(aggregate.values)).mean())
