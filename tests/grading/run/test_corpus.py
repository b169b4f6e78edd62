"""Notebooks of nbgrader's own documentation and tests, graded by stock nbgrader and by us.

What stock nbgrader made of them stands in ``corpus.json``, since it starts a kernel for each: a test
of `make prove` holds that file against nbgrader itself.
"""

import json
from pathlib import Path

import corpus
import pytest

pytestmark = pytest.mark.slow
KEPT = Path(__file__).with_name("corpus.json")
# by learner, why stock nbgrader is wrong
WRONG = {
    "old-schema": "it refuses the older metadata of its own download, and ends there",
    "submitted-answer-cell-type-changed": "it gives up over a cell that became text",
    "submitted-grade-cell-type-changed": "it gives up over a check that became text",
    "submitted-cheat-attempt": "it believes the cheat, and gives the point",
    "submitted-cheat-attempt-alternative": "it believes the cheat, and gives the point",
}


@pytest.fixture
def course(make_small, tmp_path):
    """Return a course of these notebooks, to be graded."""
    made = make_small(tmp_path / "course")
    corpus.release(made)
    return made


def parted(rows):
    """Return the rows of all learners but those, and theirs."""
    theirs = {row for row in rows if any(f'of {one}"' in row or f'"{one}"' in row for one in WRONG)}
    return {*rows} - theirs, theirs


def test_every_row(course):
    """Is every row of marks, comments and submissions that of stock, but where that is wrong?"""
    done = course.grade()
    assert "15 decided now" in done.stderr + done.stdout
    ours, stock = corpus.found(course), json.loads(KEPT.read_text("utf-8"))
    assert {kind: len(parted(rows)[0]) for kind, rows in stock.items()} == {
        "submitted_assignment": 10,
        "submitted_notebook": 13,
        "grade": 61,
        "comment": 46,
    }
    for kind, rows in stock.items():
        assert parted(ours[kind])[0] == parted(rows)[0]
    scores = course.scores()
    for learner in WRONG:
        assert any(one == learner for one, _ in scores)
        # a point of this check is there for whoever leaves the check alone
        if learner.startswith("submitted"):
            assert scores[learner, "foo"] == (0 if "cheat" in learner else 1)
    assert scores["old-schema", "correct_squares"] == 1


@pytest.mark.prove
def test_stock_again(course, tmp_path):
    """Does nbgrader make of them what is kept of it?"""
    for name in corpus.SOURCES:
        course.nbgrader("autograde", name, check=False)
    found = corpus.found(course)
    (tmp_path / "corpus.json").write_text(f"{json.dumps(found, indent=1)}\n", "utf-8")
    assert found == json.loads(KEPT.read_text("utf-8")), f"it is in {tmp_path}"
