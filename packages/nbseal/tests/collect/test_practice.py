import csv

import pytest
from moodle_files import row, sheet

from nbseal.base.errors import UserError
from nbseal.collect.practice import FILE, PracticeError, collect_practice, read
from nbseal.moodle.learners import key, pseudonym

pytestmark = pytest.mark.usefixtures("atlas")
ADA, BEN = "atlas|2026-12-02=map-2|2026-12-01=map-1|", "atlas|2026-12-01=map-1|"


@pytest.fixture
def course(tmp_path):
    """Return nbgrader's folder, in which nobody has handed in."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    return folder


@pytest.fixture
def take(tmp_path, course):
    """Return a function that takes an export with these lines of a table."""

    def of(*lines, name="e.csv", header="username,state", **options):
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in (header, *lines)), "utf-8")
        return collect_practice(path, course, **options)

    return of


def made(course, person):
    """Return the pseudonym of a name of a platform."""
    return pseudonym(key(course), person.casefold())


def submit(course, learner):
    """Have somebody hand in an assignment that was released."""
    release = course / "release" / "ps1" / "one.ipynb"
    release.parent.mkdir(parents=True, exist_ok=True)
    release.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "utf-8")
    (course / "submitted" / learner / "ps1").mkdir(parents=True)


def test_taken(take, course):
    """Are records kept by pseudonym, the oldest first, and can nobody else read them?"""
    practice = take(f"ada,{ADA}", f"ben,{BEN}")
    ada, ben = made(course, "ada"), made(course, "ben")
    assert practice.records == {ada: ["map-1", "map-2"], ben: ["map-1"]} == read(course)
    assert (course / FILE).stat().st_mode & 0o777 == 0o600
    written = (course / FILE).read_text("utf-8")
    assert written.startswith("learner,record\n")
    assert "ada," not in written


def test_two_rows_of_one(take, course):
    """Are two rows of one learner one, with each record once, by day and not by row?"""
    practice = take(f"ada,{ADA}", "Ada,atlas|2026-11-30=map-0|2026-12-01=map-1|")
    assert [*practice.records.values()] == [["map-0", "map-1", "map-2"]] == [*read(course).values()]


def test_again(take, course):
    """Does a later export add to what was taken, and the same one change nothing?"""
    take(f"ada,{BEN}")
    take("ada,atlas|2026-12-03=map-3|", "ben,atlas|2026-12-03=map-1|")
    kept = (course / FILE).read_bytes()
    assert read(course)[made(course, "ada")] == ["map-1", "map-3"]
    take("ada,atlas|2026-12-03=map-3|")
    assert (course / FILE).read_bytes() == kept


def test_who_handed_in(take, course):
    """Has somebody who handed in under the same name that id, and moves what was kept before?"""
    take(f"Ada,{BEN}", f"ben,{BEN}")
    submit(course, "ada")
    practice = take(f"Ada,{ADA}")
    assert read(course) == {"ada": ["map-1", "map-2"], made(course, "ben"): ["map-1"]}
    assert practice.collection.remarks == []


def test_of_the_worksheet(take, course, tmp_path):
    """Is somebody whom Moodle's worksheet has by number or address that learner?"""
    people = [
        row(11, "Ada", "a-1", "ada@example.org"),
        row(12, "Ben", "", "Ben@example.org"),
    ]
    worksheet = sheet(tmp_path / "grades.csv", *people)
    lines = (f"ADA@example.org,{ADA}", f"ben@example.org,{BEN}", f"A-1,{BEN}")
    practice = take(*lines, header="email,state", worksheet=worksheet)
    assert practice.records == {
        "a-1": ["map-1", "map-2"], made(course, "ben@example.org"): ["map-1"],
    }  # fmt: skip
    assert practice.collection.remarks == []


def test_unknown(take, course):
    """Is each named by line who is not known, but once for all where nobody is, and no name said?"""
    submit(course, "ada")
    [said] = take(f"ada,{ADA}", f"zoe.brown,{ADA}").collection.remarks
    assert said.startswith(
        f"e.csv:3: nobody has handed in under the name that it has, so the records are kept under {made(course, 'zoe.brown')}."
    )
    [said] = take(f"zoe.brown,{ADA}", f"cleo,{ADA}").collection.remarks
    assert said.startswith(
        "e.csv: nobody has handed in under the name that it has, so the records are kept under pseudonyms."
    )
    assert "zoe" not in said
    many = take(f"ada,{ADA}", *(f"p{number},{BEN}" for number in range(200))).collection.remarks
    assert (len(many), many[-1]) == (11, "e.csv, not known: and 190 more of this kind.")


