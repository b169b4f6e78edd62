"""SYNTHETIC: eight rounds at the 24 sites for displaced people in Selvarra, in 2031.

The weeks and the floods are those of the course's world. What is missing is not missing at random:
teams report less from sites where little works, and in Arrimel after the floods (rounds 6 and 7)
hardly anything. None of the columns says that anybody was trafficked.

``python -m fourps.data.sites`` writes the file again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from fourps.data import store
from fourps.data.dice import Dice, Seed
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS = [4, 10, 16, 22, 28, 34, 40, 46]
REGIONS = ["Merrivane", "Oriveth", "Arrimel", "Varrouen", "Jelisse"]
FLOODED = {"Arrimel": (6, 7)}  # the rounds after the floods of weeks 32 to 34
CUT = 6  # the round before the rations were cut, in week 36
INDICATORS = [
    "children_alone",
    "no_documents",
    "out_of_school",
    "in_debt",
    "job_offers_unchecked",
    "unexplained_departures",
    "services_missing",
]

_SEED = 2027
_SERVICES = 6
# How many people each region's sites hold, round by round, beside what they held at first.
_GROWTH = {
    "Merrivane": (1.0, 1.1, 1.18, 1.22, 1.25, 1.3, 1.32, 1.28),
    "Oriveth": (1.0, 0.9, 0.86, 0.85, 0.83, 0.83, 0.8, 0.7),
    "Arrimel": (1.0, 1.05, 1.08, 1.1, 1.1, 2.6, 2.3, 1.8),
    "Varrouen": (1.0, 1.02, 1.05, 1.06, 1.08, 1.25, 1.22, 1.15),
    "Jelisse": (1.0, 1.15, 1.3, 1.4, 1.45, 1.5, 1.6, 1.7),
}
_MISSING, _MISSING_FLOODED = 0.072, 0.5


@dataclass(frozen=True)
class _Site:
    name: str
    region: str
    people: int  # in the first round
    strain: float  # 0, much works, to 1, little does
    recruiters: float  # how much work is offered there
    at: tuple[int, int]  # on the drawing of the country, as in ``book/world.yaml``


_SITES = [
    _Site("Ferry Road", "Jelisse", 3100, 0.55, 0.9, (286, 186)),
    _Site("The Stadium", "Merrivane", 4200, 0.45, 0.4, (234, 172)),
    _Site("Old Brickworks", "Merrivane", 1600, 0.7, 0.7, (172, 204)),
    _Site("Luvessa Bridge", "Arrimel", 1900, 0.6, 0.5, (186, 232)),
    _Site("Mill Yard", "Oriveth", 1200, 0.65, 0.3, (116, 134)),
    _Site("Market Hall", "Merrivane", 2300, 0.3, 0.4, (206, 207)),
    _Site("Station Square", "Merrivane", 1500, 0.5, 0.8, (196, 160)),
    _Site("Tram Depot", "Merrivane", 900, 0.35, 0.3, (233, 200)),
    _Site("Upper Meadow", "Oriveth", 2700, 0.8, 0.2, (168, 92)),
    _Site("Sheep Market", "Oriveth", 1800, 0.6, 0.3, (224, 126)),
    _Site("Quarry Road", "Oriveth", 1100, 0.9, 0.4, (252, 100)),
    _Site("River School", "Arrimel", 800, 0.4, 0.2, (163, 246)),
    _Site("Grain Store", "Arrimel", 1300, 0.7, 0.4, (222, 264)),
    _Site("Fish Market", "Arrimel", 1000, 0.55, 0.6, (174, 270)),
    _Site("Reed Field", "Arrimel", 700, 0.85, 0.3, (202, 290)),
    _Site("Pump House", "Arrimel", 600, 0.5, 0.2, (247, 274)),
    _Site("Harbour School", "Varrouen", 1400, 0.35, 0.4, (104, 230)),
    _Site("Lighthouse Field", "Varrouen", 900, 0.5, 0.5, (67, 169)),
    _Site("Salt Store", "Varrouen", 1100, 0.65, 0.6, (127, 214)),
    _Site("Net Loft", "Varrouen", 500, 0.45, 0.7, (112, 163)),
    _Site("Crossing Field", "Jelisse", 2400, 0.75, 0.8, (305, 212)),
    _Site("Orchard Lane", "Jelisse", 1700, 0.6, 0.9, (264, 214)),
    _Site("Customs Yard", "Jelisse", 1300, 0.5, 0.7, (296, 138)),
    _Site("Well Street", "Jelisse", 800, 0.4, 0.4, (270, 156)),
]
# where each site lies on the drawing of the country, which is 440 wide and 360 high
PLACES = {site.name: site.at for site in _SITES}


def make(seed: Seed = _SEED) -> pd.DataFrame:
    """Invent eight rounds of 24 sites; about 8 % of the seven indicators are blank.

    Examples
    --------
    >>> rounds = make()
    >>> len(rounds), rounds["site"].nunique()
    (192, 24)
    """
    dice = Dice(seed)
    rows = [
        _row(number, place, site, dice)
        for number in range(1, len(WEEKS) + 1)
        for place, site in enumerate(_SITES, start=1)
    ]
    rounds = pd.DataFrame(rows, columns=list(dataset("sites").columns))
    return label(rounds.astype(dict.fromkeys(INDICATORS, "float64")))


load = store.loader("sites")
Rounds: TypeAlias = pd.DataFrame
"""What `load` returns: one row a site and round."""


def _row(number: int, place: int, site: _Site, dice: Dice) -> tuple[object, ...]:
    people = round(site.people * _GROWTH[site.region][number - 1] * (1 + dice.bell(0.03)))
    households = round(people / (4.4 + dice.bell(0.15)))
    flooded = number in FLOODED.get(site.region, ())
    strain = min(1.0, max(0.0, site.strain + 0.25 * flooded + dice.bell(0.05)))
    children = 0.45 * people
    staff = round(max(0.0, people / 700 * (1.4 - strain) + dice.bell(0.5)))
    indicators = {
        "children_alone": dice.count(round(children), 0.004 + 0.014 * strain + 0.012 * flooded),
        "no_documents": round(people * _share(0.08 + 0.22 * strain + 0.15 * flooded, dice, 0.03)),
        "out_of_school": round(_share(0.2 + 0.5 * strain + 0.2 * flooded, dice, 0.05), 2),
        # debts grow from round to round, and faster after the rations were cut
        "in_debt": round(
            _share(0.15 + 0.3 * strain + 0.02 * number + 0.1 * (number > CUT), dice, 0.04), 2
        ),
        "job_offers_unchecked": round(
            max(0.0, people / 300 * site.recruiters * (0.7 + 0.08 * number) + dice.bell(1.2))
        ),
        "unexplained_departures": dice.count(
            people, 0.001 + 0.004 * strain * site.recruiters + 0.003 * flooded
        ),
        "services_missing": round(
            min(_SERVICES, max(0.0, _SERVICES * strain * 0.75 + flooded + dice.bell(0.6)))
        ),
    }
    return (
        *(number, WEEKS[number - 1], f"S{place:02}", site.name, site.region, people, households),
        *_reported(indicators, flooded=flooded, strain=strain, dice=dice),
        staff,
    )


def _share(share: float, dice: Dice, spread: float) -> float:
    return min(0.98, max(0.0, share + dice.bell(spread)))


def _reported(
    indicators: dict[str, float], *, flooded: bool, strain: float, dice: Dice
) -> Iterator[float | None]:
    """Leave out what was not reported: more where little works."""
    for value in indicators.values():
        missing = _MISSING_FLOODED if flooded else _MISSING * (0.4 + strain)
        yield None if dice.chance(missing) else value


if __name__ == "__main__":
    store.save("sites", make())
