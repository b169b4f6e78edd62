"""SYNTHETIC: who does what, where and when (4W) in Selvarra, with HXL hashtags.

Fourteen invented organisations. The line below the header holds the hashtags; protection is a
sector (``#sector``), since HXL has no tag of its own for it. Shelters and other protected places
stand with their region only. Pelluvar carries nearly all case management, so much depends on it,
and Varrouen has no counter-trafficking work at all.

A second file, the draft, has five faults put there on purpose, for validating: a shelter with its
site, a negative number, a misspelt sector, a date that is none, and a person's name in a cell.

``python -m fourps.data.activities`` writes both files again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from fourps.data import store
from fourps.data.dice import Dice, Seed
from fourps.data.dictionary import dataset
from fourps.data.sites import REGIONS
from fourps.data.sites import make as rounds
from fourps.data.synthetic import label, write

if TYPE_CHECKING:
    from pathlib import Path

PROTECTED = "Safe accommodation"
REGION_WIDE = "Information by telephone"
DRAFT_ROWS = 40

_SEED = 2033
_YEAR = 2031
_COVERED = [region for region in REGIONS if region != "Varrouen"]
# What each organisation does: regions, sector, subsector, activity, how many people a place.
_WORK = {
    "Pelluvar": [
        (_COVERED, "Protection", "Counter-trafficking", "Case management", 60),
        (["Merrivane", "Jelisse", "Oriveth"], "Protection", "Legal aid", "Legal advice", 90),
        (["Merrivane"], "Protection", "Counter-trafficking", PROTECTED, 12),
    ],
    "Tarsane": [
        (["Merrivane"], "Protection", "Counter-trafficking", "Peer support", 25),
        (["Merrivane", "Jelisse"], "Protection", "Counter-trafficking", REGION_WIDE, 400),
    ],
    "Kettover": [
        (["Merrivane", "Oriveth", "Jelisse"], "Camp management", "", "Site management", 1800),
        (["Merrivane", "Jelisse"], "Food security", "", "Food distribution", 1500),
        (["Jelisse"], "Livelihoods", "", "Labour information desk", 150),
    ],
    "Child Welfare Office": [
        (["Merrivane", "Jelisse"], "Protection", "Child protection", "Care of children alone", 30),
        (["Merrivane"], "Protection", "Child protection", "Family tracing", 20),
    ],
    "UN migration agency": [
        (["Arrimel", "Varrouen"], "Camp management", "", "Site management", 1200),
        (["Arrimel"], "Shelter", "", "Emergency shelter", 600),
        (["Arrimel"], "Protection", "Counter-trafficking", "Staff briefing", 40),
    ],
    "UN refugee agency": [
        (["Merrivane", "Jelisse"], "Protection", "Legal aid", "Documents for refugees", 200),
        (["Jelisse"], "Shelter", "", "Emergency shelter", 500),
    ],
    "Merrivane Women's Hall": [
        (["Merrivane"], "Protection", "Gender-based violence", "Safe space", 120),
        (["Merrivane"], "Protection", "Gender-based violence", PROTECTED, 18),
    ],
    "Arrimel Boat Owners' Union": [(["Arrimel"], "Livelihoods", "", "Tool grants", 80)],
    "Oriveth Teachers' Union": [(["Oriveth"], "Education", "", "Classes at the site", 260)],
    "Varrouen Health Service": [
        (["Varrouen", "Arrimel"], "Health", "", "Mobile clinic", 450),
        (["Varrouen"], "Health", "", "Psychological first aid", 90),
    ],
    "Jelisse Farmers' League": [(["Jelisse"], "Food security", "", "Community kitchen", 300)],
    "Luvessa Water Board": [
        (["Arrimel", "Merrivane"], "Water and sanitation", "", "Water points", 1400)
    ],
    "Labour Inspectorate": [
        (["Merrivane", "Jelisse"], "Livelihoods", "", "Inspection of employers", 60)
    ],
    "Committee of Displaced People": [
        (REGIONS, "Camp management", "", "Complaints desk", 200),
        (["Merrivane"], "Education", "", "Language classes", 70),
    ],
}
_STATUS = {"ongoing": 0.55, "completed": 0.22, "planned": 0.16, "suspended": 0.07}
_NOT_REPORTED = 0.08


def make(seed: Seed = _SEED) -> pd.DataFrame:
    """Invent the matrix: about 180 rows, the columns of the data dictionary.

    Examples
    --------
    >>> matrix = make()
    >>> matrix["organisation"].nunique()
    14
    >>> set(matrix.loc[matrix["activity"] == "Safe accommodation", "site"])
    {''}
    """
    dice = Dice(seed)
    first = rounds().drop_duplicates("code")
    rows = [
        (organisation, *what, region, site, *_course(people, dice))
        for organisation, works in _WORK.items()
        for regions, *what, people in works
        for region in regions
        for site in _places(what[-1], list(first.loc[first["region"] == region, "site"]), dice)
    ]
    matrix = pd.DataFrame(rows, columns=list(dataset("activities").columns))
    matrix[["start", "end"]] = matrix[["start", "end"]].apply(pd.to_datetime)
    return label(matrix.astype({"targeted": "float64", "reached": "float64"}))


def draft(seed: Seed = _SEED) -> pd.DataFrame:
    """Take forty rows of the matrix, as text since one date is none, and put five faults into them.

    Examples
    --------
    >>> faulty = draft()
    >>> faulty["sector"][faulty["sector"].str.startswith("Protec")].unique().tolist()
    ['Protection', 'Protecton']
    """
    matrix = store.texts("activities", make(seed))
    shelters = matrix[matrix["activity"] == PROTECTED].head(2)
    others = matrix.drop(index=shelters.index)
    step = len(others) // (DRAFT_ROWS - len(shelters))
    rows = pd.concat([others.iloc[::step].head(DRAFT_ROWS - len(shelters)), shelters])
    rows = rows.sort_index().reset_index(drop=True)
    shelter = rows.index[rows["activity"] == PROTECTED][0]
    protection = rows.index[(rows["sector"] == "Protection") & (rows.index != shelter)]
    counted = rows.index[(rows["reached"] != "") & ~rows.index.isin([shelter, *protection])]
    rows.loc[shelter, "site"] = "Market Hall"
    rows.loc[protection[2], "sector"] = "Protecton"
    rows.loc[protection[4], "activity"] = "Case management for Mr Orlen Tavik"
    rows.loc[counted[3], "reached"] = "-40"
    rows.loc[counted[6], "start"] = "2031-02-30"
    return label(rows)


load = store.loader("activities")
Matrix: TypeAlias = pd.DataFrame
"""What `load` returns."""


def path() -> Path:
    """Return the file of the matrix, for tools that read HXL: label, header, hashtags, rows.

    Examples
    --------
    >>> path().name
    'activities.csv'
    """
    return store.path("activities")


def draft_path() -> Path:
    """Return where the draft with its faults lies, a file of the same shape.

    Examples
    --------
    >>> draft_path().name
    'activities-draft.csv'
    """
    return path().with_stem("activities-draft")


def _places(activity: str, sites: list[str], dice: Dice) -> list[str]:
    if activity == PROTECTED:
        return ["", "", ""]
    if activity == REGION_WIDE:
        return [""]
    # nobody is everywhere
    return [site for site in sites if dice.chance(0.83)] or sites[:1]


def _course(people: int, dice: Dice) -> tuple[str, str, str | None, int | None, int | None]:
    """Return status, start, end, targeted and reached."""
    status = dice.pick(_STATUS)
    months = {"planned": (11, 12), "completed": (2, 6)}.get(status, (2, 10))
    start = dice.whole(*months)
    length = dice.whole(2, 5)
    end = None
    if status == "completed" or dice.chance(0.6):
        year, month = divmod(_YEAR * 12 + start - 1 + length, 12)
        end = f"{year}-{month + 1:02}-{dice.whole(1, 28):02}"
    targeted = round(people * dice.between(0.5, 1.5))
    share = {"planned": 0.0, "completed": 0.95, "suspended": 0.3}.get(status, 0.6)
    reached = round(targeted * share * dice.between(0.6, 1.15))
    return (
        status,
        f"{_YEAR}-{start:02}-{dice.whole(1, 28):02}",
        end,
        None if dice.chance(_NOT_REPORTED) else targeted,
        None if status == "planned" or dice.chance(_NOT_REPORTED) else reached,
    )


if __name__ == "__main__":
    store.save("activities", make())
    write(
        store.with_hashtags("activities", draft()),
        draft_path(),
        "A draft with faults put in on purpose, for validating. Made by fourps.data.activities.",
    )
