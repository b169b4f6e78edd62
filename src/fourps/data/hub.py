"""SYNTHETIC: an invented hub of cases, shaped like the dataset of a real one.

Its columns and values are those of the Counter-Trafficking Data Collaborative's Global Synthetic
Dataset (releases of 2024 to 2026), whose terms forbid passing the file on: so this course makes its
own stand-in, and `fourps.data.ctdc` reads the real file, for those who have fetched it from CTDC.

No row here is a person. The countries are invented and the years lie in the future. Shares are set
to those that CTDC has published (`AGGREGATES`), so that the labs meet real problems: most fields
are blank most of the time, and blank means "not reported", never "no". Within an age group the
fields do not depend on one another, except that sectors need their form of exploitation, so nothing
follows from how they go together. Nothing about real people can be concluded from it, and it must
never be used to spot anyone.

No row pairs an age with sexual exploitation: where the one is reported, the other is left blank.
So no table of this hub can show the two together; the course asks no such question. Shares by age
are therefore set before those ages are left out, and cannot be counted in the hub itself: only
those that `AGGREGATES` marks as ``shown`` can. In the hub most ages that remain are those of people
in forced labour.

Three of the published shares cannot all be true of one table: 47 % of women and 54 % of men aged 18
to 29 make about 49 % of adults or 37 % of all, and the story says 43 %. The hub misses each of the
three by the same three to four points.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourps.data import store
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

COLUMNS = list(dataset("hub").columns)
MEANS = [name for name in COLUMNS if name.startswith("means")]
EXPLOITATION = ["isForcedLabour", "isSexualExploit", "isOtherExploit"]
LABOUR = [name for name in COLUMNS if name.startswith("sectorOfLabour")]
SEX = [name for name in COLUMNS if name.startswith("sectorOfSex")]
RECRUITER = [name for name in COLUMNS if name.startswith("recruiterRelation")]
FLAGS = [*MEANS, *EXPLOITATION, *LABOUR, *SEX, *RECRUITER]
NOT_REPORTED = ""
REPORTED = "1"
ROWS = 50_000

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

_SEED = 2031
# Over half of the cases lie in one country, as in CTDC's data; the last two are rare on purpose:
# there a single person counts.
_WHERE = [0.52, 0.2, 0.1, 0.06, 0.05, 0.03, 0.018, 0.012, 0.006, 0.0038, 0.00014, 0.00006]
_FROM = {
    "Region 1": (0.34, [0.45, 0.25, 0.05, 0.25]),
    "Region 2": (0.32, [0.4, 0.3, 0.2, 0.0995, 0.0005]),
    "Region 3": (0.34, [0.7, 0.2997, 0.0003]),
}
_CHILD = 0.24
_GENDERS = [0.255, 0.74, 0.005]
# Adults under 30 among men, women and others: each as far from what was published as the other.
_YOUNG = [0.565, 0.504, 0.53]
_AGES = {
    "child": (CHILDREN, [0.04, 0.96]),
    "young": (YOUNG, [0.31, 0.26, 0.23, 0.2]),
    "older": (OLDER, [0.54, 0.31, 0.15]),
}
# How often a field is 1: for an adult, for a child. Means: of those with any means reported.
_MEANS = {
    "meansDebtBondageEarnings": (0.41, 0.13),
    "meansThreats": (0.30, 0.20),
    "meansAbusePsyPhySex": (0.61, 0.59),
    "meansFalsePromises": (0.32, 0.10),
    "meansDrugsAlcohol": (0.11, 0.17),
    "meansDenyBasicNeeds": (0.35, 0.20),
    "meansExcessiveWorkHours": (0.28, 0.09),
    "meansWithholdDocs": (0.24, 0.07),
}
_SEXUAL = (0.61, 0.79)
# Forced labour where sexual exploitation is not reported, and where it is: with the shares above
# this makes 43 % of adults and 22 % of children.
_LABOUR_ONLY, _LABOUR_TOO = (0.925, 0.80), (0.1136, 0.0658)
_OTHER = (0.08, 0.12)
_SECTORS = {
    "sectorOfLabourAgriculture": (0.21, 0.10),
    "sectorOfLabourConstruction": (0.30, 0.04),
    "sectorOfLabourDomesticWork": (0.18, 0.52),
    "sectorOfLabourHospitality": (0.09, 0.21),
    "sectorOfSexProstitution": (0.92, 0.80),
    "sectorOfSexPornography": (0.09, 0.20),
}
_RECRUITERS = ([0.11, 0.12, 0.08, 0.69], [0.14, 0.11, 0.51, 0.24])
_MONTHS = [0.55, 0.20, 0.25]
# How often a field, or a whole group of them, is blank.
_BLANK = {"gender": 0.02, "age": 0.25, "origin": 0.08, "months": 0.88, "means": 0.45}
_BLANK_RECRUITER = 0.78


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
    """A share that CTDC has published, and how near the hub comes to it.

    Parameters
    ----------
    among
        A name of ``GROUPS``. Rows that do not report the column, or for means and recruiters
        nothing of their group, are not counted.
    column, values
        What is counted.
    share
        What CTDC published, from 0 to 1.
    within
        How far the hub may be from it.
    shown
        False where it holds only before the ages of some rows are left out.
    """

    among: str
    column: str
    values: Sequence[str]
    share: float
    within: float = 0.03
    shown: bool = True


_YES = [REPORTED]
AGGREGATES = [
    Aggregate("all", "gender", ["Woman"], 0.74, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 1"], 0.34, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 2"], 0.32, 0.01),
    Aggregate("all", "citizenship", REGIONS["Region 3"], 0.34, 0.01),
    Aggregate("all", "ageBroad", CHILDREN, 0.24, 0.01, shown=False),
    Aggregate("all", "ageBroad", [*YOUNG, *OLDER], 0.76, 0.01, shown=False),
    # these three cannot all be true: see above
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


def make(rows: int = ROWS, seed: int = _SEED) -> pd.DataFrame:
    """Invent the hub.

    Parameters
    ----------
    rows
        How many rows.
    seed
        The same seed makes the same hub.

    Returns
    -------
    pandas.DataFrame
        `rows` rows and the 27 columns of ``COLUMNS``, all of them text; blank is "not reported".

    Examples
    --------
    >>> hub = make(rows=100)
    >>> hub.shape, sorted(set(hub["isForcedLabour"]))
    ((100, 27), ['', '1'])
    """
    return label(unpaired(_complete(rows, seed)))


def unpaired(hub: pd.DataFrame) -> pd.DataFrame:
    """Leave the age blank wherever anything about sexual exploitation is reported.

    Parameters
    ----------
    hub
        A table with the columns of ``COLUMNS``; it is changed in place.

    Returns
    -------
    pandas.DataFrame
        The same table.

    Examples
    --------
    >>> row = dict.fromkeys(COLUMNS, "") | {"ageBroad": "18--20", "isSexualExploit": "1"}
    >>> unpaired(pd.DataFrame([row]))["ageBroad"].tolist()
    ['']
    """
    reported = hub[["isSexualExploit", *SEX]].eq(REPORTED).any(axis=1)
    hub["ageBroad"] = hub["ageBroad"].mask(reported, NOT_REPORTED)
    return hub


def reached(hub: pd.DataFrame, aggregate: Aggregate) -> float:
    """Return what one of the published shares is in a hub.

    Parameters
    ----------
    hub
        A table with the columns of ``COLUMNS``.
    aggregate
        One of ``AGGREGATES``.

    Returns
    -------
    float
        From 0 to 1; NaN if no row is counted.

    Examples
    --------
    >>> round(reached(make(), AGGREGATES[0]), 2)
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


