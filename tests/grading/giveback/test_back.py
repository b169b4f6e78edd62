"""Marks and feedback go back: a small assignment through real nbgrader, from Moodle to Moodle."""

import contextlib
import csv
import io
import shutil
import sqlite3
import zipfile
from zoneinfo import ZoneInfo

import pytest
from commands import fourps
from graded_cells import KERNEL
from graded_cells import marks as about
from killing import command, content, survives
from moodle_files import packed, row, sheet
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbseal import clock
from nbseal.base.notebook_file import dump
from nbseal.collect import collect
from nbseal.giveback.export import fill, overview
from nbseal.giveback.feedback_zips import hand_back
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook
from nbseal.moodle.learners import Learners
from nbseal.moodle.worksheet import Worksheet
from nbseal.nbgrader_commands import nbgrader

pytestmark = pytest.mark.slow

PENALTY = "c.PerDay.per_day = 0.1\n"
PEOPLE = {  # number, name, when
    "11": ("Punctual Ümit", "Tuesday, 1 December 2026, 5:10 PM"),
    "12": ("Late O'Neil", "Thursday, 3 December 2026, 9:00 AM"),
    "13": ("Unmarked B", "Tuesday, 1 December 2026, 4:00 PM"),
    "14": ("Never C", "-"),
    "15": ("Locked D", "Tuesday, 1 December 2026, 4:00 PM"),
}


def notebook(answer="raise NotImplementedError"):
    cells = [
        new_code_cell(answer, metadata=about("answer", solution=True)),
        new_code_cell("assert one() == 1", metadata=about("check", True, points=30)),
        new_markdown_cell("Write.", metadata=about("essay", True, True, 20)),
    ]
    return dump(new_notebook(cells=cells, metadata=KERNEL))


@pytest.fixture(scope="module")
def worksheet(tmp_path_factory):
    rows = [
        row(
            number,
            name,
            f"S{number}",
            time=when,
            most="10,00",
            may="No" if number == "15" else "Yes",
        )
        for number, (name, when) in PEOPLE.items()
    ]
    path = tmp_path_factory.mktemp("moodle") / "grades.csv"
    return sheet(path, *rows, quoting=csv.QUOTE_ALL, mark="\ufeff")


@pytest.fixture(scope="module")
def course(root, worksheet, tmp_path_factory):
    """Return a course in which all was collected, graded and, but for one, marked."""
    course = tmp_path_factory.mktemp("course")
    config = (root / "autograder" / "nbgrader_config.py").read_text("utf-8")
    (course / "nbgrader_config.py").write_text(config + PENALTY, "utf-8")
    source = course / "source" / "ps1" / "one.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(notebook())
    nbgrader(course, "generate_assignment", "ps1")
    due = clock.written(clock.read("2026-12-01 17:00", ZoneInfo("Asia/Amman")))
    nbgrader(course, "db", "assignment", "add", "ps1", f"--duedate={due}")
    download = worksheet.with_name("all.zip")
    mine = notebook("def one():\n    return 1")
    names = [f"{name}_{number}" for number, (name, when) in PEOPLE.items() if when != "-"]
    work = {f"{name}_assignsubmission_file/one (1).ipynb": mine for name in names}
    download.write_bytes(packed(work))
    collection = collect(
        download, course, root, worksheet=worksheet, names=True, zone=ZoneInfo("Asia/Amman")
    )
    assert collection.remarks == []
    nbgrader(course, "autograde", "ps1")
    with gradebook(course) as book:
        for learner in ("S11", "S12", "S15"):
            grade = book.find_grade("essay", "one", "ps1", learner)
            grade.manual_score, grade.needs_manual_grade = 15, False
            book.find_comment(
                "essay", "one", "ps1", learner
            ).manual_comment = f"=Dear {learner}, <well>"
        book.db.commit()
    return course


@pytest.fixture(scope="module")
def marks(course):
    with gradebook(course) as book:
        return {graded.learner: graded for graded in read_marks(book)}


