"""Thousands of submissions in one run."""

import shutil

import pytest

LEARNERS = 2_000
# on a slow machine that has other work as well
SECONDS = 3_600
# one in so many hands in wrong, ends its own process, or hands in what is no notebook
WRONG, ENDS, BROKEN = 7, 101, 211


@pytest.mark.prove
@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_thousand(small, right):
    """Does each of two thousand get what they earned, with some that are wrong, end or break?"""
    kinds = {
        "right": right,
        "wrong": right | {"double": "def double(x):\n    return x"},
        "ends": right | {"words": "import os\nos._exit(3)"},
    }
    folders = {kind: small.submit(f"a-{kind}", answers) for kind, answers in kinds.items()}
    expected = {"a-right": "graded", "a-wrong": "graded", "a-ends": "partly"}
    points = {"a-right": 3, "a-wrong": 0, "a-ends": 3}
    for number in range(LEARNERS - len(kinds)):
        learner = f"learner-{number:04}"
        kind = "ends" if number % ENDS == 0 else "wrong" if number % WRONG == 0 else "right"
        place = shutil.copytree(folders[kind], small.folder / "submitted" / learner / "ps1")
        expected[learner], points[learner] = expected[f"a-{kind}"], points[f"a-{kind}"]
        if number % BROKEN == 0:
            for path in place.glob("*.ipynb"):
                path.write_text("{", "utf-8")
            expected[learner], points[learner] = "failed", None
    done = small.run(seconds=SECONDS)
    assert done.returncode == 1
    assert small.outcomes() == expected, done.stderr
    scores = small.scores()
    given = {learner: scores.get((learner, "double-check")) for learner in expected}
    assert given == points
    again = small.run(seconds=SECONDS).stdout
    failed = sum(status == "failed" for status in expected.values())
    assert f"{failed} failed now" in again
