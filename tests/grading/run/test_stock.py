"""Our rows against those of nbgrader autograde, in both databases."""

import pytest

pytestmark = pytest.mark.slow

DUE = "2026-11-20 12:00:00"


def cohort(small, right):
    """Hand in work that behaves, some of it wrong, late, unfinished or half there."""
    small.submit("ada", right)
    small.submit("ben", {})
    small.submit("cem", right | {"double": "def double(x):\n    return x"})
    small.submit("dov", right, names=("one",))
    small.submit("eve", right | {"words": "words = ['a']", "total": "1 / 0"})
    small.submit("fay", right | {"double": "print('no function')", "essay": "Écrit à la main."})
    late = small.submit("gil", right)
    (late / "timestamp.txt").write_text("2026-11-22 13:30:00 UTC\n", "utf-8")
    early = small.submit("hal", right | {"total": "total = 6\ntotal"})
    (early / "timestamp.txt").write_text("2026-11-19 08:00:00 UTC\n", "utf-8")
    (early / "notes.txt").write_text("mine", "utf-8")


LATE = """
import sys
from nbgrader.plugins import LateSubmissionPlugin

class PerDay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score * 0.25

c.AssignLatePenalties.plugin_class = PerDay
"""


def graded(course, right, config=""):
    course.configure(LATE + config)
    course.nbgrader("db", "assignment", "add", "ps1", f"--duedate={DUE}")
    cohort(course, right)
    return course


@pytest.fixture(scope="module")
def stock(released, make_small, right, tmp_path_factory):
    """Return the rows of a course that stock nbgrader graded."""
    course = make_small(tmp_path_factory.mktemp("stock") / "course", like=released)
    graded(course, right).nbgrader("autograde", "ps1")
    return course.rows()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rows_are_those_of_nbgrader(kind, stock, small_course, right, request):
    """Are all rows of marks, comments and submissions those that stock nbgrader writes?"""
    url = request.getfixturevalue("postgres")("ours") if kind != "sqlite" else ""
    course = graded(small_course("ours", url=url), right)
    done = course.grade()
    assert done.returncode == 1, done.stderr
    assert "ps1: 7 graded, 1 partly graded." in done.stdout
    assert "dov: partly graded. two: It was not handed in and counts 0." in done.stdout
    if kind != "sqlite":
        # and nbgrader goes on with it
        course.nbgrader("db", "upgrade")
        course.nbgrader("autograde", "ps1", "--student=cem", "--force")
    ours = course.rows()
    assert [len(rows) for rows in stock.values()] == [8, 16, 32, 32]
    late = [row for row in stock["submitted_notebook"] if row["late_submission_penalty"]]
    assert len(late) == 2
    for table, expected in stock.items():
        assert ours[table] == expected
