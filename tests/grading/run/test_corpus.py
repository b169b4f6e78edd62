"""Notebooks of nbgrader's own documentation and tests, graded by stock nbgrader and by us.

What stock nbgrader made of them stands in ``corpus.json``, since it starts a kernel for each: a test
of `make prove` holds that file against nbgrader itself.
"""

import json
import shutil
from pathlib import Path

import corpus
import pytest

pytestmark = pytest.mark.slow
KEPT = Path(__file__).with_name("corpus.json")
REFUSES = "it refuses the older metadata of its own notebook, and ends there"
TEXT = "it gives up over a cell that became text"
# by learner, why stock nbgrader is wrong
WRONG = {
    "old-schema": REFUSES,
    **{f"old-v{number}": REFUSES for number in range(3)},
    **{
        f"{of}-submitted-{kind}-cell-type-changed": TEXT
        for of in ("steps", "ui")
        for kind in ("answer", "grade")
    },
    "submitted-cheat-attempt": "it believes the cheat, and gives the point",
    "submitted-cheat-attempt-alternative": "it believes the cheat, and gives the point",
}


@pytest.fixture
def course(make_small, tmp_path):
    """Return a course of these notebooks, to be graded."""
    small = make_small(tmp_path / "course")
    corpus.release(small)
    return small


def parted(rows):
    """Return the rows of all learners but those, and theirs."""
    theirs = {
        row
        for row in rows
        if any(f'of {learner}"' in row or f'"{learner}"' in row for learner in WRONG)
    }
    return {*rows} - theirs, theirs


def test_every_row(course):
    """Is every row of marks, comments and submissions that of stock, but where that is wrong?"""
    done = course.grade()
    assert "33 decided now" in done.stderr + done.stdout
    ours, stock = corpus.found(course), json.loads(KEPT.read_text("utf-8"))
    assert {kind: len(parted(rows)[0]) for kind, rows in stock.items()} == {
        "submitted_assignment": 23,
        "submitted_notebook": 51,
        "grade": 168,
        "comment": 114,
    }
    for kind, rows in stock.items():
        assert parted(ours[kind])[0] == parted(rows)[0]
    scores = course.scores()
    for learner in WRONG:
        assert any(who == learner for who, _ in scores)
        # a point of this check is there for whoever leaves the check alone
        if "submitted" in learner:
            assert scores[learner, "foo"] == (0 if "cheat" in learner else 1)
    assert scores["old-schema", "correct_squares"] == 1
    # who handed it in with older metadata earns what those do who did with this one's
    for number in range(3):
        mine, right = (
            {
                row.replace(learner, "")
                for row in ours["grade"]
                if f'"test in more of {learner}"' in row
            }
            for learner in (f"old-v{number}", "all-right")
        )
        assert mine == right != set()


@pytest.mark.prove
def test_stock_again(course, tmp_path):
    """Does nbgrader make of them what is kept of it?"""
    for name in corpus.SOURCES:
        course.nbgrader("autograde", name, check=False)
    marks = corpus.found(course)
    (tmp_path / "corpus.json").write_text(f"{json.dumps(marks, indent=1)}\n", "utf-8")
    assert marks == json.loads(KEPT.read_text("utf-8")), f"it is in {tmp_path}"


@pytest.mark.prove
def test_its_own_tests(make_small, tmp_path):
    """Is every row stock's for the assignment whose checks nbgrader makes when it is released?"""
    stock = make_small(tmp_path / "stock")
    notebooks = {path.stem: path for path in corpus.AUTOTESTS.glob("*.ipynb")}
    corpus.put(stock.folder / "source/ps1", notebooks, corpus.GUIDE / "autotests.yml")
    stock.nbgrader("generate_assignment", "ps1")
    shutil.copytree(stock.folder / "release/ps1", stock.folder / "submitted/nobody/ps1")
    corpus.put(stock.folder / "submitted/all-right/ps1", notebooks)
    ours = make_small(tmp_path / "ours", like=stock)
    stock.nbgrader("autograde", "ps1")
    assert ours.grade().stdout.startswith("ps1: 2 graded.")
    assert corpus.found(ours) == corpus.found(stock)
    assert sum(json.loads(row).get("auto_score", 0) for row in corpus.found(ours)["grade"]) >= 3
