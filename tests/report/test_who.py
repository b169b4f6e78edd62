import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import fourps
from moodle_files import row, sheet

from fourps.report.pseudonyms import pseudonyms, who
from nbseal.moodle.learners import key, pseudonym

PROGRAM = Path(sys.executable).with_name("fourps")
PEOPLE = [
    row(11, "Ada Lovelace", "", "ada@example.org"),
    row(12, "Ben Ali", "b-77", "ben@example.org"),
    row(13, "Ben Ali", "", "other@example.org"),
]


@pytest.fixture
def made(course, tmp_path):
    """Return a course with two learners out of Moodle, and Moodle's worksheet."""
    ada = pseudonym(key(tmp_path), "ada@example.org")
    made = course({"one": [("a", 1.0)]}, {ada: {"one": [1.0]}, "b-77": {}})
    (tmp_path / ".pseudonyms").rename(made.folder / ".pseudonyms")
    made.ada = ada
    made.sheet = sheet(tmp_path / "grades.csv", *PEOPLE)
    return made


def test_both_ways(made):
    """Does each name of a person lead to all the others?"""
    names = pseudonyms(made.folder, [made.ada])
    for asked in (made.ada, names[made.ada], "ada lovelace", "ADA@example.org", "p11"):
        [found] = who(made.folder, asked, [made.sheet])
        assert (found.learner, found.pseudonym) == (made.ada, names[made.ada])
        assert (found.name, found.email) == ("Ada Lovelace", "ada@example.org")


def test_without_a_worksheet(made):
    """Is the learner named whom a report means, though nobody here has the name?"""
    names = pseudonyms(made.folder, [made.ada])
    [found] = who(made.folder, names[made.ada])
    assert (found.learner, found.name) == (made.ada, "")
    assert who(made.folder, "Ada Lovelace") == []


def test_shared_names(made):
    """Are all listed who share a name, the one who handed in nothing too?"""
    found = who(made.folder, "Ben Ali", [made.sheet])
    assert [one.email for one in found] == ["ben@example.org", "other@example.org"]


def test_nothing_is_drawn(made):
    """Does asking leave the list of pseudonyms as it is?"""
    assert [one.pseudonym for one in who(made.folder, "b-77")] == [""]
    assert not (made.folder / "pseudonyms.csv").exists()


@pytest.mark.slow
def test_command(made):
    """Does the command say that it identifies a person, and that nobody is called so?"""
    words = ("--course", made.folder)
    done = fourps("grade", "who", made.ada, "--worksheet", made.sheet, *words)
    assert done.returncode == 0
    assert f"learner {made.ada}" in done.stdout
    assert "name: Ada Lovelace" in done.stdout
    assert "in reports: in none yet" in done.stdout
    assert "This identifies a person" in done.stderr
    done = fourps("grade", "who", "m-39n2b8np3h", *words)
    assert done.returncode == 1
    assert "--worksheet" in done.stderr


@pytest.mark.slow
def test_names_of_any_kind(made):
    """Has each fact a line, can no name make one, and is a name printed where the output lacks its letters?"""
    sheet(made.sheet, *PEOPLE, row(14, "Иван\nlearner p-00000", "", "ivan@example.org"))
    words = ["grade", "who", "ivan@example.org", "--course", made.folder, "--worksheet", made.sheet]
    plain = os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "cp1252"}
    # a program of its own, which asks how its output is written
    done = subprocess.run([PROGRAM, *words], capture_output=True, env=plain, check=True)
    first, *rest = done.stdout.decode("cp1252").splitlines()
    assert first.startswith("learner m-")
    assert rest == [
        "  in reports: in none yet",
        "  name: ?????learner p-00000",
        "  e-mail: ivan@example.org",
        "  also: p14",
    ]
