"""Submissions that are made to disturb the gradebook or the others, on both ways of grading.

They are handed in through ``fourps grade collect`` where it lets them in, and lie in ``submitted``
where it does not. Two copies of the course are graded: by stock ``nbgrader autograde`` with the
course's own configuration, and by ``fourps grade run``.
"""

import copy
import json
import os

import nbformat
import pytest
from graded_cells import KERNEL, answer, check
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow
WORD = "word-that-nobody-may-read"
FULL = (3, 2)
RIGHT = {"double": "def double(x):\n    return 2 * x", "seven": "seven = 7"}
WRONG = RIGHT | {"double": "def double(x):\n    return x"}
EQUAL = "class Equal:\n    __hash__ = None\n    def __eq__(self, other):\n        return True\nseven = Equal()"


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id == name)


def edit_test(notebook):
    cell(notebook, "double-check").source = "pass"


def delete_test(notebook):
    notebook.cells.remove(cell(notebook, "double-check"))


def double_name(notebook):
    second = copy.deepcopy(cell(notebook, "double-check"))
    second.update(source="pass", id="another")
    notebook.cells.append(second)


def unlock(notebook):
    marks = cell(notebook, "double-check").metadata.nbgrader
    marks.update(locked=False, solution=True)
    edit_test(notebook)


def says(name, **about):
    """Return what changes the metadata of a cell."""
    return lambda notebook: cell(notebook, name).metadata.nbgrader.update(about)


def copy_check(notebook):
    """Copy a check to where the answer is another."""
    copied = copy.deepcopy(cell(notebook, "seven-check"))
    notebook.cells += [new_code_cell("seven = 8"), nbformat.from_dict(copied | {"id": "another"})]


def turn(name, kind):
    """Return what makes a cell into text, as an editor does."""

    def change(notebook):
        target = cell(notebook, name)
        target.cell_type = kind
        del target["outputs"], target["execution_count"]

    return change


def older_format(notebook):
    notebook.nbformat_minor = 4


def long_source(notebook):
    cell(notebook, "seven").source += "\n# " + "x" * 3_000_000


# what `collect` takes: answers, change, and points of the two checks
TAKEN = {
    "ada": (RIGHT, None, FULL),
    "zoe": (RIGHT, None, FULL),
    "edited": (WRONG, edit_test, (0, 2)),
    "deleted": (WRONG, delete_test, (0, 2)),
    "points": (RIGHT, says("seven-check", points=300), FULL),
    "twice": (WRONG, double_name, (0, 2)),
    "unlocked": (WRONG, unlock, (0, 2)),
    "old-marks": (RIGHT, says("double-check", schema_version=1), FULL),
    "new-marks": (RIGHT, says("double-check", schema_version=99), FULL),
    "long": (RIGHT, long_source, FULL),
    "copied-check": (RIGHT, copy_check, FULL),
    "text-answer": (RIGHT, turn("double", "markdown"), FULL),
    "text-check": (RIGHT, turn("seven-check", "raw"), FULL),
    "older-format": (RIGHT, older_format, FULL),
    "equal": (RIGHT | {"seven": EQUAL}, None, (3, 0)),
}


def changed(**parts):
    return lambda text: json.dumps(json.loads(text) | parts)


def large(text):
    notebook = json.loads(text)
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 21_000_000}
    notebook["cells"][0]["outputs"] = [output]
    return json.dumps(notebook)


# what `collect` refuses: how the file is changed, and points by nbgrader and by `run`
REFUSED = {
    "no-json": (lambda text: text[:-9], None, None),
    "no-notebook": (changed(cells=3), None, None),
    "list": (lambda _: "[]", None, None),
    "format-99": (changed(nbformat=99), None, None),
    "large": (large, FULL, None),
    "surrogates": (lambda text: text.replace("= 7", r"= 7 # \ud800"), None, FULL),
    "deep": (lambda _: "[" * 200_000, None, None),
}


# what lies in the folder without `collect`; it would end nbgrader's own run for everybody
PLACED = {
    "placed-copy": copy_check,
    "placed-answer": turn("double", "markdown"),
    "placed-check": turn("seven-check", "raw"),
    "placed-older": older_format,
}


