"""SYNTHETIC: an invented hub of cases, shaped like the dataset of a real one.

Its columns and values are those of the Counter-Trafficking Data Collaborative's Global Synthetic
Dataset (releases from 2024), whose terms forbid passing the file on: so this course makes its own
stand-in, and `load` also reads that file, for those who have fetched it from CTDC themselves.

No row here is a person. The countries are invented and the years lie in the future. Shares are
loosely those that CTDC has published, so that the labs meet real problems: most fields are blank
most of the time, and blank means "not reported", never "no". Nothing about real people can be
concluded from it, and it must never be used to spot anyone.

No row pairs an age with sexual exploitation: where the one is reported, the other is left blank.
So no table of this hub can show the two together; the course asks no such question.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

import pandas as pd

from fourps.lab.synthetic import read, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEANS = [
    "meansDebtBondageEarnings",
    "meansThreats",
    "meansAbusePsyPhySex",
    "meansFalsePromises",
    "meansDrugsAlcohol",
    "meansDenyBasicNeeds",
    "meansExcessiveWorkHours",
    "meansWithholdDocs",
]
EXPLOITATION = ["isForcedLabour", "isSexualExploit", "isOtherExploit"]
LABOUR = [
    "sectorOfLabourAgriculture",
    "sectorOfLabourConstruction",
    "sectorOfLabourDomesticWork",
    "sectorOfLabourHospitality",
]
SEX = ["sectorOfSexProstitution", "sectorOfSexPornography"]
RECRUITER = [
    "recruiterRelationIntimatePartner",
    "recruiterRelationFriend",
    "recruiterRelationFamily",
    "recruiterRelationOther",
]
FLAGS = [*MEANS, *EXPLOITATION, *LABOUR, *SEX, *RECRUITER]
COLUMNS = [
    "yearOfRegistration",
    "gender",
    "ageBroad",
    "citizenship",
    "CountryOfExploitation",
    "traffickMonths",
    *FLAGS,
]
NOT_REPORTED = ""
REPORTED = "1"
ROWS = 10_000

GENDERS = ["Man", "Woman", "Trans/Transgender/NonConforming"]
MONTHS = ["0--12 (0-1 yr)", "13--24 (1-2 yrs)", "25+ (2+ yrs)"]
YEARS = [str(year) for year in range(2027, 2032)]
# XSE, XIS and XTA are Selvarra, Isenora and Tavrelle; the others have no name. All lie in the part
# of the alphabet that ISO leaves to its users, so that no real country has or will get them.
COUNTRIES = ["XTA", "XSE", "XQA", "XQB", "XIS", "XQC", "XQD", "XQE"]

_SEED = 2031
_CHILDREN = {"0--8": 0.04, "9--17": 0.96}
_ADULTS = {
    "18--20": 0.17,
    "21--23": 0.14,
    "24--26": 0.12,
    "27--29": 0.11,
    "30--38": 0.25,
    "39--47": 0.14,
    "48+": 0.07,
}
# The last two are rare on purpose: there a single person counts.
_WHERE = dict(zip(COUNTRIES, [0.52, 0.24, 0.13, 0.07, 0.03, 0.0085, 0.001, 0.0005], strict=True))
_FROM = dict(zip(COUNTRIES, [0.06, 0.41, 0.22, 0.16, 0.11, 0.035, 0.0035, 0.0015], strict=True))
# How often a flag is 1: for an adult, for a child.
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
_LABOUR = {
    "sectorOfLabourAgriculture": (0.21, 0.10),
    "sectorOfLabourConstruction": (0.30, 0.04),
    "sectorOfLabourDomesticWork": (0.18, 0.52),
    "sectorOfLabourHospitality": (0.09, 0.21),
}
_SEX = {"sectorOfSexProstitution": (0.92, 0.80), "sectorOfSexPornography": (0.09, 0.20)}
_RECRUITER = {
    "recruiterRelationIntimatePartner": (0.11, 0.14),
    "recruiterRelationFriend": (0.12, 0.11),
    "recruiterRelationFamily": (0.08, 0.51),
    "recruiterRelationOther": (0.69, 0.24),
}
# How often a whole group of fields is blank.
_BLANK = {"gender": 0.02, "age": 0.25, "months": 0.85, "means": 0.45, "recruiter": 0.75}


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
    dice = random.Random(seed)  # noqa: S311  # no secret: anyone may make the same hub
    hub = pd.DataFrame([_row(dice) for _ in range(rows)], columns=COLUMNS, dtype=str)
    return _unpaired(hub.fillna(NOT_REPORTED))


def load(path: Path) -> pd.DataFrame:
    """Read a file of this shape: one that `save` wrote, or CTDC's own.

    Ages are left blank here too in rows that report sexual exploitation.

    Parameters
    ----------
    path
        A CSV file with the 27 columns; those called ``typeOfLabour...`` and ``typeOfSex...`` in
        earlier releases are taken too, and further columns are left out.

    Returns
    -------
    pandas.DataFrame
        The 27 columns of ``COLUMNS``, all of them text; blank is "not reported".

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a column is missing, or a flag is neither 1 nor blank.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(make(rows=5), Path(folder) / "hub.csv")
    ...     load(Path(folder) / "hub.csv").equals(make(rows=5))
    True
    """
    hub = read(path).replace("NULL", NOT_REPORTED)
    hub = hub.rename(columns=lambda name: name.replace("typeOf", "sectorOf"))
    missing = [name for name in COLUMNS if name not in hub]
    if missing:
        raise ValueError(
            f"{path}, line 1: the columns {', '.join(missing)} are missing. Expected CTDC's Global "
            "Synthetic Dataset of 2024 or later, or a file written by fourps.lab.hub.save."
        )
    hub[FLAGS] = hub[FLAGS].replace("1.0", REPORTED)
    wrong = ~hub[FLAGS].isin([REPORTED, NOT_REPORTED])
    if wrong.to_numpy().any():
        column = wrong.any().idxmax()
        row = int(wrong[column].to_numpy().argmax())
        raise ValueError(
            f"{path}, data row {row + 1}, column {column}: {hub.loc[row, column]!r} is neither 1 "
            "(reported) nor blank (not reported). Mend the file, or fetch it again."
        )
    return _unpaired(hub[COLUMNS].copy())


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
    write(hub, path, "invented by fourps.lab.hub, not CTDC data; no row is a person")


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


def _row(dice: random.Random) -> dict[str, str]:
    child = dice.random() < 0.24  # noqa: PLR2004  # see the shares above
    row = {
        "yearOfRegistration": _pick(dice, dict.fromkeys(YEARS, 1 / len(YEARS))),
        "citizenship": _pick(dice, _FROM),
        "CountryOfExploitation": _pick(dice, _WHERE),
    }
    if not _blank(dice, "gender"):
        row["gender"] = _pick(dice, dict(zip(GENDERS, (0.25, 0.74, 0.01), strict=True)))
    if not _blank(dice, "age"):
        row["ageBroad"] = _pick(dice, _CHILDREN if child else _ADULTS)
    if not _blank(dice, "months"):
        row["traffickMonths"] = _pick(dice, dict(zip(MONTHS, (0.55, 0.20, 0.25), strict=True)))
    if not _blank(dice, "means"):
        row |= _flags(dice, _MEANS, child)
    row |= _flags(dice, {"isSexualExploit": (0.60, 0.79), "isOtherExploit": (0.08, 0.12)}, child)
    # who is not reported for the one is more often reported for the other
    labour = {"isForcedLabour": (0.93, 0.80) if "isSexualExploit" not in row else (0.10, 0.07)}
    row |= _flags(dice, labour, child)
    if "isForcedLabour" in row:
        row |= _flags(dice, _LABOUR, child)
    if "isSexualExploit" in row:
        row |= _flags(dice, _SEX, child)
    if not _blank(dice, "recruiter"):
        row[_pick(dice, {name: shares[child] for name, shares in _RECRUITER.items()})] = REPORTED
    return row


def _blank(dice: random.Random, group: str) -> bool:
    return dice.random() < _BLANK[group]


def _flags(
    dice: random.Random,
    shares: Mapping[str, tuple[float, float]],
    child: bool,  # noqa: FBT001
) -> dict[str, str]:
    return {name: REPORTED for name, share in shares.items() if dice.random() < share[child]}


def _pick(dice: random.Random, shares: Mapping[str, float]) -> str:
    """Draw with `random()` alone, the one method whose numbers Python promises to keep."""
    point = dice.random() * sum(shares.values())
    for name, share in shares.items():
        point -= share
        if point < 0:
            return name
    return name


def _unpaired(hub: pd.DataFrame) -> pd.DataFrame:
    """Leave the age blank wherever anything about sexual exploitation is reported."""
    reported = hub[["isSexualExploit", *SEX]].eq(REPORTED).any(axis=1)
    hub["ageBroad"] = hub["ageBroad"].mask(reported, NOT_REPORTED)
    return hub
