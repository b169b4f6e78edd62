"""All files here are invented, in the layouts that CTDC has published."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourps.data import ctdc

# Names of each layout, copied from public code that reads the files.
_MEANS = [
    *("DebtBondage", "TakesEarnings", "RestrictsFinancialAccess", "Threats", "PsychologicalAbuse"),
    *("PhysicalAbuse", "SexualAbuse", "FalsePromises", "PsychoactiveSubstances"),
    *("RestrictsMovement", "RestrictsMedicalCare", "ExcessiveWorkingHours", "UsesChildren"),
    *("ThreatOfLawEnforcement", "WithholdsNecessities", "WithholdsDocuments", "Other"),
    *("NotSpecified", "Concatenated"),
]
_LABOUR = [
    *("Agriculture", "Aquafarming", "Begging", "Construction", "DomesticWork", "Hospitality"),
    *("IllicitActivities", "Manufacturing", "MiningOrDrilling", "Peddling", "Transportation"),
    *("Other", "NotSpecified", "Concatenated"),
]
_SEX = ["Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices"]
_RECRUITER = ["IntimatePartner", "Friend", "Family", "Other"]
A = [
    *("yearOfRegistration", "Datasource", "gender", "ageBroad", "majorityStatus"),
    *("majorityStatusAtExploit", "majorityEntry", "citizenship"),
    *(f"meansOfControl{end}" for end in _MEANS),
    *("isForcedLabour", "isSexualExploit", "isOtherExploit", "isSexAndLabour", "isForcedMarriage"),
    *("isForcedMilitary", "isOrganRemoval", "isSlaveryAndPractices", "typeOfExploitConcatenated"),
    *(f"typeOfLabour{end}" for end in _LABOUR),
    *(f"typeOfSex{end}" for end in [*_SEX, "Concatenated"]),
    *("isAbduction", "RecruiterRelationship", "CountryOfExploitation"),
    *(f"recruiterRelation{end}" for end in [*_RECRUITER, "Unknown"]),
]
B = [
    *("yearOfRegistration", "gender", "ageBroad", "majorityStatusAtExploit", "traffickMonths"),
    *("citizenship", "CountryOfExploitation"),
    *("meansOfControlDebtBondage", "meansOfControlTakesEarnings", "meansOfControlThreats"),
    *("meansOfControlPsychologicalAbuse", "meansOfControlPhysicalAbuse"),
    *("meansOfControlSexualAbuse", "meansOfControlFalsePromises"),
    *("meansOfControlPsychoactiveSubsta", "meansOfControlRestrictsMovement"),
    *("meansOfControlRestrictsMedicalCa", "meansOfControlExcessiveWorkingHo"),
    *("meansOfControlThreatOfLawEnforce", "meansOfControlWithholdsNecessiti"),
    *("meansOfControlWithholdsDocuments", "meansOfControlOther"),
    *("isForcedLabour", "isSexualExploit", "isOtherExploit"),
    *(f"typeOfLabour{end}" for end in ("Agriculture", "Construction", "DomesticWork")),
    *("typeOfLabourHospitality", "typeOfLabourOther"),
    *("typeOfSexProstitution", "typeOfSexPornography", "typeOfSexOther"),
    *(f"recruiterRelation{end}" for end in _RECRUITER),
]
D = [
    *("yearRegister", "gender", "majorityStatus", "UN_COO_Region", "UN_COE_Region"),
    *("isForcedLabour", "isSexualExploit", "IP_ageBroad", "IP_Gender", "IP_Relation"),
    *("IP_citizen_UNRegion", "IP_PayMoney", "IP_Exploiter", "IP_RecruiterBroker"),
    *("IP_TransactionProcess", "IP_ControlAbuseKidnap"),
]
EARLIER_C = [name.replace("sectorOf", "typeOf") for name in ctdc.COLUMNS]


def write(tmp_path, names, *rows, blank=""):
    """Write a file with these columns; a row gives the values that are not blank."""
    path = tmp_path / "ctdc.csv"
    lines = [",".join(names)]
    for row in rows:
        assert set(row) <= set(names)
        lines.append(",".join(str(row.get(name, blank)) for name in names))
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def notes(reading):
    table = reading.unmapped
    assert (table["reason"] != "").all()
    return dict(zip(table["what"], table["rows"], strict=True))


def set_flags(reading, row=0):
    return {name for name in ctdc.FLAGS if reading.frame.loc[row, name] == "1"}


def test_the_layouts_have_as_many_columns_as_published():
    """Are the names above as many as the published files have?"""
    assert (len(A), len(B), len(ctdc.COLUMNS)) == (63, 37, 27)
    assert max(map(len, B)) == 32


@pytest.mark.parametrize("names", [A, B, ctdc.COLUMNS, EARLIER_C, D])
def test_every_layout_gives_the_columns_of_today(tmp_path, names):
    """Is each layout read into the same 27 columns, all text, labelled as real?"""
    reading = ctdc.read(write(tmp_path, names, {"gender": "Woman"}, {"isForcedLabour": "1"}))
    assert list(reading.frame.columns) == ctdc.COLUMNS
    assert set(map(str, reading.frame.dtypes)) == {"str"}
    assert reading.frame["isForcedLabour"].tolist() == ["", "1"]
    assert reading.frame.attrs["label"] == ctdc.REAL


def test_the_k_anonymised_layout(tmp_path):
    """Are -99, 0, 00, two letters, Namibia's NA and the split means of 2020 understood?"""
    first = {
        "yearOfRegistration": "2016",
        "gender": "Female",
        "ageBroad": "30--38",
        "citizenship": "NA",
        "CountryOfExploitation": "00",
        "isForcedLabour": "1",
        "meansOfControlTakesEarnings": "1",
        "meansOfControlThreatOfLawEnforcement": "1",
        "meansOfControlPhysicalAbuse": "0",
        "meansOfControlRestrictsFinancialAccess": "1",
        "meansOfControlUsesChildren": "1",
        "typeOfLabourConstruction": "1",
        "typeOfLabourAquafarming": "1",
        "recruiterRelationUnknown": "1",
        "isAbduction": "0",
        "majorityStatus": "Adult",
        "Datasource": "Case Management",
    }
    reading = ctdc.read(write(tmp_path, A, first, {"gender": "Male"}, blank="-99"))
    row = reading.frame.iloc[0]
    assert row[["yearOfRegistration", "gender", "ageBroad"]].tolist() == ["2016", "Woman", "30--38"]
    assert row[["citizenship", "CountryOfExploitation", "traffickMonths"]].tolist() == [
        "NAM",
        "",
        "",
    ]
    assert set_flags(reading) == {
        *("meansDebtBondageEarnings", "meansThreats", "meansDenyBasicNeeds", "isForcedLabour"),
        "sectorOfLabourConstruction",
    }
    assert set(reading.frame.iloc[1]) == {"Man", ""}
    said = notes(reading)
    assert said["column traffickMonths"] == 2
    assert said["column CountryOfExploitation, '00'"] == 1
    assert said["column meansOfControlPhysicalAbuse"] == 1
    assert said["column meansOfControlUsesChildren"] == said["column typeOfLabourAquafarming"] == 1
    assert said["column majorityStatus"] == said["column Datasource"] == 1
    assert "columns meansOfControlDebtBondage, meansOfControlTakesEarnings" in said
    # a 0 or a blank in a column that has no place loses nothing
    assert "column isAbduction" not in said


