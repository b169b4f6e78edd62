from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from moodle_files import sheet as write

from nbseal.moodle.learners import Learners
from nbseal.moodle.worksheet import Worksheet, WorksheetError

ENGLISH = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade",
           "Grade can be changed", "Last modified (submission)", "Feedback comments"]  # fmt: skip
FRENCH = ["Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale",
          "La note peut être modifiée", "Dernière modification (travail remis)",
          "Feedback par commentaires"]  # fmt: skip


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes a worksheet and reads it."""

    def make(*rows, header=ENGLISH):
        path = write(tmp_path / "grades.csv", *rows, header=header, mark="\ufeff")
        return Worksheet(path, ZoneInfo("Europe/Paris"))

    return make


def row(number, time="Tuesday, 3 November 2026, 4:05 PM", mail="ada@example.org"):
    return [f"Participant {number}", "Ada B", mail, "Submitted", "", "100.00", "Yes", time, ""]


@pytest.mark.parametrize("header", [ENGLISH, FRENCH])
def test_people(sheet, header):
    """Are the people and their times read, in English and French?"""
    worksheet = sheet(row(7), row(8, "-", ""), header=header)
    first, second = worksheet.people
    assert (first.number, first.name, first.email) == ("7", "Ada B", "ada@example.org")
    assert first.time == datetime(2026, 11, 3, 15, 5, tzinfo=UTC)
    assert second.time is None
    assert not second.remark
    assert worksheet.text(0, "maximum") == "100.00"
    assert worksheet.column("comments") == header.index(header[-1])


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ([], ["Name"], "no column 'Identifier'"),
        ([row("")], ENGLISH, r"grades.csv:2: the identifier"),
        ([row(7), row(8), row(7)], ENGLISH, "participant 7 is in it twice"),
        ([row(7)[:3]], ENGLISH, "line 2: 3 fields"),
    ],
)
def test_refuses(sheet, rows, header, message):
    """Is a file refused that is no worksheet, with what to do?"""
    with pytest.raises(WorksheetError, match=message):
        sheet(*rows, header=header)


def test_missing(tmp_path):
    """Is a missing file named?"""
    with pytest.raises(WorksheetError, match=r"none\.csv cannot be read"):
        Worksheet(tmp_path / "none.csv")


def test_ids(sheet, tmp_path):
    """Is somebody the same in two assignments, by ID number or e-mail, and never named?"""
    first, second = sheet(row(7)), sheet(row(901, mail="Ada@Example.org"))
    learners = Learners(tmp_path)
    [ada], [again] = first.people, second.people
    assert learners.ids(ada)[0] == learners.ids(again)[0]
    assert learners.ids(ada)[1:] == ["p7"]
    assert "ada" not in learners.ids(ada)[0]
    assert oct((tmp_path / ".pseudonyms").stat().st_mode & 0o777) == "0o600"
    numbered = sheet(
        [*row(7, mail="ben@example.org"), "S-1"], [*row(8), "../x"], header=[*ENGLISH, "ID number"]
    )
    with_number, with_a_path = numbered.people
    assert learners.ids(with_number)[0] == "S-1"
    assert learners.ids(with_a_path)[0] == learners.ids(ada)[0]
    [nobody] = sheet(row(7, mail="")).people
    assert learners.ids(nobody) == ["p7"]


@pytest.mark.parametrize(
    ("people", "ids", "text"),
    [
        ([["a@b.org", "S1"], ["c@d.org", "s1"]], ["m-", "m-"], "lines 2, 3 have one ID number"),
        ([["a@b.org", ""], ["A@b.org", "S2"]], ["p7", "S2"], "lines 2, 3 have one e-mail address"),
        ([["", "p8"], ["", ""]], ["p7", "p8"], "lines 2, 3 have one ID number"),
        ([["", "S1"], ["", "P8"]], ["S1", "P8"], ""),
        ([["", "n/a"], ["", "n/a"]], ["p7", "p8"], ""),
    ],
)
def test_what_two_lines_have(sheet, tmp_path, people, ids, text):
    """Is what two lines have used for none of them, and said with both lines and without it?"""
    rows = [[*row(7 + at, mail=mail), person] for at, (mail, person) in enumerate(people)]
    worksheet = sheet(*rows, header=[*ENGLISH, "ID number"])
    learners = Learners(tmp_path)
    mine, others = (learners.ids(person) for person in worksheet.people)
    assert not {learner.casefold() for learner in mine} & {learner.casefold() for learner in others}
    assert [mine[0][: len(ids[0])], others[0][: len(ids[1])]] == ids
    assert len(worksheet.shared) == bool(text)
    for line in worksheet.shared:
        assert text in line
        assert "grades.csv" in line
        assert "@" not in line
