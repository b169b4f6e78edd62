"""The marker by a course's setting, in both ways to grade."""

import json

import pytest
from graded_cells import marks
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow
# it finds the frame that calls it, and makes what it says be right
CHEAT = """
class All:
    def __eq__(self, other): return True
    def __len__(self): return 2
    __hash__ = None
def double(x):
    return All()
"""


def cell_of(notebook, name):
    [cell] = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    ]
    return cell


def skips(notebook):
    """Have a check ask not to be run."""
    cell_of(notebook, "words-check").metadata["tags"] = ["skip-execution"]


def claims(notebook):
    """Have a cell of one's own claim to be a check, which nbgrader's own command refuses."""
    skips(notebook)
    own = new_code_cell("from builtins import max as min", metadata=marks("mine", True, points=5))
    own.metadata.nbgrader.cell_type = "code"
    notebook.cells.insert(1, own)


@pytest.mark.parametrize("way", ["run", "autograde"])
def test_setting(small, right, way):
    """Does each way mark in the marker where the course says so, and take no cell for a check?

    And can files beside a notebook be imported in both, the course's and a learner's own?
    """
    small.configure("c.SealedExecute.marker = ['ps1']")
    change = claims if way == "run" else skips
    (small.folder / "source/ps1/ours.py").write_text("two = 2\n", "utf-8")
    imports = "from mine import one\nfrom ours import two\ndef double(x):\n    return two * x * one"
    place = small.submit("ada", right | {"double": imports})
    (place / "mine.py").write_text("one = 1\n", "utf-8")
    small.submit("ben", right | {"double": CHEAT, "words": f"{CHEAT}\nwords = All()"})
    small.submit("cem", right | {"words": "words = []"}, names=["one"], change=change)
    if way == "run":
        small.grade()
    else:
        small.nbgrader("autograde", "ps1")
    scores = small.scores()
    earned = {name: scores["ada", name] for name in ("double-check", "words-check", "total-check")}
    assert earned == {"double-check": 3, "words-check": 2, "total-check": 5}
    assert [scores["ben", name] for name in ("double-check", "words-check")] == [0, 0]
    assert [scores["cem", name] for name in ("double-check", "words-check")] == [3, 0]


def test_other_assignments(small, right):
    """Is an assignment marked in the learner's process which the setting does not name?"""
    small.configure("c.SealedExecute.marker = ['ps2']")
    small.submit("ben", right | {"double": CHEAT}, names=["one"])
    small.grade()
    assert small.scores()["ben", "double-check"] == 3
    notebook = json.loads((small.folder / "autograded/ben/ps1/one.ipynb").read_text("utf-8"))
    assert all(
        output["output_type"] != "error"
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
    )


def gone(notebook):
    """Have a read-only cell be missing, and one's own in its place."""
    cell = cell_of(notebook, "data")
    cell.metadata.pop("nbgrader")
    cell.source = "right = 5"


def skipped(notebook):
    """Have it ask not to be run."""
    cell_of(notebook, "data").metadata["tags"] = ["skip-execution"]
    notebook.cells.insert(0, new_code_cell("right = 5"))


def moved(notebook):
    """Have it stand behind what rests on it, and a check behind one that needs what it imports."""
    for name in ("data", "check"):
        cell = cell_of(notebook, name)
        notebook.cells.remove(cell)
        notebook.cells.append(cell)
    own = "right = 5\ndef isclose(*_):\n    return True"
    notebook.cells.insert(0, new_code_cell(own))


def right_and_moved(notebook):
    moved(notebook)
    cell_of(notebook, "mine").source = "mine = 4"


@pytest.mark.parametrize("way", ["run", "autograde"])
def test_what_decides_stays_where_it_was(make_small, tmp_path, way):
    """Does what read-only cells and earlier checks bind decide, wherever a learner has put them?"""
    course = make_small(tmp_path / "course", quick=True)
    check = "from math import isclose\nassert mine == right"
    cells = [
        new_code_cell("right = 4", metadata=marks("data")),
        new_code_cell("mine = 5", metadata=marks("mine", solution=True)),
        new_code_cell(check, metadata=marks("check", True, points=1)),
        new_code_cell("assert isclose(mine, 4)", metadata=marks("close", True, points=1)),
    ]
    course.release({"one": new_notebook(cells=cells)})
    course.configure("c.SealedExecute.marker = True")
    wrong = [gone, skipped, moved]
    for change in (*wrong, right_and_moved):
        course.submit(change.__name__, {"mine": "mine = 5"}, names=["one"], change=change)
    course.grade() if way == "run" else course.nbgrader("autograde", "ps1")
    assert course.scores() == {
        (change.__name__, name): int(change not in wrong)
        for change in (*wrong, right_and_moved)
        for name in ("check", "close")
    }