class Both:
    """One course, graded twice."""

    def __init__(self, folder, make, config):
        self.secret = folder / "secret"
        self.secret.write_text(WORD)
        self.stock, self.ours = (make(folder / name, config=config) for name in ("stock", "ours"))
        self.stock.release({"tiny": tiny()})
        self.ours.copy(self.stock)
        self.text = self._answered(RIGHT)
        inbox = folder / "inbox"
        for name, (answers, change, _) in TAKEN.items():
            write(inbox / name, self._answered(answers, change))
        for name, (change, *_) in REFUSED.items():
            write(inbox / name, change(self.text))
        self.collected = {}
        for course in (self.stock, self.ours):
            self.collected[course] = course.fourps("collect", inbox, "--assignment", "ps1")
            self._place(course)
        self.stock_said = self.stock.nbgrader("autograde", "ps1", check=False).stderr
        self.ours_said = self.ours.run().stdout

    def _answered(self, answers, change=None):
        notebook = nbformat.read(self.stock.folder / "release" / "ps1" / "tiny.ipynb", as_version=4)
        for name, source in answers.items():
            cell(notebook, name).source = source
        if change:
            change(notebook)
        return json.dumps(notebook)

    def _place(self, course):
        """Put into the course's folder what cannot come by `collect`."""
        handed_in = course.folder / "submitted"
        for name, (change, *_) in REFUSED.items():
            assert not (handed_in / name).exists()
            write(handed_in / name / "ps1", change(self.text))
        write(handed_in / """o'ne "two" $(three)""" / "ps1", self.text)
        (handed_in / "link" / "ps1").mkdir(parents=True)
        (handed_in / "link" / "ps1" / "tiny.ipynb").symlink_to(handed_in / "zoe/ps1/tiny.ipynb")
        (handed_in / "pipe" / "ps1").mkdir(parents=True)
        os.mkfifo(handed_in / "pipe" / "ps1" / "tiny.ipynb")
        for name in ("linked-beside", "piped-beside", "like-the-course"):
            write(handed_in / name / "ps1", self.text)
        (handed_in / "linked-beside" / "ps1" / "data.txt").symlink_to(self.secret)
        (handed_in / "linked-beside" / "ps1" / "data").symlink_to(self.secret.parent)
        os.mkfifo(handed_in / "piped-beside" / "ps1" / "data.txt")
        for name, change in PLACED.items() if course is self.ours else ():
            write(handed_in / name / "ps1", self._answered(RIGHT, change))
        own = handed_in / "like-the-course" / "ps1"
        (own / "gradebook.db").write_text("theirs")
        (own / "nbgrader_config.py").write_text(f"open({str(own / 'ran')!r}, 'w')")


def write(folder, text):
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_text(text, "utf-8")


def tiny():
    same = "from fourps.exercise import same\n\nassert"
    cells = [
        answer("double", "def double(x):\n    return 2 * x"),
        check(
            "double-check", f"{same} same(double(2), 4)", "assert same(double(-3), -6)", points=3
        ),
        answer("seven", "seven = 7"),
        check("seven-check", f"{same} seven", "assert same(seven, 7)", points=2),
    ]
    return new_notebook(metadata=KERNEL, cells=cells)


@pytest.fixture(scope="module")
def both(tmp_path_factory, root, make_small):
    config = (root / "autograder" / "nbgrader_config.py").read_text("utf-8")
    return Both(tmp_path_factory.mktemp("odd"), make_small, config)


def points(scores, learner):
    return tuple(scores.get((learner, name)) for name in ("double-check", "seven-check"))


def test_what_is_collected(both):
    """Is each file that cannot be used named, with its learner's folder, and is the rest taken?"""
    for course, done in both.collected.items():
        text = done.stdout + done.stderr
        for name in REFUSED:
            assert f"{name}/tiny.ipynb" in text, text
        assert "deleted: cells were deleted and are put back as released: double-check." in text
        for name in (
            "twice: cells are there more than once: double-check (2 times; the first one",
            "text-answer: cells had become text, or code, and are again what was released: double.",
        ):
            assert name in text
        taken = {folder.name for folder in (course.folder / "submitted").iterdir()}
        assert set(TAKEN) <= taken


