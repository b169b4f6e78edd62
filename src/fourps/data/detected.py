"""SYNTHETIC: what twelve invented countries reported, shaped like the table of UNODC's data portal.

Every number is text, as there: ``<5`` stands for 1 to 4, thousands have a comma, and what was not
reported has no row. Four things in it are there to be found: Selvarra detects more since a hotline
opened in 2027, and its convictions lag; Country C counts by a wider definition from 2026 on;
Country F reported nothing for 2027 and 2028; forced labour is detected more often than it is
prosecuted. No row pairs an age with a form of exploitation.

``python -m fourps.data.detected`` writes the file again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from fourps.data import store
from fourps.data.dice import Dice, Seed
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YEARS = range(2021, 2031)
HOTLINE = 2027  # opened in Selvarra
WIDER = ("XQC", 2026)  # the country, and the year of its new definition
SILENT = ("XQF", (2027, 2028))  # the country, and the years that it did not report
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

_SEED = 2030
_SELVARRA = {
    DETECTED: [11, 9, 14, 12, 13, 15, 29, 43, 55, 64],
    OFFENCES: [6, 5, 8, 7, 8, 9, 14, 19, 24, 27],
    CONTACT: [9, 7, 10, 9, 8, 11, 15, 18, 22, 25],
    PROSECUTED: [5, 4, 6, 5, 5, 6, 7, 9, 11, 12],
    CONVICTED: [2, 1, 3, 2, 2, 1, 2, 3, 3, 4],
}
# How many of each form, among those whose form is known, in the first year and in the last.
_FORMS = {
    DETECTED: ((0.22, 0.68, 0.10), (0.515, 0.315, 0.17)),
    OFFENCES: ((0.15, 0.78, 0.07), (0.33, 0.54, 0.13)),
    PROSECUTED: ((0.10, 0.85, 0.05), (0.22, 0.70, 0.08)),
    CONVICTED: ((0.05, 0.93, 0.02), (0.12, 0.85, 0.03)),
}
# Women, girls, men and boys among the victims, in the first year and in the last.
_PEOPLE = ((0.58, 0.20, 0.14, 0.08), (0.375, 0.156, 0.36, 0.109))
_WIDENED = 2.2
_TOTAL_MISSING, _PART_MISSING = 0.02, 0.06


@dataclass(frozen=True)
class _Country:
    code: str
    name: str
    subregion: str
    millions: float
    detected: float  # in the first year
    growth: float  # a year
    justice: float  # offences for each victim


_COUNTRIES = [
    _Country("XSE", "Selvarra", "1a", 6.2, 11, 0, 0),
    _Country("XIS", "Isenora", "1a", 11.4, 22, 0.02, 0.5),
    _Country("XTA", "Tavrelle", "1b", 48.7, 760, 0.06, 0.7),
    _Country("XQA", "Country A", "1b", 9.1, 130, 0.03, 0.6),
    _Country("XQB", "Country B", "2a", 23.5, 310, 0.01, 0.4),
    _Country("XQC", "Country C", "2a", 31.0, 240, 0.02, 0.5),
    _Country("XQD", "Country D", "2a", 67.8, 55, 0.04, 0.3),
    _Country("XQE", "Country E", "2b", 4.4, 37, -0.03, 0.8),
    _Country("XQF", "Country F", "2b", 15.9, 88, 0.05, 0.5),
    _Country("XQG", "Country G", "3a", 102.3, 1480, 0.04, 0.3),
    _Country("XQH", "Country H", "3a", 2.1, 12, 0.01, 0.6),
    _Country("XQI", "Country I", "3b", 0.4, 2, 0.02, 0.5),
]


def make(seed: Seed = _SEED, *, exact: bool = False) -> pd.DataFrame:
    """Invent the table: about 2,800 rows, the columns of the data dictionary.

    Parameters
    ----------
    exact
        True shows small counts too, which a portal hides: for checking a method, never to publish.

    Examples
    --------
    >>> table = make(exact=True)
    >>> selvarra = table[(table["Iso3_code"] == "XSE") & (table["Year"] == 2030)]
    >>> totals = selvarra[selvarra["Dimension"] == "Total"].set_index("Indicator")["txtVALUE"]
    >>> totals["Detected trafficking victims"], totals["Persons convicted"]
    ('64', '4')
    """
    dice = Dice(seed)
    rows = [row for country in _COUNTRIES for row in _rows(country, dice)]
    table = pd.DataFrame(rows, columns=list(dataset("detected").columns))
    table["txtVALUE"] = [_text(count, exact=exact) for count in table["txtVALUE"]]
    return label(table)


load = store.loader("detected")


def populations() -> pd.Series:
    """Return how many millions of people each country has, which do not change in this world.

    Examples
    --------
    >>> populations()["XSE"]
    np.float64(6.2)
    """
    millions = {country.code: country.millions for country in _COUNTRIES}
    people = pd.Series(millions, name="millions of people").rename_axis("Iso3_code")
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


def _text(count: int, *, exact: bool) -> str:
    return f"<{LEAST}" if 0 < count < LEAST and not exact else f"{count:,}"


def _rows(country: _Country, dice: Dice) -> Iterator[tuple[object, ...]]:
    totals = _SELVARRA if country.code == "XSE" else _totals(country, dice)
    for place, year in enumerate(YEARS):
        for indicator, counts in totals.items():
            for division in _divide(indicator, counts[place], place, dice, country):
                *names, count = division
                # Selvarra is the country of the course: its labs need every number
                missing = _TOTAL_MISSING if names[0] == "Total" else _PART_MISSING
                dropped = dice.chance(missing) and country.code != "XSE"
                silent = country.code == SILENT[0] and year in SILENT[1]
                if not (dropped or silent):
                    source = "SYNTHETIC country report"
                    if country.code == WIDER[0] and year >= WIDER[1]:
                        source += f", definition of {WIDER[1]}"
                    yield (
                        *(country.code, country.name, f"Region {country.subregion[0]}"),
                        *(f"Subregion {country.subregion}", indicator, *names),
                        *(year, "Counts", count, source),
                    )


def _totals(country: _Country, dice: Dice) -> dict[str, list[int]]:
    level, victims = country.detected, []
    for year in YEARS:
        wider = _WIDENED if (country.code, year) >= WIDER and country.code == WIDER[0] else 1.0
        victims.append(max(0, round(level * wider * (1 + dice.bell(0.08)))))
        level *= 1 + country.growth
    before = [victims[0], *victims[:-1]]
    offences = [
        round(country.justice * (new + old) / 2 * (1 + dice.bell(0.06)))
        for new, old in zip(victims, before, strict=True)
    ]
    contact = [round(count * (1.1 + dice.bell(0.05))) for count in offences]
    prosecuted = [round(count * (0.62 + dice.bell(0.04))) for count in contact]
    # a trial takes about two years
    earlier = [*prosecuted[:1] * 2, *prosecuted[:-2]]
    convicted = [round(count * (0.5 + dice.bell(0.04))) for count in earlier]
    return dict(zip(_SELVARRA, (victims, offences, contact, prosecuted, convicted), strict=True))


def _divide(
    indicator: str, count: int, place: int, dice: Dice, country: _Country
) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield dimension, category, sex, age and count, the total first."""
    yield "Total", "Total", "Total", "Total", count
    wobble = 0.0 if country.code == "XSE" else 0.08
    if indicator in _FORMS:
        parts = _split(count, _FORMS[indicator], place, dice, wobble)
        for form, part in zip(FORMS, parts, strict=True):
            yield "by form of exploitation", form, "Total", "Total", part
    if indicator == DETECTED:
        women, girls, men, boys = _split(count, _PEOPLE, place, dice, wobble)
        for sex, age, part in (
            ("Female", ADULT, women),
            ("Female", CHILD, girls),
            ("Female", "Total", women + girls),
            ("Male", ADULT, men),
            ("Male", CHILD, boys),
            ("Male", "Total", men + boys),
            ("Total", ADULT, women + men),
            ("Total", CHILD, girls + boys),
        ):
            yield "by sex and age", "Total", sex, age, part


def _split(
    count: int, ends: tuple[Sequence[float], Sequence[float]], place: int, dice: Dice, wobble: float
) -> list[int]:
    """Divide a count by shares that move from the first year's to the last year's."""
    along = place / (len(YEARS) - 1)
    shares = [
        max(0.0, (old + (new - old) * along) * (1 + dice.bell(wobble)))
        for old, new in zip(*ends, strict=True)
    ]
    exact = [count * share / sum(shares) for share in shares]
    parts = [int(part) for part in exact]
    rest = sorted(range(len(exact)), key=lambda one: parts[one] - exact[one])
    for one in rest[: count - sum(parts)]:
        parts[one] += 1
    return parts


if __name__ == "__main__":
    store.save("detected", make())
