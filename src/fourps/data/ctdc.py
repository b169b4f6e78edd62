"""Read a case file of the Counter-Trafficking Data Collaborative into its layout of today.

CTDC has published its data in four layouts, all of which are read:

- the Global Dataset, k-anonymised (2020), with ``-99`` for missing and two-letter countries;
- the Global Synthetic Dataset of 2021, whose names are cut to 32 letters;
- the Global Synthetic Dataset of 2024 to 2026, whose columns the others are brought into;
- the Victim-Perpetrator dataset (2022), of which only a few columns have a place there.

Fetch the file from CTDC yourself, under its terms: non-commercial use, and no passing on of the
file. The layouts were taken from public code that reads the files; no file was at hand here. So
look at ``unmapped`` first.

The rule of the course holds for real files too: an age is left out of every row that reports
sexual exploitation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourps.data.store import LABEL, datasets, is_labelled
from fourps.data.store import read as read_texts
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REAL = "REAL CTDC data, not to be passed on"
_KNOWN = datasets()["ctdc"].columns
COLUMNS = list(_KNOWN)
_MEANS = [name for name in COLUMNS if name.startswith("means")]
_LABOUR = [name for name in COLUMNS if name.startswith("sectorOfLabour")]
_SEX = [name for name in COLUMNS if name.startswith("sectorOfSex")]
FLAGS = [name for name, column in _KNOWN.items() if column.choices == ["1"]]
SEXUAL = ["isSexualExploit", *_SEX]
_NOT_REPORTED, _REPORTED = "", "1"

_CUT = 32  # the letters of a name that the release of 2021 kept
_BLANKS = {"", "NULL", "-99", "-99.0", "nan", "NaN", "<NA>"}
_YES, _NO = {"1", "1.0", "True", "TRUE"}, {"0", "0.0", "False", "FALSE"}
_COUNTRIES = ["citizenship", "CountryOfExploitation"]
_UNKNOWN_COUNTRY = "00"
_NAMIBIA = "NA"
# three letters of countries that are no more, which CLDR keeps beside those of today
_WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
_GENDERS = {
    "Female": "Woman",
    "Male": "Man",
    **dict.fromkeys(("Transgender", "Trans", "NonConforming"), "Trans/Transgender/NonConforming"),
    **{name: name for name in _KNOWN["gender"].choices},
}
_AGES = {name: name for name in _KNOWN["ageBroad"].choices}
_MONTHS = {
    start: name for name in _KNOWN["traffickMonths"].choices for start in (name, name.split(" ")[0])
}
# Earlier names that carry another word than today's, by the column that now holds them. The first
# layouts split what later ones group.
_GROUPED = {
    "meansDebtBondageEarnings": ["DebtBondage", "TakesEarnings"],
    "meansThreats": ["Threats", "ThreatOfLawEnforcement"],
    "meansAbusePsyPhySex": ["PsychologicalAbuse", "PhysicalAbuse", "SexualAbuse"],
    "meansFalsePromises": ["FalsePromises"],
    "meansDrugsAlcohol": ["PsychoactiveSubstances"],
    "meansDenyBasicNeeds": [
        *("RestrictsFinancialAccess", "RestrictsMovement", "RestrictsMedicalCare"),
        "WithholdsNecessities",
    ],
    "meansExcessiveWorkHours": ["ExcessiveWorkingHours"],
    "meansWithholdDocs": ["WithholdsDocuments"],
}
_SOURCES = {
    **{f"meansOfControl{end}": [now] for now, ends in _GROUPED.items() for end in ends},
    **{name.replace("sectorOf", "typeOf"): [name] for name in (*_LABOUR, *_SEX)},
    "isSexAndLabour": ["isForcedLabour", "isSexualExploit"],
    "yearRegister": ["yearOfRegistration"],
    **{name: [name] for name in COLUMNS},
}
_BY_CUT = {name[:_CUT]: targets for name, targets in _SOURCES.items()}
_REASONS = {
    "IP_": "it describes a perpetrator; the frame has no place for that",
    "UN_CO": "it holds a region of the world, not a country",
    "majority": "the frame has an age group only",
}


class BrokenDataError(UserError, ValueError):
    """A file that is none of CTDC's; the message names it."""


@dataclass(frozen=True)
class Reading:
    """A real file in CTDC's layout of today."""

    frame: pd.DataFrame
    """Its rows, and a label in ``attrs`` that says that it is real."""
    unmapped: pd.DataFrame
    """What is not in the frame or came into it changed: ``what``, in how many ``rows``, and the
    ``reason``. Read it before the frame."""


class _Notes(list[tuple[str, int, str]]):
    """Collects what could not be mapped, unless no row is concerned."""

    def add(self, what: str, rows: int, reason: str) -> None:
        if rows:
            self.append((what, rows, reason))


