"""What comes back from reviewers: read with care, and compared with what the course says today."""

import pytest

from fourps.check import check
from fourps.course.problem import BrokenSourceError
from fourps.review import answers, reviewers
from fourps.review.answers import COLUMNS
from fourps.review.material import load
from fourps.review.statements import statements

HEAD = ",".join(COLUMNS)


def read(path, text):
    path.write_text(text, "utf-8")
    return answers.read(path, ["lawyer", "coordinator"])


def row(verdict="yes", words="", field="lawyer", one="rule/no-names", wording="abcdefgh", **more):
    cells = ("1", field, one, wording, "Said.", verdict, words)
    return ",".join([*cells, more.get("who", ""), more.get("date", ""), more.get("settled", "")])


def test_rows(tmp_path):
    """Are rows read that were filled in, and are all others left alone?"""
    rows = [row(), row(""), row("No", "=HYPERLINK(1)"), ",,,,,,,,,", row(" BETTER ", "so")]
    found = read(tmp_path / "review.csv", "\n".join([HEAD, *rows]))
    assert [(one.line, one.verdict, one.waits) for one in found] == [
        (2, "yes", False),
        (4, "no", True),
        (6, "better", True),
    ]


def test_of_a_spreadsheet(tmp_path):
    """Is a table read that a spreadsheet has saved in its own way?"""
    text = "\ufeff" + "\r\n".join([HEAD, row("better", '"one\nand, two"', settled="kept")])
    (found,) = read(tmp_path / "review.csv", text)
    assert (found.line, found.verdict, found.waits) == (3, "better", False)
    (found,) = read(tmp_path / "review.csv", f"{HEAD}\n{row()}\n".replace(",", ";"))
    assert found.id == "rule/no-names"


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        (row("maybe"), "verdict", "expected yes, no or better, found 'maybe'"),
        (row("", "so"), "verdict", "expected yes, no or better beside the words"),
        (row("better"), "words", "how would it be better?"),
        (row(field="judge"), "field", "expected one of lawyer, coordinator, found 'judge'"),
        (row(one=""), "id", "copy it from the pack"),
        (row(wording="1e234567"), "wording", "eight letters as the pack has them"),
        (row(date="1.12.2026"), "date", "expected a day such as 2026-12-01"),
        (row(date="2026-13-01"), "date", "expected a day such as 2026-12-01"),
        (row("no", "so, and so"), "", "needs quotation marks"),
        (row("no\x1b[2J"), "verdict", r"found 'no\x1b[2j'"),
    ],
)
def test_malformed(tmp_path, line, field, message):
    """Is a row that cannot be understood named with its line and column, and what to do?"""
    if field == "" and message == "needs quotation marks":
        line += ",,,"
    with pytest.raises(BrokenSourceError) as caught:
        read(tmp_path / "review.csv", f"{HEAD}\n{row()}\n{line}\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.name, problem.field) == (3, "review", field)
    assert message in problem.message
    assert "\x1b" not in str(problem)


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("id,verdict\n", "review", "the columns field, wording, words, who, date, settled are"),
        ("", "review", "are missing: keep the first line"),
        (f'{HEAD}\n1,"lawyer\n', "unreadable", "Save it as 'CSV UTF-8'"),
        (f"{HEAD}\nZo\xeb\n".encode("cp1252"), "unreadable", "Save it as 'CSV UTF-8'"),
        (f"{HEAD}\n{'x' * 200_000}\n", "unreadable", "field larger than field limit"),
    ],
    ids=["columns", "empty", "quotes", "letters", "long"],
)
def test_unreadable(tmp_path, text, name, message):
    """Is a file that is no table of answers told as that?"""
    path = tmp_path / "review.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BrokenSourceError) as caught:
        answers.read(path, ["lawyer"])
    (problem,) = caught.value.problems
    assert problem.name == name
    assert message in problem.message


@pytest.fixture
def told(reviewed):
    """Return a function that writes rows into the course's file, and gives what the check says."""

    def tell(*rows):
        (reviewed / answers.FILE).write_text("\n".join([HEAD, *rows]), "utf-8")
        report = check(reviewed)
        return report, [one for one in report.facts if one.startswith("review by ")]

    return tell


@pytest.fixture
def wordings(reviewed):
    """What a lawyer is asked today: the wording of each statement by its id."""
    field = reviewers.load(reviewed).field("lawyer")
    return {one.id: one.wording for one in field.statements(statements(load(reviewed)))}


def test_open(told):
    """Does the check say what is open, and is that no error?"""
    report, said = told()
    assert report.problems == report.warnings == []
    counts = "{} of {} statements answered; no or better not settled: 0; for an older wording: 0"
    assert [one.partition(": ")[2] for one in said] == [counts.format(0, 10), counts.format(0, 5)]


def test_answered(told, wordings):
    """Are answers counted for today's words, and is a no or a better named until it is settled?"""
    rule, place = "rule/no-names", "welcome/counter"
    report, said = told(
        row(one=rule, wording=wordings[rule]),
        row("no", one=place, wording=wordings[place]),
        row("better", "so", one=place, wording=wordings[place], settled="put so"),
        row("no", one="welcome/table", wording="abcdefgh"),
        row(one="text/abcdefgh"),
    )
    assert report.problems == []
    assert said[0] == (
        "review by lawyers: 2 of 10 statements answered; no or better not settled: 1; "
        "for an older wording: 2"
    )
    (warning,) = report.warnings
    assert (warning.path.name, warning.line, warning.name) == ("review.csv", 3, "unsettled")
    assert warning.field == "welcome/counter, no"


def test_malformed_is_an_error(told):
    """Does the check name a malformed row, file and line, and fail?"""
    report, said = told(row("perhaps"))
    assert [(one.path.name, one.line) for one in report.problems] == [("review.csv", 2)]
    assert said == []
