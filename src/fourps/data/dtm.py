"""Read displacement data of IOM's DTM into the columns of `fourps.data.sites`.

`read` takes what ``dtmapi`` returns for admin level 0, 1 or 2, or a file of the same columns from
the Humanitarian Data Exchange (HDX), whose second line may hold HXL hashtags. DTM counts people by
area, not by site, and knows none of the course's risk questions: so a row is an area, and most
columns stay blank. ``unmapped`` says so. Column names were taken from public code; no key and no
file was at hand here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.data.dictionary import dataset
from fourps.data.reading import Notes, Reading, filled
from fourps.data.schema import BrokenDataError
from fourps.data.synthetic import LABEL, is_labelled
from fourps.data.synthetic import read as read_texts

if TYPE_CHECKING:
    from pathlib import Path

REAL = "REAL DTM data"
COLUMNS = list(dataset("sites").columns)

_PEOPLE, _ROUND, _DATE = "numPresentIdpInd", "roundNumber", "reportingDate"
_LEVELS = ["admin2", "admin1", "admin0"]
_DAYS = 7


def read(source: Path | pd.DataFrame) -> Reading:
    """Read displacement by area.

    Parameters
    ----------
    source
        A CSV file, or a data frame as ``dtmapi`` returns it.

    Returns
    -------
    Reading
        The frame has the columns of `fourps.data.sites`, one row an area and round. ``site`` and
        ``code`` are of the smallest area in the data, ``region`` of the one above; ``week`` counts
        from the first report; what DTM does not know is blank.

    Raises
    ------
    fourps.data.schema.BrokenDataError
        If the number of people, or the name of any area, is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"admin0Name": ["A"], "admin1Name": ["B"], "admin1Pcode": ["A01"],
    ...                      "roundNumber": [3], "numPresentIdpInd": [1200]})
    >>> read(rows).frame[["code", "site", "region", "people"]].to_numpy().tolist()
    [['A01', 'B', 'A', 1200.0]]
    """
    if isinstance(source, pd.DataFrame):
        where, synthetic = "the data frame", source.attrs.get("label") == LABEL
        texts = source.astype("object").where(source.notna(), "").astype(str)
    else:
        where, synthetic, texts = f"{source}, the header", is_labelled(source), read_texts(source)
    texts = texts.rename(columns=_exact_names(list(texts.columns)))
    areas = [level for level in _LEVELS if f"{level}Name" in texts]
    if _PEOPLE not in texts or not areas:
        raise BrokenDataError(
            f"{where}: no displacement by area. Expected {_PEOPLE} and admin0Name, admin1Name or "
            f"admin2Name, as dtmapi and HDX name them; found {', '.join(texts.columns[:6])}."
        )
    if texts.iloc[:1].apply(lambda column: column.str.startswith("#")).to_numpy().any():
        # HXL hashtags are no row
        texts = texts.iloc[1:]
    texts = texts.reset_index(drop=True)
    notes = Notes()
    frame = _frame(texts, areas, notes)
    frame.attrs["label"] = LABEL if synthetic else REAL
    return Reading(frame, notes.table())


def _exact_names(titles: list[str]) -> dict[str, str]:
    """Return today's spelling of the columns: older files begin them with a capital."""
    known = [_PEOPLE, _ROUND, _DATE, *(f"{a}{b}" for a in _LEVELS for b in ("Name", "Pcode"))]
    spelling = {name.lower(): name for name in known}
    return {name: spelling[name.lower()] for name in titles if name.lower() in spelling}


def _frame(texts: pd.DataFrame, areas: list[str], notes: Notes) -> pd.DataFrame:
    smallest, above = areas[0], [f"{level}Name" for level in areas[1:2]]
    blank = pd.Series("", index=texts.index, dtype=str)
    used = {_PEOPLE, _ROUND, _DATE, f"{smallest}Name", f"{smallest}Pcode", *above}
    numbers = pd.DataFrame(float("nan"), index=texts.index, columns=COLUMNS, dtype="float64")
    frame = numbers.assign(
        code=texts.get(f"{smallest}Pcode", blank),
        site=texts[f"{smallest}Name"],
        region=texts[above[0]] if above else blank,
        people=_numbers(texts[_PEOPLE], _PEOPLE, notes),
    )
    if _ROUND in texts:
        frame["round"] = _numbers(texts[_ROUND], _ROUND, notes)
    if _DATE in texts:
        dates = pd.to_datetime(texts[_DATE].str[:10], format="%Y-%m-%d", errors="coerce")
        _note(texts[_DATE], dates, _DATE, notes)
        frame["week"] = (dates - dates.min()).dt.days // _DAYS
    for name in texts:
        if name not in used:
            notes.add(f"column {name}", filled(texts[name]), "the frame has no such column")
    for name in COLUMNS:
        if (frame[name].isna() | (frame[name] == "")).all():
            notes.add(f"column {name}", len(frame), "DTM does not give it: all blank")
    notes.add("column site", len(frame), f"it holds areas of {smallest}, not sites")
    return frame


def _numbers(texts: pd.Series, name: str, notes: Notes) -> pd.Series:
    numbers = pd.to_numeric(texts.str.replace(",", ""), errors="coerce")
    _note(texts, numbers, name, notes)
    return numbers.astype("float64")


def _note(texts: pd.Series, read_as: pd.Series, name: str, notes: Notes) -> None:
    for value, rows in texts[read_as.isna() & (texts != "")].value_counts().items():
        notes.add(f"column {name}, {value!r}", int(rows), "cannot be read: left blank")