def read(path: Path) -> Reading:
    """Read a file of CTDC, of any layout.

    Parameters
    ----------
    path
        A CSV file in UTF-8, as CTDC gives it out.

    Returns
    -------
    Reading
        The frame has ``COLUMNS``, all of them text; a flag is 1 or blank, where blank means "not
        reported".

    Raises
    ------
    BrokenDataError
        If no more than two of its columns are CTDC's.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ctdc.csv"
    ...     _ = path.write_text("gender,citizenship,isForcedLabour,isAbduction\\nMale,NA,1,-99\\n")
    ...     frame = read(path).frame
    >>> frame.loc[0, ["gender", "citizenship", "isForcedLabour"]].tolist()
    ['Man', 'NAM', '1']
    """
    texts = read_texts(path).apply(lambda column: _each(column, str.strip))
    known = {name: _BY_CUT[name[:_CUT]] for name in texts if name[:_CUT] in _BY_CUT}
    if len(known) <= 2:  # noqa: PLR2004  # gender and year alone stand in many a file
        raise BrokenDataError(
            f"{path}, the header: no layout of CTDC's files. Expected columns as "
            f"{', '.join(COLUMNS[:5])}; found {', '.join(texts.columns[:5])}."
        )
    notes = _Notes()
    for name in texts:
        if name not in known:
            _leave(name, texts[name], notes)
    frame = pd.DataFrame(_NOT_REPORTED, index=texts.index, columns=COLUMNS, dtype=str)
    for name, targets in known.items():
        for target in targets:
            values = _value(texts[name], name, target, notes)
            frame[target] = frame[target].where(values == _NOT_REPORTED, values)
    for target in COLUMNS:
        if not any(target in targets for targets in known.values()):
            notes.add(f"column {target}", len(frame), "the file has no such column: all blank")
    _say_grouped(known, notes, len(frame))
    paired = frame[SEXUAL].eq(_REPORTED).any(axis=1) & (frame["ageBroad"] != _NOT_REPORTED)
    frame["ageBroad"] = frame["ageBroad"].mask(paired, _NOT_REPORTED)
    reason = "the row reports sexual exploitation: this course leaves the age out"
    notes.add("column ageBroad", int(paired.sum()), reason)
    frame.attrs["label"] = LABEL if is_labelled(path) else REAL
    return Reading(frame, pd.DataFrame(notes, columns=["what", "rows", "reason"]))


def _leave(name: str, texts: pd.Series, notes: _Notes) -> None:
    rows = int((~texts.isin(_BLANKS | _NO)).sum())
    reason = next(
        (reason for start, reason in _REASONS.items() if name.startswith(start)),
        "the frame has no such column",
    )
    notes.add(f"column {name}", rows, reason)


def _value(texts: pd.Series, name: str, target: str, notes: _Notes) -> pd.Series:
    plain = texts.mask(texts.isin(_BLANKS), _NOT_REPORTED)
    if target in FLAGS:
        notes.add(f"column {name}", int(plain.isin(_NO).sum()), "a 0 became blank: no 'no' here")
        return _translate(plain.mask(plain.isin(_NO), ""), name, dict.fromkeys(_YES, "1"), notes)
    if target in _COUNTRIES:
        return _country(plain, name, notes)
    if target == "yearOfRegistration":
        plain = _each(plain, lambda year: year.removesuffix(".0"))
        years = {year: year for year in plain.unique() if year.isdecimal()}
        return _translate(plain, name, years, notes)
    words = {"gender": _GENDERS, "ageBroad": _AGES, "traffickMonths": _MONTHS}[target]
    return _translate(plain, name, words, notes)


def _translate(plain: pd.Series, name: str, words: dict[str, str], notes: _Notes) -> pd.Series:
    strange = plain[~plain.isin([*words, _NOT_REPORTED])]
    for value, rows in strange.value_counts().items():
        notes.add(f"column {name}, {value!r}", int(rows), "not a value that CTDC uses: left blank")
    return _each(plain, lambda value: words.get(value, _NOT_REPORTED))


def _country(plain: pd.Series, name: str, notes: _Notes) -> pd.Series:
    unknown = plain == _UNKNOWN_COUNTRY
    notes.add(f"column {name}, '00'", int(unknown.sum()), "country not known: left blank")
    plain = plain.mask(unknown, _NOT_REPORTED)
    # where every other code has three letters, NA is no country but a missing value
    others = plain[~plain.isin([_NAMIBIA, _NOT_REPORTED])]
    if len(others) and (others.str.len() != 2).all():  # noqa: PLR2004  # two letters: ISO alpha-2
        missing = plain == _NAMIBIA
        notes.add(f"column {name}, 'NA'", int(missing.sum()), "not a three-letter code: left blank")
        return plain.mask(missing, _NOT_REPORTED)
    three = _three_letters()
    for code, rows in plain[plain.str.len() == 2].value_counts().items():  # noqa: PLR2004
        if code not in three:
            notes.add(f"column {name}, {code!r}", int(rows), "no ISO country code: kept as it is")
    return _each(plain, lambda code: three.get(code, code))


def _each(texts: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Change texts, each value once: a file has hundreds of thousands of rows and few values."""
    places, values = pd.factorize(texts)
    changed = np.array([change(value) for value in values], dtype=object)
    return pd.Series(changed[places], index=texts.index, dtype=str)


def _three_letters() -> dict[str, str]:
    """Return ISO's three letters for its two, from the aliases that CLDR keeps."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {
        now[0]: alias
        for alias, now in aliases.items()
        if len(alias) == 3 and alias.isalpha() and len(now) == 1  # noqa: PLR2004
        if alias not in _WITHDRAWN
    }


def _say_grouped(known: dict[str, list[str]], notes: _Notes, rows: int) -> None:
    for target in _MEANS:
        parts = [name for name, targets in known.items() if target in targets and name != target]
        if len(parts) > 1:
            notes.add(
                f"columns {', '.join(parts)}",
                rows,
                f"grouped into {target}, as CTDC itself groups them since 2024, in our reading",
            )