def load(path: Path) -> pd.DataFrame:
    """Read a hub that `save` wrote; for CTDC's own files see `fourps.data.ctdc`.

    Parameters
    ----------
    path
        A CSV file with the 27 columns.

    Returns
    -------
    pandas.DataFrame
        The 27 columns of ``COLUMNS``, all of them text; blank is "not reported".

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    fourps.data.schema.BrokenDataError
        If the file does not fit its schema.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(make(rows=5), Path(folder) / "hub.csv")
    ...     load(Path(folder) / "hub.csv").equals(make(rows=5))
    True
    """
    return unpaired(store.load("hub", path))


def save(hub: pd.DataFrame, path: Path) -> None:
    """Write an invented hub, labelled SYNTHETIC in its first line.

    Parameters
    ----------
    hub
        What `make` returned.
    path
        The file to write or to replace.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(make(rows=5), Path(folder) / "hub.csv")
    ...     (Path(folder) / "hub.csv").read_text("utf-8")[:21]
    '# SYNTHETIC: invented'
    """
    write(hub, path, "invented by fourps.data.hub, not CTDC data; no row is a person")


def fingerprint(hub: pd.DataFrame) -> str:
    """Return a short name that changes whenever the hub does.

    Parameters
    ----------
    hub
        Any table.

    Returns
    -------
    str
        Twelve hexadecimal digits.

    Examples
    --------
    >>> fingerprint(make(rows=5)) == fingerprint(make(rows=5))
    True
    """
    return hashlib.sha256(hub.to_csv(index=False, lineterminator="\n").encode()).hexdigest()[:12]


