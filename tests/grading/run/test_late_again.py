"""What lateness takes off when dates, extensions and settings change after the hand-in."""

import pytest

pytestmark = pytest.mark.slow
PER_DAY = """
from nbseal.plugins.credit import PerDay
c.AssignLatePenalties.plugin_class = PerDay
c.PerDay.per_day = 0.1
"""


@pytest.fixture
def late(small, right):
    """Return a course in which two hand-ins were two days late, and cost nothing."""
    small.nbgrader("db", "assignment", "add", "ps1", "--duedate=2026-11-20 12:00:00 UTC")
    for learner in ("ada", "ben"):
        hand_in(small, learner, right)
    small.grade()
    return small


def hand_in(course, learner, right):
    place = course.submit(learner, right)
    (place / "timestamp.txt").write_text("2026-11-22 11:00:00 UTC\n", "utf-8")


def penalties(course):
    return {
        (row["assignment_id"].rpartition(" of ")[2], row["notebook_id"]): row[
            "late_submission_penalty"
        ]
        for row in course.rows()["submitted_notebook"]
    }


def extend(course, learner, days):
    done = course.fourps("extend", learner, "ps1", "--days", str(days))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_executing(late, monkeypatch):
    """Does a run work penalties out again after a change of the setting or an extension, without executing?"""
    late.configure(PER_DAY)
    monkeypatch.setattr("nbseal.seal.worker.Worker.execute", None)
    text = late.grade().stdout
    assert "2 decided now" in text
    assert "  ada: ps1/one, late hand-in: 0 before, -1.8 now" in text
    taken = penalties(late)
    assert sorted(taken.values()) == [1, 1, 1.8, 1.8]
    assert "until 2026-11-22 12:00:00 UTC. Run fourps grade run ps1" in extend(late, "ada", 2)
    text = late.grade().stdout
    assert "  ada: ps1/two, late hand-in: -1 before, 0 now" in text
    assert "ben" not in text
    assert sorted(filter(None, penalties(late).values())) == [1, 1.8]
    # nothing more is to be done, until it is taken away
    assert "decided now" not in late.grade().stdout
    extend(late, "ada", 0)
    late.grade()
    assert penalties(late) == taken


def test_before_the_hand_in(late, right):
    """Does an extension that was granted before the hand-in count, with the row that stock has?"""
    late.configure(PER_DAY)
    assert "cem is not in the gradebook yet." in extend(late, "cem", 1)
    assert "It is kept for what cem hands in." in extend(late, "cem", 3)
    extend(late, "dov", 1.5)
    for learner in ("cem", "dov"):
        hand_in(late, learner, right)
    # nbgrader's own command makes the row of one of them
    late.nbgrader("autograde", "ps1", "--student=dov", "--create")
    late.grade()
    rows = late.sql("select student_id, extension is not null from submitted_assignment order by 1")
    assert rows == [("ada", 0), ("ben", 0), ("cem", 1), ("dov", 1)]
    taken = late.sql(
        "select student_id, sum(late_submission_penalty) from submitted_notebook as one join "
        "submitted_assignment as mine on mine.id = one.assignment_id group by 1 order by 1"
    )
    assert [(name, round(most or 0, 2)) for name, most in taken] == [
        ("ada", 2.8), ("ben", 2.8), ("cem", 0), ("dov", 1.4),
    ]  # fmt: skip
    assert late.sql("select * from nbseal_extension") == []


def test_what_cannot_be_extended(small):
    """Is it said why, of an assignment without a due date and of one that was not released?"""
    for name, message in (
        ("ps1", "ps1 has no due date, so nobody is late."),
        ("ps2", "not released"),
    ):
        done = small.fourps("extend", "ada", name, "--days", "2")
        assert done.returncode == 1
        assert message in done.stderr
