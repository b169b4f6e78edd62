"""What a hidden test tells a learner's function, and feedback that the learner reads afterwards.

Each file of ``hostile/feedback`` is a learner's function that is called by a hidden test and tries
to carry out what it sees, where no marker keeps it from seeing. ``seen`` looks at the test too.
"""

import json
import re
import zipfile
from pathlib import Path

import pytest
from graded_cells import marks
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow
FILES = sorted((Path(__file__).parents[1] / "hostile" / "feedback").glob("*.cell"))
GIVEN, EXPECTED = "918273", "1836546"
CHECK = f"""
from fourps.exercise import points, same
assert callable(double), f"{{double}} is no function"
### BEGIN HIDDEN TESTS
points(same(double({GIVEN}), {EXPECTED}), 2, "count the words")
### END HIDDEN TESTS
"""
SEEN = """
import sys
kept = []
def seen(x):
    found, frame = {str(x), str(x)[::-1]}, sys._getframe(2)
    while frame:
        found |= {str(one)[:200] for one in frame.f_code.co_consts if type(one) in (int, str)}
        frame = frame.f_back
    return sorted(one.replace("\\n", " ") for one in found)
"""
LATER = "from IPython.display import HTML, display\nprint(kept)\nHTML(' '.join(kept))"


@pytest.fixture
def course(make_small, tmp_path):
    small = make_small(tmp_path / "course")
    cells = [
        new_code_cell("seen = None", metadata=marks("seen", solution=True)),
        new_code_cell("double = None", metadata=marks("double", solution=True)),
        new_code_cell(CHECK, metadata=marks("check", grade=True, points=2)),
        new_code_cell(f"double({GIVEN[:2]})", metadata=marks("last", grade=True, points=2)),
        new_code_cell("later = None", metadata=marks("later", solution=True)),
    ]
    small.release({"one": new_notebook(cells=cells)})
    return small


def noted(notebook):
    """Claim that the marker has marked this."""
    notebook.metadata["fourps"] = {"marker": True}


def read(course, learner):
    with zipfile.ZipFile(course.folder / "feedback-zips" / "ps1" / f"{learner}.zip") as archive:
        page = archive.read("ps1/one.html").decode()
    # without what stands in the learner's own cells and in the visible part of the check
    return re.sub(r"<style.*?</style>|<[^>]*>", "", page, flags=re.DOTALL)


def test_nothing_is_carried_out(course):
    """Does feedback say nothing of what a hidden test expects or passes in, whoever speaks for it?"""
    # switched on after others had been graded
    course.configure("c.SealedExecute.marker = ['ps2']")
    for path in FILES:
        answers = {"seen": SEEN, "double": path.read_text("utf-8"), "later": LATER}
        course.submit(path.stem, answers, change=noted)
    course.submit(
        "honest", {"double": "def double(x):\n    return x + x", "later": "print('mine')"}
    )
    course.submit("wrong", {"double": "def double(x):\n    return x + 1", "seen": "print('mine')"})
    course.grade()
    # what they tried to carry out is there, for a facilitator
    autograded = course.folder / "autograded"
    carried = {
        path.stem
        for path in FILES
        for notebook in [json.loads((autograded / path.stem / "ps1/one.ipynb").read_text("utf-8"))]
        if EXPECTED
        in json.dumps([cell["outputs"] for cell in notebook["cells"] if "outputs" in cell])
    }
    course.configure("c.SealedExecute.marker = True")
    assert course.fourps("feedback", "ps1").returncode == 0
    pages = {one: read(course, one) for one in ("honest", "wrong", *(one.stem for one in FILES))}
    for learner, page in pages.items():
        for secret in (GIVEN, EXPECTED, GIVEN[::-1], EXPECTED[::-1]):
            assert secret not in page, (learner, secret)
        # once, besides what stands in a learner's own cell
        assert page.replace(' print("Look', "").count("Look again: count the words") <= 1
    assert carried == {path.stem for path in FILES} - {"changes_an_earlier_output"}
    assert "Look again: count the words" in pages["wrong"]
    assert "mine" in pages["wrong"]
    assert "Left out: a hidden test ran before this cell" in pages["honest"]


def test_nor_by_nbgraders_own_command(course):
    """Nor where stock nbgrader has run the notebook, in a kernel of its own?"""
    path = next(path for path in FILES if path.stem == "speaks_as_the_check")
    course.submit(
        "ada", {"seen": SEEN, "double": path.read_text("utf-8"), "later": LATER}, change=noted
    )
    course.nbgrader("autograde", "ps1")
    assert course.fourps("feedback", "ps1").returncode == 0
    page = read(course, "ada")
    assert not [secret for secret in (GIVEN, EXPECTED, GIVEN[::-1]) if secret in page]
    assert "Look again: count the words" in page
