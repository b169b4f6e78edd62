"""The way of plain hand-ins from a release to marks, on any system.

On Linux it runs as if on Windows (`elsewhere`); the contributors' workflow runs it on Windows and macOS.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import zipfile
from importlib.metadata import version
from pathlib import Path

import elsewhere
import nbformat
import pytest

from fourps.handin.answers_file import Answers, write_answers
from nbseal.base.cells import grade_id

ROOT = Path(__file__).parents[2]
ANSWERS = {
    "task-2": 'task_2 = """a, c, e"""',
    "task-11": "*No real person, not your own story.*\n\nI would call Ilden. « Zoë » → Наталья",
}
# as a zip from another system has them: a device of Windows, other letters, capitals alone
PEOPLE = ("ada", "Con", "Наталья", "ADA")


def written(learner):
    """Return a file of answers, as a page of an exercise makes it."""
    answers = {
        "task-2": "a, c, e",
        "task-11": ANSWERS["task-11"],
    }
    return write_answers(
        Answers(
            exercise="protection",
            release=version("fourps"),
            language="en",
            learner=learner,
            written="2026-11-30T10:00Z",
            answers=answers,
        )
    )


class Round:
    """A course in a folder of its own, and commands in it."""

    def __init__(self, folder):
        self.folder = folder
        self.autograder = folder / "autograder"

    def __call__(self, *words, status=0):
        """Run a command that ends with a status, or None for any; return what it said."""
        done = elsewhere.fourps("grade", *words, folder=self.folder)
        said = done.stdout + done.stderr
        assert status in {None, done.returncode}, said
        assert "Traceback" not in said
        return said

    def sql(self, query):
        database = sqlite3.connect(self.autograder / "gradebook.db")
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def change(self, statement):
        database = sqlite3.connect(self.autograder / "gradebook.db")
        with database:
            database.execute(statement)
        database.close()

    def marks(self):
        """Return the lines of the table of marks."""
        self("export")
        with (self.autograder / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course in which one exercise was released, by our own command."""
    folder = tmp_path_factory.mktemp("plain way é")
    for name in ("modules", "exercises", "book"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "autograder").mkdir()
    shutil.copy(ROOT / "autograder" / "nbgrader_config.py", folder / "autograder")
    shutil.copy(ROOT / "_toc.yml", folder)
    made = Round(folder)
    said = made("release", "protection", "--due", "2026-12-01 17:00", "--zone", "Europe/Paris")
    assert "protection: 100 points." in said
    return made


@pytest.fixture(scope="module")
def collected(course):
    """Return the course with what five people have handed in, in one zip."""
    released = course.autograder / "release" / "protection" / "exercise.ipynb"
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        cell.source = ANSWERS.get(grade_id(cell), cell.source)
    with zipfile.ZipFile(course.folder / "handed-in.zip", "w") as archive:
        for name in PEOPLE:
            archive.writestr(f"{name}/exercise.ipynb", nbformat.writes(notebook))
        archive.writestr("protection-eve.txt", written("eve"))
    course.said = course("collect", "handed-in.zip", status=1)
    return course


def test_release(course):
    """Is there what learners and nbgrader need, without what a run that was killed would leave?"""
    assert (course.folder / "modules" / "protection" / "exercise.md").is_file()
    assert not [*course.autograder.glob(".*.unfinished*")]
    assert course.sql("select name from assignment") == [("protection",)]


def test_collect(collected):
    """Does everybody get a folder that every system takes, and nobody that of somebody else?"""
    folders = sorted(path.name for path in (collected.autograder / "submitted").iterdir())
    assert folders == ["ADA", "Natalya", "eve", "id-Con"]
    assert "its name gives the id 'ada', which 'ADA' has. Left out" in collected.said
    kept = collected.autograder / "submitted" / "Natalya" / "protection" / "exercise.ipynb"
    assert ANSWERS["task-11"] in [cell.source for cell in nbformat.read(kept, 4).cells]


def test_extend(collected):
    """Is somebody given more time, whom the gradebook does not know yet?"""
    assert "protection until 2026-12-03 16:00:00 UTC." in collected(
        "extend", "Natalya", "protection", "--days", "2"
    )


@pytest.fixture(scope="module")
def marked(collected):
    """Return the course once all that is plain is marked, by us and then by a person."""
    # and one whose code would have to be run, which only Linux can seal
    folder = shutil.copytree(
        collected.autograder / "submitted" / "ADA", collected.autograder / "submitted" / "dan"
    )
    path = folder / "protection" / "exercise.ipynb"
    text = path.read_text("utf-8")
    assert "task_1 =" in text
    path.write_text(text.replace("task_1 =", "print(1)\\ntask_1 =", 1), "utf-8")
    collected.ran = elsewhere.fourps("grade", "run", folder=collected.folder)
    collected.change(
        "update grade set manual_score = 1, needs_manual_grade = 0 where needs_manual_grade"
    )
    return collected


def test_run(marked):
    """Is marked what is plain, and said of the rest what it needs?"""
    said = marked.ran.stdout + marked.ran.stderr
    assert "Traceback" not in said
    assert marked.ran.returncode == 1
    assert "protection: 4 graded, 1 failed." in said
    [line] = [line for line in said.splitlines() if line.startswith("  dan: ")]
    assert "run only where it can be sealed" in line
    points = {line["learner"]: line["protection"] for line in marked.marks()}
    assert len({points[name] for name in ("ADA", "Natalya", "eve", "id-Con")}) == 1, points
    assert points["ADA"] != points["dan"]


def test_feedback(marked):
    """Do all whose work is marked get their feedback, and does nobody else?"""
    marked("feedback", "protection", status=None)
    zips = sorted(marked.autograder.glob("feedback-zips/protection/*.zip"))
    assert [path.name for path in zips] == ["ADA.zip", "Natalya.zip", "eve.zip", "id-Con.zip"]


def test_again(marked):
    """Does a run that grades all again give the same marks, over files that are marked read-only?"""
    before = marked.marks()
    done = elsewhere.fourps("grade", "run", "--force", folder=marked.folder)
    assert "protection: 4 graded, 1 failed." in done.stdout, done.stdout + done.stderr
    assert marked.marks() == before


def test_export(marked):
    """Is a table of marks written, with everybody who handed in?"""
    assert {line["learner"] for line in marked.marks()} == {
        "ADA",
        "Natalya",
        "dan",
        "eve",
        "id-Con",
    }


def test_a_report(marked):
    """Is there a page about where people are, and is each one found by the pseudonym in it?"""
    assert "5 learners" in marked("report")
    assert (marked.autograder / "report" / "report.html").is_file()
    assert "in reports: p-" in marked("who", "Natalya")


def test_a_key(marked):
    """Is there a key to sign certificates with?"""
    assert "Fingerprint: " in marked("key")
    assert len([*(marked.autograder / "keys").iterdir()]) == 3


def test_remove(marked):
    """Is nothing left of somebody, and all of the others?"""
    said = marked("remove", "id-Con", "--yes")
    assert "Removed." in said
    assert not [*marked.autograder.rglob("*id-Con*")]
    assert (marked.autograder / "submitted" / "Natalya").is_dir()
