"""Marks and feedback of a course with nbgrader's stock configuration, graded by us."""

import csv
import io
import re
import zipfile

import pytest

from nbseal.giveback.feedback_zips import hand_back
from nbseal.gradebook.opening import gradebook
from nbseal.moodle.worksheet import Worksheet

pytestmark = pytest.mark.slow

# it passes the test that is shown, and fails the hidden one
WRONG = {"double": "def double(x):\n    return 4"}
TWO_LINES = "new\nline"
OWN = """
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbseal.plugins.ordinary import OneLinePages

class Stamp(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        nb.cells[0].source += " stamped"
        return nb, resources

c.CourseDirectory.feedback_directory = "fb"
c.GenerateFeedback.preprocessors = [GetGrades, Stamp, CSSHTMLHeaderPreprocessor]
c.GenerateFeedback.exporter_class = OneLinePages
"""


@pytest.fixture(scope="module")
def graded(released, make_small, right, tmp_path_factory):
    """Return a course in which two of five learners are marked to the end."""
    course = make_small(tmp_path_factory.mktemp("any") / "course", like=released)
    course.nbgrader("db", "student", "add", "fay")
    course.submit("ada", right | WRONG)
    course.submit(TWO_LINES, right)
    course.submit("zoe", right)
    for path in course.submit("eve", right).glob("*.ipynb"):
        path.write_text("no notebook", "utf-8")
    course.grade()
    mark(course.folder, ("ada", TWO_LINES), waits=False)
    return course


def mark(course, learners, *, waits):
    with gradebook(course) as book:
        for learner in learners:
            grade = book.find_grade("essay", "one", "ps1", learner)
            grade.manual_score, grade.needs_manual_grade = 4, waits
        book.db.commit()


@pytest.fixture
def course(graded, make_small, tmp_path):
    """Return a copy of that course, to be changed."""
    return make_small(tmp_path / "course", like=graded)


def pages(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("own", ["", OWN], ids=["stock", "own"])
def test_feedback(course, own):
    """Is no hidden test in the feedback, whatever the course configures, and nobody left out?"""
    course.configure(own)
    # of an earlier day, when more was marked
    stale = [course.folder / "feedback-zips" / name for name in ("ps1/zoe.zip", "ps1-moodle.zip")]
    stale[0].parent.mkdir(parents=True)
    for path in stale:
        path.write_bytes(b"")
    done = course.fourps("feedback", "ps1")
    assert not [path for path in stale if path.exists()]
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == ["zoe: to be marked by hand: essay; no feedback yet."]
    assert "new?line.zip" in done.stdout
    for learner in ("ada", TWO_LINES):
        shown = pages(course.folder / "feedback-zips" / "ps1" / f"{learner}.zip")
        assert sorted(shown) == ["ps1/feedback.html", "ps1/one.html", "ps1/two.html"]
        first = shown.pop("ps1/feedback.html")
        assert f"Points: {11 if learner == 'ada' else 14} of 14" in first
        assert "HIDDEN TESTS" not in first
        assert re.search(r"double\(5\)|== 10", first) is None
        assert "(Score: 4.0 / 4.0)" in shown["ps1/one.html"]
        assert all(("stamped" in page) == bool(own) for page in shown.values())
        # letters and digits alone, since colours stand between them
        text = re.sub(r"<[^>]*>|\W", "", shown["ps1/one.html"])
        assert "assertdouble24" in text
        assert "double510" not in text
        assert "HIDDENTESTS" not in text
        stopped = "The check stopped with AssertionError." in shown["ps1/one.html"]
        assert stopped == (learner == "ada")
    assert (course.folder / "fb").exists() == bool(own)


def test_nobody_is_marked(course, tmp_path):
    """Are no pages made, nor a zip for Moodle, where there is nobody to give them to?"""
    mark(course.folder, ("ada", TWO_LINES), waits=True)
    sheet = tmp_path / "grades.csv"
    sheet.write_text("Identifier,Full name,ID number\nParticipant 1,Ada,ada\n", "utf-8")
    done = hand_back(course.folder, "ps1", tmp_path / "out", Worksheet(sheet).people)
    assert done.written == []
    assert len(done.left) == 3
    assert not (tmp_path / "out").exists()
    assert not (course.folder / "feedback").exists()


def test_marks(course):
    """Is there a line for each learner, graded or not, which says what became of the hand-in?"""
    done = course.fourps("export")
    assert done.stdout == f"{course.folder}/marks.csv: 5 learners.\n"
    text = (course.folder / "marks.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["learner", "ps1", "ps1 of", "ps1 state"],
        ["ada", "11.0", "14.0", "marked"],
        ["eve", "", "", "failed"],
        ["fay", "", "", "missing"],
        [TWO_LINES, "14.0", "14.0", "marked"],
        ["zoe", "", "14.0", "to mark: 1"],
    ]


@pytest.mark.parametrize("words", [("export",), ("export", "--worksheet"), ("feedback",)])
def test_unknown_assignments(course, words):
    """Is an assignment that was not released refused, and what is there named and kept?"""
    kept = course.folder / "marks.csv"
    kept.write_text("kept", "utf-8")
    sheet = course.folder / "grades.csv"
    sheet.write_text("Identifier,Full name,Grade\n", "utf-8")
    done = course.fourps(words[0], "nope", *words[1:], *[sheet] * len(words[1:]))
    assert done.returncode == 1
    assert done.stderr == "nope was not released. In the gradebook are: ps1.\n"
    assert kept.read_text("utf-8") == "kept"
    assert not (course.folder / "grades-filled.csv").exists()
