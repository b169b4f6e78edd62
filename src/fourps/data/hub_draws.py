"""Draws the rows of the invented hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourps.data import hub_shape as shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

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
    "child": (shape.CHILDREN, [0.04, 0.96]),
    "young": (shape.YOUNG, [0.31, 0.26, 0.23, 0.2]),
    "older": (shape.OLDER, [0.54, 0.31, 0.15]),
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


class Draws:
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


def complete(rows: int, seed: int) -> pd.DataFrame:
    """Invent the hub with all ages, as only its calibration may see it."""
    draws = Draws(rows, seed)
    child = draws.happens(_CHILD)

    def by_age(shares: tuple[float, float]) -> Numbers:
        return np.where(child, shares[1], shares[0])

    gender = draws.pick(shape.GENDERS, _GENDERS)
    young = draws.happens(np.select([gender == name for name in shape.GENDERS], _YOUNG))
    bands = {name: draws.pick(*values) for name, values in _AGES.items()}
    age = np.where(child, bands["child"], np.where(young, bands["young"], bands["older"]))
    region = draws.pick(list(_FROM), [share for share, _ in _FROM.values()])
    origins = [draws.pick(shape.REGIONS[name], shares) for name, (_, shares) in _FROM.items()]
    recruiters = np.where(
        child, *(draws.pick(shape.RECRUITER, shares) for shares in _RECRUITERS[::-1])
    )

    sexual = draws.happens(by_age(_SEXUAL))
    # who is not reported for the one is more often reported for the other
    forced = draws.happens(np.where(sexual, by_age(_LABOUR_TOO), by_age(_LABOUR_ONLY)))
    means = ~draws.happens(_BLANK["means"])
    told = ~draws.happens(_BLANK_RECRUITER)
    flags: dict[str, Truths] = {
        "isSexualExploit": sexual,
        "isForcedLabour": forced,
        "isOtherExploit": draws.happens(by_age(_OTHER)),
        **{name: means & draws.happens(by_age(_raised(name))) for name in shape.MEANS},
        **{name: forced & draws.happens(by_age(_SECTORS[name])) for name in shape.LABOUR},
        **{name: sexual & draws.happens(by_age(_SECTORS[name])) for name in shape.SEX},
        **{name: told & (recruiters == name) for name in shape.RECRUITER},
    }
    texts = {
        "yearOfRegistration": draws.pick(shape.YEARS, [1] * len(shape.YEARS)),
        "gender": _blanked(gender, draws.happens(_BLANK["gender"])),
        "ageBroad": _blanked(age, draws.happens(_BLANK["age"])),
        "citizenship": _blanked(
            np.select([region == name for name in _FROM], origins),
            draws.happens(_BLANK["origin"]),
        ),
        "CountryOfExploitation": draws.pick(shape.COUNTRIES, _WHERE),
        "traffickMonths": _blanked(
            draws.pick(shape.MONTHS, _MONTHS), draws.happens(_BLANK["months"])
        ),
    }
    texts |= {
        name: np.where(flag, shape.REPORTED, shape.NOT_REPORTED) for name, flag in flags.items()
    }
    return pd.DataFrame({name: texts[name] for name in shape.COLUMNS}, dtype=str)


def _blanked(values: NDArray[np.object_], blank: Truths) -> NDArray[np.object_]:
    return np.where(blank, shape.NOT_REPORTED, values)


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