def test_sex_and_labour_is_both(tmp_path):
    """Does the combined form of 2020 count as both, and leave the age out?"""
    row = {"isSexAndLabour": "1", "isForcedLabour": "0", "ageBroad": "18--20", "gender": "Male"}
    reading = ctdc.read(write(tmp_path, A, row, blank="-99"))
    assert set_flags(reading) == {"isForcedLabour", "isSexualExploit"}
    assert reading.frame.loc[0, "ageBroad"] == ""
    assert notes(reading)["column ageBroad"] == 1


def test_the_cut_names_of_2021(tmp_path):
    """Are names that were cut to 32 letters known?"""
    row = {
        "meansOfControlPsychoactiveSubsta": "1",
        "meansOfControlExcessiveWorkingHo": "1.0",
        "meansOfControlWithholdsNecessiti": "1",
        "traffickMonths": "25+",
    }
    reading = ctdc.read(write(tmp_path, B, row, blank="NULL"))
    assert set_flags(reading) == {
        *("meansDrugsAlcohol", "meansExcessiveWorkHours", "meansDenyBasicNeeds")
    }
    assert reading.frame.loc[0, "traffickMonths"] == "25+ (2+ yrs)"


@pytest.mark.parametrize("names", [ctdc.COLUMNS, EARLIER_C])
def test_the_layout_of_2024_to_2026(tmp_path, names):
    """Are sectors found under today's name and the one before, and is nothing left unsaid?"""
    sector = next(name for name in names if name.endswith("LabourAgriculture"))
    row = {
        "gender": "Trans/Transgender/NonConforming",
        "citizenship": "NAM",
        sector: "1",
        "traffickMonths": "0--12 (0-1 yr)",
        "meansThreats": "NULL",
        "isForcedLabour": "1",
        "ageBroad": "48+",
        "yearOfRegistration": "2023.0",
        "CountryOfExploitation": "FRA",
    }
    reading = ctdc.read(write(tmp_path, names, row))
    assert set_flags(reading) == {"isForcedLabour", "sectorOfLabourAgriculture"}
    columns = ["yearOfRegistration", "ageBroad", "citizenship", "CountryOfExploitation"]
    assert reading.frame.loc[0, columns].tolist() == ["2023", "48+", "NAM", "FRA"]
    assert reading.unmapped.empty


