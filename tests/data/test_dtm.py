"""All files here are invented, in the columns of `dtmapi` and of the file on HDX."""

import pandas as pd
import pytest

from fourps.data import dtm, sites
from fourps.data.schema import BrokenDataError

NAMES = [
    *("id", "operation", "admin0Name", "admin0Pcode", "admin1Name", "admin1Pcode", "admin2Name"),
    *("admin2Pcode", "numPresentIdpInd", "reportingDate", "yearReportingDate"),
    *("monthReportingDate", "roundNumber", "assessmentType"),
]
TAGS = [
    *("#id+code", "#operation+name", "#country+name", "#country+code", "#adm1+name", "#adm1+code"),
    *("#adm2+name", "#adm2+code", "#affected+idps", "#date+reported", "#date+year+reported"),
    *("#date+month+reported", "#round+code", "#assessment+type"),
]
FIRST = [
    *(
        1,
        "Floods",
        "Namibia",
        "NAM",
        "North",
        "NA01",
        "Delta",
        "NA0101",
        1200,
        "2031-02-03T00:00:00",
    ),
    *(2031, 2, 1, "BA"),
]
SECOND = [*FIRST[:8], 1350, "2031-03-17T00:00:00", 2031, 3, 2, "BA"]


def api(*rows, names=NAMES):
    return pd.DataFrame(list(rows), columns=names)


def notes(reading):
    return dict(zip(reading.unmapped["what"], reading.unmapped["rows"], strict=True))


def test_what_dtmapi_returns_is_read():
    """Does a data frame of admin level 2 give the columns of the sites?"""
    reading = dtm.read(api(FIRST, SECOND))
    assert reading.frame.columns.tolist() == sites.load().columns.tolist()
    row = reading.frame.iloc[1]
    assert row[["round", "week", "code", "site", "region", "people"]].tolist() == [
        *(2, 6, "NA0101", "Delta", "North", 1350)
    ]
    assert reading.frame.attrs["label"] == dtm.REAL


def test_what_dtm_does_not_know_stays_blank_and_is_said():
    """Are all risk questions blank, and is every column on either side accounted for?"""
    reading = dtm.read(api(FIRST, SECOND))
    assert reading.frame[[*sites.INDICATORS, "households", "staff"]].isna().all(axis=None)
    said = notes(reading)
    assert {f"column {name}" for name in [*sites.INDICATORS, "households", "staff"]} <= set(said)
    assert {"column admin0Name", "column operation", "column assessmentType"} <= set(said)
    assert "column site" in said


def test_the_file_on_hdx_is_read(tmp_path):
    """Is the line of hashtags no row, and are codes that begin with NA text?"""
    path = tmp_path / "idps.csv"
    lines = [NAMES, TAGS, FIRST, SECOND]
    path.write_text("\n".join(",".join(map(str, line)) for line in lines) + "\n", "utf-8")
    reading = dtm.read(path)
    assert reading.frame.equals(dtm.read(api(FIRST, SECOND)).frame)


@pytest.mark.parametrize(
    ("level", "site", "region"),
    [(2, "Delta", "North"), (1, "North", "Namibia"), (0, "Namibia", "")],
)
def test_every_admin_level_is_read(level, site, region):
    """Is a row always the smallest area, with the one above as its region?"""
    drop = [name for name in NAMES for above in range(level + 1, 3) if f"admin{above}" in name]
    frame = dtm.read(api(FIRST).drop(columns=drop)).frame
    assert frame.loc[0, ["site", "region"]].tolist() == [site, region]


def test_capitals_and_a_missing_round_do_no_harm():
    """Are older spellings known, and is a table without rounds and dates read?"""
    table = api(FIRST).drop(columns=["roundNumber", "reportingDate"])
    reading = dtm.read(table.rename(columns=lambda name: name[0].upper() + name[1:]))
    assert reading.frame.loc[0, "people"] == 1200
    assert {"column round", "column week"} <= set(notes(reading))


def test_unreadable_numbers_are_named():
    """Is a number that is none left blank and mentioned, and a missing one only blank?"""
    rows = [*FIRST[:8], "about 900", *FIRST[9:]], [*FIRST[:8], None, *FIRST[9:]]
    reading = dtm.read(api(*rows))
    assert reading.frame["people"].isna().all()
    assert notes(reading)["column numPresentIdpInd, 'about 900'"] == 1


def test_another_table_is_refused(tmp_path):
    """Does a table without people or areas get a message that says what was expected?"""
    with pytest.raises(BrokenDataError, match="the data frame: no displacement by area"):
        dtm.read(pd.DataFrame({"people": [3]}))
    path = tmp_path / "other.csv"
    path.write_text("numPresentIdpInd\n3\n", "utf-8")
    with pytest.raises(BrokenDataError, match=r"other\.csv, the header: no displacement by area"):
        dtm.read(path)
