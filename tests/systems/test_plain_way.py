"""The way of plain hand-ins from a release to marks, on any system.

On Linux it runs as if on Windows (`elsewhere`); the contributors' workflow runs it on Windows and macOS.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import zipfile
from pathlib import Path

import elsewhere
import nbformat
import pytest

from nbseal.base.cells import grade_id

ROOT = Path(__file__).parents[2]
ANSWERS = {
    "task-2": 'task_2 = """\na, c, e\n"""\n',
    "task-11": "*No real person, not your own story.*\n\nI would call Ilden. « Zoë » → Наталья",
}
# as a zip from another system has them: a device of Windows, other letters, capitals alone
PEOPLE = ("ada", "Con", "Наталья", "ADA")


class Round:
    """A course in a folder of its own, and commands in it."""

    def __init__(self, folder):
        self.folder = folder
        self.autograder = folder / "autograder"

    def __call__(self, *words, status=0):
        """Run a command; return what it said."""
        done = elsewhere.fourps("grade", *words, folder=self.folder)
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert "Traceback" not in said
        return said

    def sql(self, query):
        database = sqlite3.connect(self.autograder / "gradebook.db")
        try:
            return database.execute(query).fetchall()
        finally:
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
    """Return the course with what four people have handed in, in one zip."""
    released = course.autograder / "release" / "protection" / "exercise.ipynb"
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        cell.source = ANSWERS.get(grade_id(cell), cell.source)
    with zipfile.ZipFile(course.folder / "handed-in.zip", "w") as archive:
        for name in PEOPLE:
            archive.writestr(f"{name}/exercise.ipynb", nbformat.writes(notebook))
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
    assert folders == ["ADA", "Natalya", "id-Con"]
    assert "its name gives the id 'ada', which 'ADA' has. Left out" in collected.said
    kept = collected.autograder / "submitted" / "Natalya" / "protection" / "exercise.ipynb"
    assert ANSWERS["task-11"] in [cell.source for cell in nbformat.read(kept, 4).cells]


def test_extend(collected):
    """Is somebody given more time, whom the gradebook does not know yet?"""
    assert "protection until 2026-12-03 16:00:00 UTC." in collected(
        "extend", "Natalya", "protection", "--days", "2"
    )


# here is the place of `grade run`, and after it of `feedback`: what they do of plain hand-ins is to hold on
# every system as well


def test_export(collected):
    """Is a table of marks written, with everybody who is in the gradebook?"""
    assert collected.marks() == []


def test_a_report(collected):
    """Is there a page about where people are, and is each one found by the pseudonym in it?"""
    assert "3 learners" in collected("report")
    assert (collected.autograder / "report" / "report.html").is_file()
    assert "in reports: p-" in collected("who", "Natalya")


def test_a_key(collected):
    """Is there a key to sign certificates with?"""
    assert "Fingerprint: " in collected("key")
    assert len([*(collected.autograder / "keys").iterdir()]) == 3


def test_remove(collected):
    """Is nothing left of somebody, and all of the others?"""
    said = collected("remove", "id-Con", "--yes")
    assert "Removed." in said
    assert not [*collected.autograder.rglob("*id-Con*")]
    assert (collected.autograder / "submitted" / "Natalya").is_dir()
