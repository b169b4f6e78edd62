import pandas as pd
import pytest

from fourps.lab import hub

# The 27 columns of CTDC's Global Synthetic Dataset (2024 and later), copied here on purpose.
_NAMES = """
yearOfRegistration gender ageBroad citizenship CountryOfExploitation traffickMonths
meansDebtBondageEarnings meansThreats meansAbusePsyPhySex meansFalsePromises meansDrugsAlcohol
meansDenyBasicNeeds meansExcessiveWorkHours meansWithholdDocs
isForcedLabour isSexualExploit isOtherExploit
sectorOfLabourAgriculture sectorOfLabourConstruction sectorOfLabourDomesticWork
sectorOfLabourHospitality sectorOfSexProstitution sectorOfSexPornography
recruiterRelationIntimatePartner recruiterRelationFriend recruiterRelationFamily
recruiterRelationOther
"""
CTDC = _NAMES.split()
AGES = {"0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+", ""}


@pytest.fixture(scope="module")
def table():
    return hub.make()


def test_the_same_seed_makes_the_same_hub(table):
    """Does one seed always make one hub, and another seed another?"""
    pd.testing.assert_frame_equal(table, hub.make())
    assert hub.fingerprint(hub.make(rows=50)) != hub.fingerprint(hub.make(rows=50, seed=1))


def test_it_has_the_shape_of_the_real_file(table):
    """Has the hub CTDC's 27 columns, in their order, and only values that occur there?"""
    assert list(table.columns) == CTDC
    assert len(table) == hub.ROWS
    assert set(table["ageBroad"]) == AGES
    assert set(table["gender"]) == {*hub.GENDERS, ""}
    assert set(table["traffickMonths"]) == {*hub.MONTHS, ""}
    assert set(table[hub.FLAGS].to_numpy().ravel()) == {"1", ""}


def test_blank_means_not_reported(table):
    """Is nothing ever "no", "0" or missing, and is much left blank, as in real life?"""
    assert not table.isna().to_numpy().any()
    blank = (table == "").mean()
    assert blank["traffickMonths"] > 0.8
    assert blank[["citizenship", "CountryOfExploitation", "yearOfRegistration"]].max() == 0


def test_no_row_pairs_age_with_sexual_exploitation(table):
    """Is the age blank in every row that reports anything about sexual exploitation?"""
    reported = (table[["isSexualExploit", *hub.SEX]] == "1").any(axis=1)
    assert reported.any()
    assert set(table.loc[reported, "ageBroad"]) == {""}


def test_no_real_place_and_no_past_year(table):
    """Do all countries come from the codes that ISO leaves to its users, and all years lie ahead?"""
    countries = set(table["citizenship"]) | set(table["CountryOfExploitation"])
    assert all("XAA" <= country <= "XZZ" for country in countries)
    assert set(table["yearOfRegistration"]) == {"2027", "2028", "2029", "2030", "2031"}


def test_sectors_need_their_exploitation(table):
    """Is a sector only reported in rows that report what it is a sector of?"""
    for sectors, flag in ((hub.LABOUR, "isForcedLabour"), (hub.SEX, "isSexualExploit")):
        rows = (table[sectors] == "1").any(axis=1)
        assert set(table.loc[rows, flag]) == {"1"}


@pytest.mark.parametrize(
    ("column", "value", "share", "within"),
    [
        ("gender", "Woman", 0.74, 0.02),
        ("recruiterRelationFamily", "1", 0.18, 0.05),
    ],
)
def test_shares_are_near_those_published(table, column, value, share, within):
    """Are shares, among rows that report, near what the generator was set to?"""
    if column.startswith("recruiter"):
        reporting = table[(table[hub.RECRUITER] == "1").any(axis=1)]
    else:
        reporting = table[table[column] != ""]
    assert abs((reporting[column] == value).mean() - share) < within


def test_some_countries_are_rare(table):
    """Is there a country so rare that a single person counts?"""
    counts = table["CountryOfExploitation"].value_counts()
    assert set(counts.index) == set(hub.COUNTRIES)
    assert 0 < counts.min() < 10 < counts.max()


def test_a_saved_hub_is_labelled_and_comes_back(table, tmp_path):
    """Does a saved file say SYNTHETIC, and read as it was?"""
    hub.save(table.head(200), tmp_path / "hub.csv")
    assert (tmp_path / "hub.csv").read_text("utf-8").startswith("# SYNTHETIC: ")
    pd.testing.assert_frame_equal(hub.load(tmp_path / "hub.csv"), table.head(200))
    assert [path.name for path in tmp_path.iterdir()] == ["hub.csv"]


def real(tmp_path, **values):
    """Write a file as CTDC might: no label, names of an earlier release, one more column."""
    row = dict.fromkeys(CTDC, "") | {"yearOfRegistration": "2020", "more": "x"} | values
    names = [name.replace("sectorOf", "typeOf") for name in row]
    path = tmp_path / "ctdc.csv"
    path.write_text(",".join(names) + "\n" + ",".join(row.values()) + "\n", "utf-8-sig")
    return path


def test_the_real_file_can_be_dropped_in(tmp_path):
    """Is a file of the real shape read: earlier names, NULL, 1.0, and Namibia's NA?"""
    path = real(
        tmp_path, citizenship="NA", isForcedLabour="1.0", meansThreats="NULL", ageBroad="18--20"
    )
    row = hub.load(path).iloc[0]
    assert list(row.index) == CTDC
    assert row["citizenship"] == "NA"
    assert (row["isForcedLabour"], row["meansThreats"], row["ageBroad"]) == ("1", "", "18--20")


def test_the_real_file_is_unpaired_too(tmp_path):
    """Is an age left out of a row of the real file that reports sexual exploitation?"""
    row = hub.load(real(tmp_path, ageBroad="18--20", isSexualExploit="1")).iloc[0]
    assert row["ageBroad"] == ""


def test_a_missing_column_is_named(tmp_path):
    """Does a file of another shape get a message with file, line, what is missing and what to do?"""
    path = tmp_path / "other.csv"
    path.write_text("gender,ageBroad\nWoman,48+\n", "utf-8")
    with pytest.raises(ValueError, match=r"other\.csv, line 1: the columns yearOfRegistration, "):
        hub.load(path)


def test_a_wrong_flag_is_named(tmp_path):
    """Is a flag that is neither 1 nor blank refused, with its place?"""
    with pytest.raises(ValueError, match=r"data row 1, column isForcedLabour: '0' is neither 1"):
        hub.load(real(tmp_path, isForcedLabour="0"))
