"""Feedback for each learner, whatever it is that stops another one's."""

import contextlib
import io
import json
import shutil
import zipfile

import pytest
from conditions import in_closed, on_a_little_disk
from killing import command, content, launched, survives
from typer.testing import CliRunner

from fourps.cli import app
from nbseal.giveback import feedback_zips
from nbseal.giveback.feedback_pages import PagesApp
from nbseal.giveback.feedback_zips import hand_back
from nbseal.nbgrader_commands import NbgraderError

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
        if learner == "fay":
            kept = bytearray(2 << 30)
        return super().preprocess(notebook, resources)


c.GenerateFeedback.preprocessors = [Stops, CSSHTMLHeaderPreprocessor]
"""
LEARNERS = ("ada", "ben", "cem", "dov", "eve", "fay")


@pytest.fixture(scope="module")
def graded(released, make_small, right, tmp_path_factory):
    """Return a course in which all is marked, to be copied."""
    course = make_small(tmp_path_factory.mktemp("graded") / "course", like=released, quick=True)
    for learner in LEARNERS:
        course.submit(learner, right, names=["one"])
    course.grade()
    course.sql("update grade set manual_score = 3, needs_manual_grade = 0")
    return course


@pytest.fixture
def marked(graded, make_small, tmp_path):
    """Return a course in which all is marked."""
    (tmp_path / "place").mkdir()
    return make_small(tmp_path / "place" / "course", like=graded)


@pytest.mark.slow
def test_one_by_one(marked, monkeypatch):
    """Is each named whose page takes too long, breaks or ends its process, while the others get theirs?"""
    course = marked.folder
    assert hand_back(course, "ps1", course / "feedback-zips").failed == []
    assert len([*course.glob("feedback-zips/ps1/*.zip")]) == len(LEARNERS)
    marked.configure(STOPS)
    # long enough for the others on a machine that does much else
    monkeypatch.setattr(feedback_zips, "SECONDS", 20.0)
    done = CliRunner().invoke(app, ["grade", "feedback", "ps1", "--course", str(course)])
    assert done.exit_code == 1
    assert done.stdout.count(".zip") == 2
    assert done.stderr.splitlines() == [
        "ben: its page could not be made (it took longer than 20 s); no feedback yet.",
        "cem: its page could not be made (IndexError: no such thing); no feedback yet.",
        "dov: its page could not be made (its process ended before it was done); no feedback yet.",
        "fay: its page could not be made (it needs more than 1024 MB of memory); no feedback yet.",
        "No feedback could be made for 4; the others have theirs.",
    ]
    assert sorted(path.name for path in course.glob("feedback/*/ps1")) == ["ps1"] * 2
    # what was given before would say what was true then
    here = sorted(path.stem for path in course.glob("feedback-zips/ps1/*.zip"))
    assert here == ["ada", "eve"]
    with zipfile.ZipFile(course / "feedback-zips" / "ps1" / "eve.zip") as packed:
        assert b"double" in packed.read("ps1/one.html")


def pages_here(course, assignment, **_):
    """Have pages made in this process, as they are in one of their own."""
    lines = io.StringIO()
    quiet = contextlib.redirect_stderr(io.StringIO())
    with contextlib.chdir(course), contextlib.redirect_stdout(lines), quiet:
        try:
            launched(PagesApp, [assignment, "60"])
        except SystemExit as error:
            if error.code:
                raise NbgraderError(str(error.code)) from error
        finally:
            PagesApp.clear_instance()
    return dict(json.loads(line) for line in lines.getvalue().splitlines())


@pytest.mark.slow
def test_killed_or_full(marked, monkeypatch):
    """Wherever feedback is killed or has no room, does the next finish, and is nobody blamed?"""
    course = marked.folder
    for learner in LEARNERS[2:]:
        marked.sql("delete from submitted_assignment where student_id = ?", learner)
        shutil.rmtree(course / "autograded" / learner)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    (course / "feedback-zips" / "ps1").mkdir(parents=True)
    (course / "feedback-zips" / "ps1" / "ada.zip").write_bytes(b"of before")
    (course / "feedback-zips" / "mine.txt").write_text("mine", "utf-8")

    known = {}

    def ready(course, assignment, **_):
        """Have pages made, unless it is known what comes of those that are there."""
        left = content(course / "feedback")
        # of what a killed one leaves, all that is known is that it goes
        whole = [name for name in left if ".unfinished" not in name]
        key = (len(whole) == len(left), *whole)
        if key not in known:
            pages_here(course, assignment)
            known[key] = content(course / "feedback")
        shutil.rmtree(course / "feedback", ignore_errors=True)
        for name, data in known[key].items():
            if data is not None:
                (course / "feedback" / name).parent.mkdir(parents=True, exist_ok=True)
                (course / "feedback" / name).write_bytes(data)
        return {}

    def do(make=ready):
        monkeypatch.setattr(feedback_zips, "_make", make)
        return command("grade", "feedback", "ps1", "--course", course)

    def state():
        return {name: data for name, data in content(course).items() if ".db" not in name}

    def look(point):
        whole = next(iter(known.values()))
        for name, data in content(course / "feedback").items():
            if ".unfinished" not in name:
                assert data == whole[name], point
        for left in course.glob("feedback/*/.*"):
            assert left.stat().st_mode & 0o077 == 0, point
        # of half a page all that counts is that it is there, since the next run removes it
        here = content(course)
        kept = {name: data for name, data in here.items() if ".ps1.unf" not in name}
        return kept, len(kept) == len(here)

    seen = survives(marked.folder.parent, do, state, look, first=lambda: do(pages_here))
    for name in ("ada/.ps1.unf", "ben/.ps1.unf", "ada.zip", "ben.zip"):
        assert any(name in point for point in seen)


@pytest.mark.slow
def test_no_room_for_pages(marked, monkeypatch):
    """Is a disk that is full or closed told as what it is, with nobody blamed and no half page left?"""
    course, pages = marked.folder, marked.folder / "feedback"
    before = course / "feedback-zips" / "ps1" / "ada.zip"
    before.parent.mkdir(parents=True)
    before.write_bytes(b"of before")
    pages.mkdir()
    monkeypatch.setattr(feedback_zips, "_make", pages_here)

    def do():
        status, text = command("grade", "feedback", "ps1", "--course", course)
        sizes = {name: len(data or b"") for name, data in content(pages).items()}
        # what an ended process leaves is its owner's, as `test_killed_or_full` asks
        return status, text, {name: size for name, size in sizes.items() if ".unf" not in name}

    status, text, left = on_a_little_disk(pages, 50_000, do)
    assert (status, text.count("\n")) == (1, 1)
    assert "No space left on device. What is written is whole; mend that, then do it again." in text
    status, text, _ = in_closed(pages, do)
    assert (status, text.count("\n")) == (1, 1)
    assert f"Stopped. The folder {pages} cannot be written: Permission denied. Make it" in text
    assert before.read_bytes() == b"of before"
    status, _, whole = do()
    assert status == 0
    assert 0 < len(left) < len(whole)
    assert left.items() <= whole.items()
    assert len([*before.parent.iterdir()]) == len(LEARNERS)