def test_namibia_is_told_from_missing(tmp_path):
    """Is NA Namibia among two-letter codes, and missing among three-letter ones?"""
    two = ctdc.read(write(tmp_path, A, {"citizenship": "NA"}, {"citizenship": "FR"}))
    assert two.frame["citizenship"].tolist() == ["NAM", "FRA"]
    three = ctdc.read(write(tmp_path, EARLIER_C, {"citizenship": "NA"}, {"citizenship": "FRA"}))
    assert three.frame["citizenship"].tolist() == ["", "FRA"]
    assert notes(three)["column citizenship, 'NA'"] == 1


def test_the_victim_perpetrator_layout(tmp_path):
    """Is what has a place read, and the rest named with a reason?"""
    row = {"yearRegister": "2019", "gender": "Woman", "UN_COO_Region": "Asia", "IP_Gender": "Man"}
    reading = ctdc.read(write(tmp_path, D, row))
    assert reading.frame.loc[0, "yearOfRegistration"] == "2019"
    reasons = dict(zip(reading.unmapped["what"], reading.unmapped["reason"], strict=True))
    assert "perpetrator" in reasons["column IP_Gender"]
    assert "region" in reasons["column UN_COO_Region"]
    assert "no such column" in reasons["column citizenship"]


def test_strange_values_are_left_blank_and_named(tmp_path):
    """Is a value that no layout knows neither kept nor lost in silence?"""
    rows = {"gender": "F", "ageBroad": "25"}, {"gender": "F", "isForcedLabour": "2"}
    reading = ctdc.read(write(tmp_path, ctdc.COLUMNS, *rows))
    assert set(reading.frame.to_numpy().ravel()) == {""}
    said = notes(reading)
    assert said["column gender, 'F'"] == 2
    assert said["column ageBroad, '25'"] == said["column isForcedLabour, '2'"] == 1


def test_another_file_is_refused(tmp_path):
    """Does a file that is not CTDC's get a message that names it?"""
    path = write(tmp_path, ["gender", "name", "age"], {"gender": "Man"})
    with pytest.raises(
        ctdc.BrokenDataError, match=r"ctdc\.csv, the header: no layout of CTDC's files"
    ):
        ctdc.read(path)


def test_a_synthetic_file_stays_synthetic(tmp_path):
    """Is a file that says in its first line that it is invented never called real?"""
    path = write(tmp_path, ctdc.COLUMNS, {"gender": "Man", "isForcedLabour": "1"})
    path.write_text(f"# SYNTHETIC: invented\n{path.read_text('utf-8-sig')}", "utf-8")
    reading = ctdc.read(path)
    assert reading.frame.attrs["label"] == "SYNTHETIC"
    assert reading.frame.loc[0, ["gender", "isForcedLabour"]].tolist() == ["Man", "1"]
    assert reading.unmapped.empty


@pytest.mark.slow
@settings(max_examples=30)  # each writes a file
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(A), st.sampled_from(["1", "0", "-99", "NULL", "", "NA", "x"])
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_file_pairs_age_with_sexual_exploitation(tmp_path_factory, rows):
    """Does whatever stands in a file give flags of 1 or blank, and no age beside exploitation?"""
    rows = [{"ageBroad": "18--20", **row} for row in rows]
    frame = ctdc.read(write(tmp_path_factory.mktemp("any"), A, *rows)).frame
    assert set(frame[ctdc.FLAGS].to_numpy().ravel()) <= {"1", ""}
    paired = frame[ctdc.SEXUAL].eq("1").any(axis=1) & frame["ageBroad"].ne("")
    assert not paired.any()
