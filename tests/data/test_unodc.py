"""All files here are invented, in the layout of UNODC's data portal."""

import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.data import detected, unodc
from fourps.data.schema import BrokenDataError

ROW = {
    "Iso3_code": "NAM",
    "Country": "Namibia",
    "Region": "Africa",
    "Subregion": "Sub-Saharan Africa",
    "Indicator": detected.DETECTED,
    "Dimension": "Total",
    "Category": "Total",
    "Sex": "Total",
    "Age": "Total",
    "Year": "2020",
    "Unit of measurement": "Counts",
    "txtVALUE": "<5",
    "Source": "GLOTIP",
}


def cells(*rows, columns=unodc.COLUMNS, above=2):
    """Return a sheet: rows above the header, the header, and one row for each of `rows`."""
    titles = [["Trafficking in persons"], []][:above]
    return [
        *titles,
        list(columns),
        *([(ROW | row).get(name, "") for name in columns] for row in rows),
    ]


def csv_file(tmp_path, sheet):
    path = tmp_path / "data_glotip.csv"
    quoted = (",".join(f'"{cell}"' for cell in row) for row in sheet)
    path.write_text("\n".join(quoted) + "\n", "utf-8-sig")
    return path


def notes(reading):
    return dict(zip(reading.unmapped["what"], reading.unmapped["rows"], strict=True))


@pytest.mark.parametrize("above", [0, 1, 2])
def test_the_header_is_found_below_the_rows_above_it(tmp_path, above):
    """Is the header found where the portal puts it, and in a file that somebody tidied?"""
    reading = unodc.read(csv_file(tmp_path, cells({}, above=above)))
    assert reading.frame.columns.tolist() == detected.load().columns.tolist()
    assert reading.frame.iloc[0].to_dict() == ROW | {"Year": 2020}
    assert reading.frame.dtypes.equals(detected.load().dtypes)
    assert reading.frame.attrs["label"] == unodc.REAL
    assert reading.unmapped.empty


def test_values_are_written_as_the_portal_does(tmp_path):
    """Are <5, commas and plain numbers one notation, and nothing censored guessed?"""
    values = ["<5", "< 5", "1,204", "1204", "64.0", "0", "0.8"]
    reading = unodc.read(csv_file(tmp_path, cells(*({"txtVALUE": value} for value in values))))
    assert reading.frame["txtVALUE"].tolist() == ["<5", "<5", "1,204", "1,204", "64", "0", "0.8"]
    assert detected.bounds(reading.frame["txtVALUE"]).loc[2].tolist() == [1204, 1204]


def test_what_cannot_be_read_is_left_out_and_named(tmp_path):
    """Are rows without a readable value or year left out, each with its reason?"""
    rows = [{"txtVALUE": ""}, {"txtVALUE": "n/a"}, {"Year": "2019-20"}, {}]
    reading = unodc.read(csv_file(tmp_path, cells(*rows)))
    assert len(reading.frame) == 1
    assert notes(reading) == {"Year '2019-20'": 1, "txtVALUE ''": 1, "txtVALUE 'n/a'": 1}


def test_the_united_kingdom_stays_in_three_parts(tmp_path):
    """Are the three parts kept apart, and said so?"""
    codes = ["GBR_E_W", "GBR_NI", "GBR_S"]
    reading = unodc.read(csv_file(tmp_path, cells(*({"Iso3_code": code} for code in codes))))
    assert reading.frame["Iso3_code"].tolist() == codes
    assert notes(reading) == {"Iso3_code GBR_E_W, GBR_NI, GBR_S": 3}


def test_other_words_are_kept_and_named(tmp_path):
    """Is a dimension or unit that the course's table lacks kept, and mentioned?"""
    row = {"Dimension": "by citizenship", "Category": "Foreign", "Unit of measurement": "Rate"}
    reading = unodc.read(csv_file(tmp_path, cells(row)))
    assert reading.frame.loc[0, "Dimension"] == "by citizenship"
    assert len(reading.unmapped) == 3


def test_missing_and_further_columns_are_named(tmp_path):
    """Is a column that was only recalled allowed to be missing, and a new one mentioned?"""
    columns = [name for name in unodc.COLUMNS if name not in {"Region", "Source"}]
    sheet = cells({}, columns=[*columns, "VALUE_status"])
    sheet[-1][-1] = "provisional"
    reading = unodc.read(csv_file(tmp_path, sheet))
    assert reading.frame.loc[0, ["Region", "Source"]].tolist() == ["", ""]
    assert notes(reading) == {"column VALUE_status": 1, "column Region": 1, "column Source": 1}


def test_namibia_is_not_missing(tmp_path):
    """Does NA stay text wherever it stands?"""
    frame = unodc.read(csv_file(tmp_path, cells({"Iso3_code": "NA", "Subregion": "NA"}))).frame
    assert frame.loc[0, ["Iso3_code", "Subregion"]].tolist() == ["NA", "NA"]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ([["a", "b"], ["1", "2"]], r"data_glotip\.csv, rows 1 to 10: no header"),
        ([["Country", "Year", "txtVALUE"]], r"row 1: column Iso3_code, Indicator is missing"),
    ],
)
def test_another_file_is_refused(tmp_path, sheet, message):
    """Does a file of another shape get a message with its name and what was expected?"""
    with pytest.raises(BrokenDataError, match=message):
        unodc.read(csv_file(tmp_path, sheet))


def test_the_course_s_own_table_comes_back():
    """Is the synthetic table, read as if it were the portal's, the same and still SYNTHETIC?"""
    from fourps.data import store

    reading = unodc.read(store.path("detected"))
    assert reading.frame.equals(detected.load())
    assert reading.frame.attrs["label"] == "SYNTHETIC"
    assert reading.unmapped.empty


def test_the_excel_file_of_the_portal(tmp_path):
    """Is its sheet read where openpyxl is installed, and openpyxl asked for where it is not?"""
    path = tmp_path / "data_glotip.xlsx"
    if importlib.util.find_spec("openpyxl") is None:
        path.write_bytes(b"")
        with pytest.raises(ImportError, match="pip install openpyxl"):
            unodc.read(path)
        return
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "about"
    sheet = book.create_sheet(unodc.SHEET)
    for row in cells({}, {"Iso3_code": "NA", "Year": 2021, "txtVALUE": 1204}):
        sheet.append(row)
    book.save(path)
    reading = unodc.read(path)
    assert reading.frame["Iso3_code"].tolist() == ["NAM", "NA"]
    assert reading.frame["Year"].tolist() == [2020, 2021]
    assert reading.frame["txtVALUE"].tolist() == ["<5", "1,204"]


@given(st.text(max_size=8))
def test_no_text_becomes_a_wrong_number(text):
    """Is any text either a notation that `bounds` understands, or refused?"""
    import pandas as pd

    value = unodc._value(text)
    if value is not None:
        assert len(detected.bounds(pd.Series([value]))) == 1