def test_marks(both):
    """Does everybody get what they earned, by nbgrader and by us, and does the run end?"""
    stock, ours = both.stock.scores(), both.ours.scores()
    expected = {name: (earned, earned) for name, (*_, earned) in TAKEN.items()}
    expected |= {name: earned for name, (_, *earned) in REFUSED.items()}
    expected |= dict.fromkeys(PLACED, (None, FULL))
    expected |= {
        """o'ne "two" $(three)""": (FULL, FULL),
        "like-the-course": (FULL, FULL),
        "linked-beside": (FULL, None),
        "piped-beside": (FULL, None),
        "link": (None, None),
        "pipe": (None, None),
    }
    none = {(None, None), (0, 0)}
    marks = {name: (points(stock, name), points(ours, name)) for name in expected}
    wrong = {
        name: (marks[name], wanted)
        for name, wanted in expected.items()
        if not all(
            got in none if want is None else got == want
            for got, want in zip(marks[name], wanted, strict=True)
        )
    }
    assert wrong == {}, both.stock_said[-3000:] + both.ours_said
    for course in (both.stock, both.ours):
        assert sorted(course.sql("select max_score from grade_cells")) == [(2,), (3,)]


def test_offenders_are_named(both):
    """Is each submission named that could not be graded, and what was put back or removed?"""
    folder = both.stock.folder / "submitted"
    for name in ("no-json", "no-notebook", "list", "format-99", "surrogates", "deep"):
        assert f"assignment 'ps1' for student '{name}'" in both.stock_said
    for name in ("link/ps1/tiny.ipynb", "pipe/ps1/tiny.ipynb", "linked-beside/ps1/data"):
        assert f"{folder / name} was a link or no ordinary file" in both.stock_said
    for name in ("no-json", "no-notebook", "list", "format-99", "large", "deep"):
        assert f"{name}: failed." in both.ours_said
    for name in ("link", "linked-beside", "piped-beside"):
        [line] = [text for text in both.ours_said.splitlines() if f" {name}: failed. " in text]
        assert "is a link or no ordinary file: delete it" in line
    assert "pipe: missing. There is no notebook in" in both.ours_said
    for message in (
        "placed-copy: Cells are there more than once: seven-check (2 times; the first one counts).",
        "placed-answer: Cells had become text, or code, and are again what was released: double.",
    ):
        assert message in both.ours_said
    for name in ("edited", "unlocked"):
        assert f"{name}: Tests were changed and are put back: double-check." in both.ours_said


def test_nothing_outside(both):
    """Is nothing outside read into the course or written, and is the configuration never theirs?"""
    assert both.secret.read_text() == WORD
    for course in (both.stock, both.ours):
        assert not list(course.folder.rglob("ran"))
        graded = [path for path in (course.folder / "autograded").rglob("*") if path.is_file()]
        assert len(graded) > len(TAKEN)
        assert not [path for path in graded if WORD.encode() in path.read_bytes()]
        assert not [path for path in graded if path.is_symlink()]


def test_a_name_of_two_lines(both):
    """Is a folder with a line break in its name left out by name, and does nbgrader do the rest?"""
    for course in (both.stock, both.ours):
        write(course.folder / "submitted" / "new\nline" / "ps1", both.text)
    write(both.stock.folder / "submitted" / "newcomer" / "ps1", both.text)
    named = r"submitted/new\nline/ps1' is left out"
    text = both.stock.nbgrader("autograde", "ps1", check=False).stderr
    assert named in text
    assert points(both.stock.scores(), "newcomer") == FULL
    # we grade it, and then it lies where nbgrader makes the feedback
    both.ours.run()
    assert points(both.ours.scores(), "new\nline") == FULL
    done = both.ours.nbgrader("generate_feedback", "ps1")
    assert named.replace("submitted", "autograded") in done.stderr
    assert (both.ours.folder / "feedback" / "zoe" / "ps1" / "tiny.html").exists()
