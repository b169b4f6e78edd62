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
    """Does each way mark in the marker where the course says so, and take no cell for a check?"""
    setting(small, ["ps1"])
    change = claims if way == "run" else skips
    small.submit("ada", right)
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