def test_late(marks):
    """Does who was late by Moodle's clock lose marks, and who was within the grace none?"""
    assert {learner: graded.penalty for learner, graded in marks.items()} == {
        "S11": 0, "S12": 10, "S13": 0, "S15": 0,
    }  # fmt: skip
    assert (marks["S11"].points, marks["S12"].points, marks["S11"].maximum) == (45, 35, 50)
    assert marks["S13"].waiting == ["essay"]
    assert not marks["S13"].done


def test_names_only_when_asked(course):
    """Do names of the worksheet stand in the gradebook, since they were asked for, with everybody?"""
    with gradebook(course) as book:
        names = {student.id: (student.first_name, student.last_name) for student in book.students}
    assert names["S12"] == ("Late", "O'Neil")
    assert names["S14"] == ("Never", "C")


def expected(data):
    """The worksheet as it should be: two grades more, and not a byte else."""
    text = data.decode()
    lines = text.split("\r\n")
    lines[1] = lines[1].replace('"","10,00"', '"9,00","10,00"')
    lines[2] = lines[2].replace('"","10,00"', '"7,00","10,00"')
    return "\r\n".join(lines).encode()


def test_worksheet(course, marks, worksheet):
    """Are grades filled in on Moodle's scale, with every other byte as it was?"""
    filled = fill(Worksheet(worksheet), marks.values(), Learners(course))
    assert filled.data == expected(worksheet.read_bytes())
    assert filled.graded == 2
    assert filled.left == [
        "S13: to be marked by hand: essay; left as it was.",
        "S15: Moodle lets nobody change this grade; left as it was.",
    ]


def test_comments(course, marks, worksheet):
    """Are comments filled in as text, and is no formula among them?"""
    filled = fill(Worksheet(worksheet), marks.values(), Learners(course), comments=True)
    rows = list(csv.DictReader(io.StringIO(filled.data.decode("utf-8-sig"), newline="")))
    assert rows[0]["Feedback comments"] == "essay: =Dear S11, &lt;well&gt;"
    assert rows[1]["Feedback comments"].endswith("<br>Late: 10 points less.")
    assert rows[2]["Feedback comments"] == ""


def test_overview(course):
    """Is there a line for each learner, without names?"""
    with gradebook(course) as book:
        rows = overview(book).rows
    assert rows == [
        ["learner", "ps1", "ps1 of", "ps1 state"],
        ["S11", 45, 50, "marked"],
        ["S12", 35, 50, "marked"],
        ["S13", None, 50, "to mark: 1"],
        ["S14", None, None, "not graded"],
        ["S15", 45, 50, "marked"],
    ]


def test_feedback(course, worksheet, tmp_path):
    """Does each get their own feedback and nobody else's, and Moodle all in the folders it knows?"""
    trap = course / "feedback" / "S12" / "ps1" / "extra.html"
    trap.parent.mkdir(parents=True)
    (course / "secret.html").write_text("secret", "utf-8")
    done = hand_back(course, "ps1", tmp_path, Worksheet(worksheet).people)
    assert done.left == ["S13: to be marked by hand: essay; no feedback yet."]
    for learner, other in (("S11", "S12"), ("S12", "S11")):
        with zipfile.ZipFile(tmp_path / "ps1" / f"{learner}.zip") as archive:
            assert archive.namelist() == ["ps1/feedback.html", "ps1/one.html"]
            for name in archive.namelist():
                page = archive.read(name).decode()
                assert f"Dear {learner}" in page
                assert other not in page
            points = {"S11": "Points: 45 of 50", "S12": "Points: 35 of 50"}[learner]
            page = archive.read("ps1/feedback.html").decode()
            assert points in page
            assert ("Score: -10)" in page) == (learner == "S12")
    with zipfile.ZipFile(tmp_path / "ps1-moodle.zip") as archive:
        assert archive.namelist() == [
            f"{folder}_assignsubmission_file/{page}.html"
            for folder in ("Punctual Ümit_11", "Late O'Neil_12", "Locked D_15")
            for page in ("feedback", "one")
        ]
        for name in archive.namelist():
            assert f"Dear S{name.split('_')[1]}" in archive.read(name).decode()


