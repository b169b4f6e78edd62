"""Feedback for each learner, whatever it is that stops another one's."""

import zipfile

import pytest
from typer.testing import CliRunner

from fourps.cli import app
from fourps.grading import handback
from fourps.grading.handback import hand_back

STOPS = """
import os
import time
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import GetGrades


class Stops(GetGrades):
    def preprocess(self, notebook, resources):
        learner = resources["nbgrader"]["student"]
        if learner == "ben":
            time.sleep(600)
        if learner == "cem":
            raise IndexError("no such thing")
        if learner == "dov":
            os.kill(os.getpid(), 9)
        return super().preprocess(notebook, resources)


c.GenerateFeedback.preprocessors = [Stops, CSSHTMLHeaderPreprocessor]
"""
LEARNERS = ("ada", "ben", "cem", "dov", "eve")


@pytest.fixture
def marked(small, right):
    """Return a course in which all is marked."""
    small.quicken()
    for learner in LEARNERS:
        small.submit(learner, right, names=["one"])
    small.grade()
    small.sql("update grade set manual_score = 3, needs_manual_grade = 0")
    return small


@pytest.mark.slow
def test_one_by_one(marked, monkeypatch):
    """Is each named whose page takes too long, breaks or ends its process, while the others get theirs?"""
    course = marked.folder
    assert hand_back(course, "ps1", course / "feedback-zips").failed == []
    assert len([*course.glob("feedback-zips/ps1/*.zip")]) == len(LEARNERS)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(STOPS)
    # long enough for the others on a machine that does much else
    monkeypatch.setattr(handback, "SECONDS", 20.0)
    done = CliRunner().invoke(app, ["grade", "feedback", "ps1", "--course", str(course)])
    assert done.exit_code == 1
    assert done.stdout.count(".zip") == 2
    assert done.stderr.splitlines() == [
        "ben: its page could not be made (it took longer than 20 s); no feedback yet.",
        "cem: its page could not be made (IndexError: no such thing); no feedback yet.",
        "dov: its page could not be made (its process ended before it was done); no feedback yet.",
        "No feedback could be made for 3; the others have theirs.",
    ]
    assert sorted(path.name for path in course.glob("feedback/*/ps1")) == ["ps1"] * 2
    # what was given before would say what was true then
    here = sorted(path.stem for path in course.glob("feedback-zips/ps1/*.zip"))
    assert here == ["ada", "eve"]
    with zipfile.ZipFile(course / "feedback-zips" / "ps1" / "eve.zip") as packed:
        assert b"double" in packed.read("ps1/one.html")