@pytest.mark.parametrize(
    "person", ["=1+1", "@SUM(A1)", "-2+3", "../../root", "\x1b[2J", "a b", "é" * 300]
)
def test_odd_names(take, course, person):
    """Does a name that a spreadsheet would run, or a file cannot have, become a pseudonym?"""
    practice = take(f"{person},{ADA}")
    assert [*practice.records] == [made(course, person)]
    with (course / FILE).open(encoding="utf-8", newline="") as file:
        assert all(line[0] == made(course, person) for line in [*csv.reader(file)][1:])
    assert not any(person in line for line in practice.collection.remarks)


def test_without_records(take):
    """Are rows without records counted, and the others taken?"""
    said = take(f"ada,{ADA}", "ben,", "cleo,4", "dan,atl|", "eve,atlas|").collection.remarks
    assert said[:2] == [
        "e.csv: 3 rows have no records; nothing is kept of it.",
        "e.csv: 1 row has records, but nothing is finished yet; nothing is kept of it.",
    ]
    assert "e.csv: 1 row has no records" in take(f"ada,{ADA}", "ben,").collection.remarks[0]


def test_damaged(take, course):
    """Is what is damaged, torn or nobody's named by line and counted, and the rest taken?"""
    lines = (f"ada,{ADA}", "ben,atlas|2026", "cleo", f",{BEN}", f"dan,x {BEN} y atlas|torn")
    practice = take(*lines)
    assert practice.collection.left == 4
    assert practice.collection.remarks[:4] == [
        "e.csv:3: it is torn: export it again; left out.",
        "e.csv:4: 1 fields, but 2 in the header: export it again, with quotes around fields; left out.",
        "e.csv:5: nothing says whose its records are: export it with a name; left out.",
        "e.csv:6: it is torn: export it again; left out.",
    ]
    assert read(course) == {made(course, "ada"): ["map-1", "map-2"], made(course, "dan"): ["map-1"]}


def test_not_replayed(take):
    """Is a record that cannot be replayed named by line, and are the learner's others kept?"""
    practice = take("ada,atlas|2026-12-01=map-1|2026-12-02=sea-1|", "ben,atlas|2026-12-02=sea-1|")
    assert [*practice.records.values()] == [["map-1"]]
    assert practice.collection.remarks[:2] == [
        "e.csv:2: The record 'sea-1' is left out.", "e.csv:3: The record 'sea-1' is left out.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ada,atlas|2026-12-02=sea-1|", "e.csv: none of its records can be replayed here"),
        ("ada,4", "e.csv: there are no records in it. Export the field"),
        ("ada,atlas|", "e.csv: nothing in it is finished yet, so there is nothing to keep"),
    ],
)
def test_nothing_to_take(take, course, line, message):
    """Is it said why nothing is taken of an export of another course, or of another field?"""
    practice = take(line)
    assert practice.collection.stopped.startswith(message)
    assert not (course / FILE).exists()


def test_nothing_whole(take, course):
    """Is an export of which everything is torn no export of another course?"""
    collection = take("ada,atlas|torn", "ben,4").collection
    assert (collection.left, collection.stopped) == (1, "")
    assert not (course / FILE).exists()


def test_a_course_that_keeps_nothing(take, course, monkeypatch):
    """Is an export refused with that reason in a course that has no records?"""
    monkeypatch.delenv("NBSEAL_PROFILE")
    assert "there are no records" in take(f"ada,{ADA}").collection.stopped
    assert read(course) == {}


@pytest.mark.parametrize("text", ["learner,records\na,b\n", "learner,record\na\n", "x\ny\n"])
def test_a_broken_table(take, course, text):
    """Is a table that somebody changed refused with its line, and left as it is?"""
    (course / FILE).write_text(text, "utf-8")
    with pytest.raises(PracticeError, match=rf"{FILE}:2: damaged.*Put it back from a copy"):
        take(f"ada,{ADA}")
    assert (course / FILE).read_text("utf-8") == text


def test_no_course(take, course):
    """Is a folder that is no course refused?"""
    (course / "nbgrader_config.py").unlink()
    with pytest.raises(UserError, match="nbgrader_config"):
        take(f"ada,{ADA}")
