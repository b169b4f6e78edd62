"""Names and paths as they are on Windows: with backslashes where nbgrader makes patterns of them."""

from __future__ import annotations

import ntpath
import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbgrader.utils
import pytest
from nbgrader import coursedir

from fourps.grading import release_exercises
from nbseal.base.file_names import is_portable

ROOT = Path(__file__).parents[2]
HERE = r"C:\Users\Zoë\four ps\autograder"


def test_this_course():
    """Can the course itself be unpacked everywhere, with no two names alike but for capitals?"""
    folders = ("autograder", "book", "docs", "exercises", "locale", "modules", "packages", "src")
    places = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    assert len(places) > 500
    assert [path for path in places if not is_portable(path.name)] == []
    assert len({str(path).casefold() for path in places}) == len(places)
    # below a folder of a name that is usual, where 260 letters are all there is
    assert max(len(str(path.relative_to(ROOT))) for path in places) < 160


@pytest.fixture
def windows(monkeypatch):
    """Return nbgrader's description of a course's folders, as it makes it on Windows."""
    backslashed = SimpleNamespace(path=ntpath, sep="\\", getcwd=os.getcwd)
    monkeypatch.setattr(coursedir, "os", backslashed)
    monkeypatch.setattr(nbgrader.utils, "os", backslashed)
    return coursedir.CourseDirectory(
        root=HERE, directory_structure=r"{nbgrader_step}\{student_id}\{assignment_id}"
    )


def finds(course, step):
    """Say whether nbgrader finds an assignment again by the pattern that it makes."""
    names = ("(?P<student_id>.*)", "(?P<assignment_id>.*)")
    found = re.fullmatch(
        course.format_path(step, *names, escape=True), course.format_path(step, ".", "protection")
    )
    return bool(found) and found["assignment_id"] == "protection"


def test_release(windows, tmp_path, monkeypatch):
    """Does nbgrader find what a release has it read and write?"""
    asked = []

    def refuse(_, *words):
        asked.extend(words)
        raise release_exercises.NbgraderError

    shutil.copy(ROOT / "autograder" / "nbgrader_config.py", tmp_path)
    monkeypatch.setattr(release_exercises, "settings", lambda course: SimpleNamespace(root=course))
    monkeypatch.setattr(release_exercises, "nbgrader", refuse)
    with pytest.raises(release_exercises.NbgraderError):
        release_exercises.release(ROOT, tmp_path, ["protection"])
    steps = [word.partition("=")[2] for word in asked if "_directory=" in word]
    assert len(steps) == 2
    for step in steps:
        assert finds(windows, step), step


def test_whole_paths(windows):
    """Would it not be found by a whole path, so that the test above says something?"""
    with pytest.raises(re.error):
        finds(windows, rf"{HERE}\.release.unfinished\source")


@pytest.mark.parametrize("step", ["submitted", "autograded", "feedback"])
def test_steps(windows, step):
    """Does nbgrader find what lies in its own folders?"""
    assert finds(windows, step)