class _Draws:
    """Columns of numbers from 0 to 1.

    numpy promises that the raw numbers of a bit generator never change, and no more than that.
    """

    def __init__(self, rows: int, seed: int) -> None:
        self.rows = rows
        self._raw = np.random.PCG64(seed).random_raw

    def numbers(self) -> Numbers:
        numbers: Numbers = (self._raw(self.rows) >> np.uint64(11)).astype(np.float64)
        return numbers / 2**53

    def happens(self, share: Numbers | float) -> Truths:
        return self.numbers() < share

    def pick(self, values: Sequence[str], shares: Sequence[float]) -> NDArray[np.object_]:
        ends = np.cumsum(shares) / sum(shares)
        places = np.minimum(np.searchsorted(ends, self.numbers(), "right"), len(values) - 1)
        return np.array(values, dtype=object)[places]


def _complete(rows: int, seed: int) -> pd.DataFrame:
    """Invent the hub with all ages, as only its calibration may see it."""
    draws = _Draws(rows, seed)
    child = draws.happens(_CHILD)

    def by_age(shares: tuple[float, float]) -> Numbers:
        return np.where(child, shares[1], shares[0])

    gender = draws.pick(GENDERS, _GENDERS)
    young = draws.happens(np.select([gender == name for name in GENDERS], _YOUNG))
    bands = {name: draws.pick(*values) for name, values in _AGES.items()}
    age = np.where(child, bands["child"], np.where(young, bands["young"], bands["older"]))
    region = draws.pick(list(_FROM), [share for share, _ in _FROM.values()])
    origins = [draws.pick(REGIONS[name], shares) for name, (_, shares) in _FROM.items()]
    recruiters = np.where(child, *(draws.pick(RECRUITER, shares) for shares in _RECRUITERS[::-1]))

    sexual = draws.happens(by_age(_SEXUAL))
    # who is not reported for the one is more often reported for the other
    forced = draws.happens(np.where(sexual, by_age(_LABOUR_TOO), by_age(_LABOUR_ONLY)))
    means = ~draws.happens(_BLANK["means"])
    told = ~draws.happens(_BLANK_RECRUITER)
    flags: dict[str, Truths] = {
        "isSexualExploit": sexual,
        "isForcedLabour": forced,
        "isOtherExploit": draws.happens(by_age(_OTHER)),
        **{name: means & draws.happens(by_age(_raised(name))) for name in MEANS},
        **{name: forced & draws.happens(by_age(_SECTORS[name])) for name in LABOUR},
        **{name: sexual & draws.happens(by_age(_SECTORS[name])) for name in SEX},
        **{name: told & (recruiters == name) for name in RECRUITER},
    }
    texts = {
        "yearOfRegistration": draws.pick(YEARS, [1] * len(YEARS)),
        "gender": _blanked(gender, draws.happens(_BLANK["gender"])),
        "ageBroad": _blanked(age, draws.happens(_BLANK["age"])),
        "citizenship": _blanked(
            np.select([region == name for name in _FROM], origins),
            draws.happens(_BLANK["origin"]),
        ),
        "CountryOfExploitation": draws.pick(COUNTRIES, _WHERE),
        "traffickMonths": _blanked(draws.pick(MONTHS, _MONTHS), draws.happens(_BLANK["months"])),
    }
    texts |= {name: np.where(flag, REPORTED, NOT_REPORTED) for name, flag in flags.items()}
    return pd.DataFrame({name: texts[name] for name in COLUMNS}, dtype=str)


def _blanked(values: NDArray[np.object_], blank: Truths) -> NDArray[np.object_]:
    return np.where(blank, NOT_REPORTED, values)


def _raised(name: str) -> tuple[float, float]:
    """Return how often one of the means is drawn, so that its share comes out as published.

    The share is one of rows with any means, and some rows draw none: all are raised in proportion.
    """
    adults, children = (_raise([shares[age] for shares in _MEANS.values()]) for age in (0, 1))
    return _MEANS[name][0] * adults, _MEANS[name][1] * children


def _raise(shares: Sequence[float]) -> float:
    """Return the chance of any, once every chance is multiplied by it."""
    anything = 1.0
    for _ in range(100):
        none = 1.0
        for share in shares:
            none *= 1 - share * anything
        anything = 1 - none
    return anything
