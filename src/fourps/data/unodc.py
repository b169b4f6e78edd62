"""Read the trafficking table of UNODC's data portal into the columns of `fourps.data.detected`.

The portal gives it out as ``data_glotip.xlsx``: one sheet with two rows above the header, values as
text (``<5``, ``1,204``), and the United Kingdom in three parts. A CSV of that sheet is read too.
The layout was taken from public code that reads the file; no file was at hand here, and the columns
Region, Subregion and Source are from memory. So look at ``unmapped`` first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.data.dictionary import dataset
from fourps.data.reading import Notes, Reading
from fourps.data.schema import BrokenDataError
from fourps.data.synthetic import LABEL

if TYPE_CHECKING:
    from pathlib import Path

REAL = "REAL UNODC data"
SHEET = "data_glotip_1"
COLUMNS = list(dataset("detected").columns)

_HIGHEST_HEADER = 10  # how many rows may stand above it
_NEEDED = ["Iso3_code", "Indicator", "Year", "txtVALUE"]
_PARTS_OF_UK = ["GBR_E_W", "GBR_NI", "GBR_S"]
_EXCEL = {".xlsx", ".xlsm"}


def read(path: Path) -> Reading:
    """Read the table of the portal.

    Parameters
    ----------
    path
        The ``.xlsx`` of the portal (for which openpyxl must be installed), or a CSV of its sheet.

    Returns
    -------
    Reading
        The frame has the columns of `fourps.data.detected`; rows whose year or value cannot be read
        are left out and noted. Nothing is added up and nothing censored is guessed.

    Raises
    ------
    ImportError
        If it is an Excel file and openpyxl is not installed.
    fourps.data.schema.BrokenDataError
        If no header is found in the first ten rows, or a column without which nothing can be read
        is missing.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> lines = ["A title,,,", ",,,", "Iso3_code,Indicator,Year,txtVALUE", "NAM,Persons,2020,<5"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "glotip.csv"
    ...     _ = path.write_text("\\n".join(lines))
    ...     frame = read(path).frame
    >>> frame[["Iso3_code", "Year", "txtVALUE"]].to_numpy().tolist()
    [['NAM', 2020, '<5']]
    """
    cells = _cells(path)
    synthetic = str(cells.iloc[0, 0]).startswith(f"# {LABEL}")
    header = next(
        (
            row
            for row in range(min(_HIGHEST_HEADER, len(cells)))
            if "txtVALUE" in set(cells.iloc[row])
        ),
        None,
    )
    if header is None:
        raise BrokenDataError(
            f"{path}, rows 1 to {_HIGHEST_HEADER}: no header. Expected a row with "
            f"{', '.join(_NEEDED)}, as in the sheet {SHEET} of UNODC's data_glotip.xlsx."
        )
    texts = cells.iloc[header + 1 :].set_axis(list(cells.iloc[header]), axis=1)
    missing = [name for name in _NEEDED if name not in texts]
    if missing:
        raise BrokenDataError(
            f"{path}, row {header + 1}: column {', '.join(missing)} is missing. Found "
            f"{', '.join(filter(None, texts.columns))}."
        )
    notes = Notes()
    texts = texts[(texts != "").any(axis=1)].reset_index(drop=True)
    for name in texts.columns:
        if name and name not in COLUMNS:
            notes.add(f"column {name}", int((texts[name] != "").sum()), "the frame has none such")
    for name in COLUMNS:
        if name not in texts:
            texts[name] = ""
            notes.add(f"column {name}", len(texts), "the file has no such column: all blank")
    frame = _typed(texts[COLUMNS].copy(), notes)
    _say_what_differs(frame, notes)
    frame.attrs["label"] = LABEL if synthetic else REAL
    return Reading(frame, notes.table())


def _cells(path: Path) -> pd.DataFrame:
    """Return all cells as text; Namibia's codes stay text too."""
    options = {"header": None, "dtype": str, "keep_default_na": False}
    if path.suffix.lower() not in _EXCEL:
        return _csv(path)
    try:
        sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl", **options)
    except ImportError as error:
        raise ImportError(f"{path}: to read Excel files, pip install openpyxl") from error
    cells = sheets.get(SHEET, next(iter(sheets.values())))
    return cells.fillna("").apply(lambda column: column.str.strip())


def _csv(path: Path) -> pd.DataFrame:
    """Read rows of any length, since the rows above the header are shorter."""
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    widest = max(map(len, rows), default=1)
    return pd.DataFrame([row + [""] * (widest - len(row)) for row in rows or [[""]]], dtype=str)


def _typed(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    years = frame["Year"].str.removesuffix(".0")
    frame["Year"] = pd.to_numeric(years.where(years.str.fullmatch(r"\d{4}")), errors="coerce")
    for value, rows in years[frame["Year"].isna()].value_counts().items():
        notes.add(f"Year {value!r}", int(rows), "no year: the rows are left out")
    values = frame["txtVALUE"].map(_value)
    lost = frame["txtVALUE"][values.isna() & frame["Year"].notna()]
    for value, rows in lost.value_counts().items():
        reason = "blank" if value == "" else "neither a count nor <5"
        notes.add(f"txtVALUE {value!r}", int(rows), f"{reason}: the rows are left out")
    frame["txtVALUE"] = values
    frame = frame[values.notna() & frame["Year"].notna()].reset_index(drop=True)
    return frame.astype({"Year": "int64"})


def _value(text: str) -> str | None:
    """Write a value as the portal does.

    Examples
    --------
    >>> _value("1204"), _value("1,204"), _value("< 5"), _value("12.0"), _value("n/a")
    ('1,204', '1,204', '<5', '12', None)
    """
    plain = text.replace(",", "").replace(" ", "")
    if plain == "<5":
        return plain
    try:
        number = float(plain)
    except ValueError:
        return None
    if not number.is_integer():
        # a rate, or a share
        return plain
    return f"{number:,.0f}" if number >= 0 else None


def _say_what_differs(frame: pd.DataFrame, notes: Notes) -> None:
    parts = frame["Iso3_code"].isin(_PARTS_OF_UK)
    notes.add(
        f"Iso3_code {', '.join(_PARTS_OF_UK)}",
        int(parts.sum()),
        "the United Kingdom reports in three parts: kept apart, not added up",
    )
    for name in ("Indicator", "Dimension", "Category", "Sex", "Age", "Unit of measurement"):
        known = [*dataset("detected").columns[name].choices, ""]
        for value, rows in frame.loc[~frame[name].isin(known), name].value_counts().items():
            notes.add(f"{name} {value!r}", int(rows), "not in the course's table: kept as it is")