def test_nobody_in_the_worksheet(course, worksheet, tmp_path):
    """Is a worksheet of which nobody has marks an error that says what was compared?"""
    other = tmp_path / "grades.csv"
    other.write_bytes(
        worksheet.read_bytes().replace(b'"S1', b'"T1').replace(b"ipant 1", b"ipant 9")
    )
    done = fourps("grade", "export", "ps1", "--worksheet", other, "--course", course)
    assert done.returncode == 1
    assert "no line is of a learner with marks" in done.stderr
    assert "T11, p91, T12 ...; with the ids in the gradebook, S11, S12, S13 ..." in done.stderr
    assert not list(tmp_path.glob("*-filled.csv"))


def test_commands(course, worksheet, tmp_path):
    """Do the commands write what they say, and name who is not marked yet?"""
    grades = shutil.copy(worksheet, tmp_path / "grades.csv")
    done = fourps("grade", "export", "ps1", "--worksheet", grades, "--course", course)
    assert done.returncode == 0, done.stderr
    assert "grades-filled.csv: 2 grades." in done.stdout
    assert "S13: to be marked by hand: essay" in done.stderr
    assert (tmp_path / "grades-filled.csv").read_bytes() == expected(worksheet.read_bytes())
    done = fourps("grade", "export", "--to", tmp_path / "marks.csv", "--course", course)
    assert "marks.csv: 5 learners." in done.stdout
    done = fourps("grade", "export", "--course", tmp_path)
    assert done.returncode == 1
    assert "is no nbgrader course" in done.stderr


def test_killed_or_full(course, worksheet, tmp_path):
    """Wherever an export is killed or has no room, does the next one write the same, and nothing else?"""
    place = tmp_path / "place"
    shutil.copytree(course, place / "course", ignore=shutil.ignore_patterns("feedback", "*ed"))
    (place / "course" / ".pseudonyms").unlink(missing_ok=True)
    (place / "course" / "marks.csv").write_text("of before", "utf-8")
    grades = shutil.copy(worksheet, place / "grades.csv")

    def do():
        where = ("--course", place / "course")
        first = command("grade", "export", *where)
        return (
            first
            if first[0]
            else command("grade", "export", "ps1", "--worksheet", grades, "--comments", *where)
        )

    def state():
        files = content(place)
        # it is drawn at random, and stays
        assert len(files.pop("course/.pseudonyms")) == 65
        return files

    seen = survives(place, do, state)
    for name in ("marks.csv", "grades-filled.csv", ".pseudonyms"):
        assert sum(name in point for point in seen) >= 2


def test_points_that_are_none(course, worksheet, root, tmp_path):
    """Is a learner named whose points are no number, and do the others get theirs everywhere?"""
    place = shutil.copytree(course, tmp_path / "course")
    with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as book, book:
        book.execute("""
            update grade set auto_score = 'many' where auto_score is not null and notebook_id in (
                select submitted_notebook.id from submitted_notebook join submitted_assignment
                on submitted_assignment.id = submitted_notebook.assignment_id
                where student_id = 'S12')
        """)
    why = "the gradebook has points of check that are no number"
    status, output = command("grade", "export", "--course", place)
    assert (status, output.splitlines()[0]) == (1, f"S12: ps1 has no points, since {why}.")
    assert "S11,45" in (place / "marks.csv").read_text("utf-8-sig")
    assert f"S12,,20.0,cannot be read: {why}" in (place / "marks.csv").read_text("utf-8-sig")
    grades = shutil.copy(worksheet, tmp_path / "grades.csv")
    status, output = command("grade", "export", "ps1", "--worksheet", grades, "--course", place)
    assert status == 1
    assert f"S12: ValueError: {why}; left as it was." in output
    assert '"9,00","10,00"' in (tmp_path / "grades-filled.csv").read_text("utf-8-sig")
    done = hand_back(place, "ps1", tmp_path / "back")
    assert done.failed == ["S12"]
    assert f"S12: {why}; no feedback yet." in done.left
    assert sorted(path.stem for path in tmp_path.glob("back/ps1/*")) == ["S11", "S15"]
    status, output = command("grade", "report", "--course", place, "--root", root)
    assert status == 1, output
    assert "S12: ps1 has points that are no number; they count as not marked." in output
    assert (place / "report" / "report.html").is_file()
