"""The marker by a course's setting, in both ways to grade."""

import json

import nbformat
import pytest

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


def setting(course, marker):
    course.quicken()
    with (course.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.SealedExecute.marker = {marker!r}\n")


def skips(notebook):
    """Have a check ask not to be run."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "words-check":
            cell.metadata["tags"] = ["skip-execution"]


def claims(notebook):
    """Have a cell of one's own claim to be a check, which nbgrader's own command refuses."""
    skips(notebook)
    about = {"grade": True, "solution": False, "locked": True, "points": 5, "grade_id": "mine"}
    own = nbformat.v4.new_code_cell(
        "from builtins import max as min",
        metadata={"nbgrader": about | {"schema_version": 3, "task": False, "cell_type": "code"}},
    )
    notebook.cells.insert(1, own)


@pytest.mark.parametrize("way", ["run", "autograde"])
def test_setting(small, right, way):
    """Does each way mark in the marker where the course says so, and take no cell for a check?

    And can files beside a notebook be imported in both, the course's and a learner's own?
    """
    setting(small, ["ps1"])
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
    assert [scores["ada", name] for name in ("double-check", "words-check", "total-check")] == [
        3,
        2,
        5,
    ]
    assert [scores["ben", name] for name in ("double-check", "words-check")] == [0, 0]
    assert [scores["cem", name] for name in ("double-check", "words-check")] == [3, 0]


def test_other_assignments(small, right):
    """Is an assignment marked in the learner's process which the setting does not name?"""
    setting(small, ["ps2"])
    small.submit("ben", right | {"double": CHEAT}, names=["one"])
    small.grade()
    assert small.scores()["ben", "double-check"] == 3
    made = json.loads((small.folder / "autograded/ben/ps1/one.ipynb").read_text("utf-8"))
    assert all(
        one["output_type"] != "error" for cell in made["cells"] for one in cell.get("outputs", ())
    )


LOCKED = {
    "grade": False,
    "solution": False,
    "locked": True,
    "grade_id": "data",
    "schema_version": 3,
}


def cell_of(notebook, name):
    [found] = [
        one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == name
    ]
    return found


def gone(notebook):
    """Have a read-only cell be missing, and one's own in its place."""
    cell = cell_of(notebook, "data")
    cell.metadata.pop("nbgrader")
    cell.source = "right = 5"


def skipped(notebook):
    """Have it ask not to be run."""
    cell_of(notebook, "data").metadata["tags"] = ["skip-execution"]
    notebook.cells.insert(0, nbformat.v4.new_code_cell("right = 5"))


def moved(notebook):
    """Have it stand behind what rests on it, and a check behind one that needs what it imports."""
    for name in ("data", "check"):
        cell = cell_of(notebook, name)
        notebook.cells.remove(cell)
        notebook.cells.append(cell)
    own = "right = 5\ndef isclose(*_):\n    return True"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(own))


def right_and_moved(notebook):
    moved(notebook)
    cell_of(notebook, "mine").source = "mine = 4"


@pytest.mark.parametrize("way", ["run", "autograde"])
def test_what_decides_stays_where_it_was(make_small, tmp_path, way):
    """Does what read-only cells and earlier checks bind decide, wherever a learner has put them?"""
    course = make_small(tmp_path / "course")
    check = {"grade": True, "solution": False, "locked": True, "points": 1, "schema_version": 3}
    answer = LOCKED | {"solution": True, "locked": False, "grade_id": "mine"}
    cells = [
        ("right = 4", LOCKED),
        ("mine = 5", answer),
        ("from math import isclose\nassert mine == right", check | {"grade_id": "check"}),
        ("assert isclose(mine, 4)", check | {"grade_id": "close"}),
    ]
    made = [
        nbformat.v4.new_code_cell(source, metadata={"nbgrader": about | {"task": False}})
        for source, about in cells
    ]
    course.release({"one": nbformat.v4.new_notebook(cells=made)})
    setting(course, marker=True)
    wrong = [gone, skipped, moved]
    for change in (*wrong, right_and_moved):
        course.submit(change.__name__, {"mine": "mine = 5"}, names=["one"], change=change)
    course.grade() if way == "run" else course.nbgrader("autograde", "ps1")
    assert course.scores() == {
        (change.__name__, name): int(change not in wrong)
        for change in (*wrong, right_and_moved)
        for name in ("check", "close")
    }
