import sqlite3
from datetime import UTC, datetime

import numpy as np
import pytest
from graded_cells import tell
from nbgrader import api

from nbseal.gradebook.opening import NoGradebookError
from nbseal.gradebook.snapshot import natural, read
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because

TASKS = {"one": [("task-10", 4.0), ("task-2", 6.0)]}
VERDICT = Verdict("one", "ada", "failed", (because("late", cells="3"),))
WAITS = {"needs_manual_grade": True}


def change(url, *statements):
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_marks(course):
    """Are points what nbgrader counts: by hand before automatic, extra credit, and none yet?"""
    made = course(
        TASKS,
        {
            "ada": {"one": [4.0, 6.0]},
            "ben": {"one": [{"auto_score": 1.0, "manual_score": 3.0, "extra_credit": 2.0}, WAITS]},
            "cem": {},
        },
    )
    book = made.read()
    [one] = book.exercises
    assert list(book.learners) == ["ada", "ben", "cem"]
    assert [task.name for task in one.tasks] == ["task-2", "task-10"]
    assert one.learners == ("ada", "ben")
    np.testing.assert_array_equal(one.marks, [[6, 4], [np.nan, 3]])
    np.testing.assert_array_equal(one.waits, [[False, False], [True, False]])
    assert one.extra.tolist() == [0, 2]
    assert book.outcomes == {}


def test_as_nbgrader_counts(made):
    """Are the totals of a whole cohort those of nbgrader's own interface?"""
    url = f"sqlite:///{made / 'gradebook.db'}"
    book = read(url, made)
    with api.Gradebook(url, "kettover") as theirs:
        scores = {
            (one.student_id, assignment.name): one.score
            for assignment in theirs.assignments
            for one in assignment.submissions
        }
    ours = {
        (learner, one.name): float(np.nan_to_num(row).sum() + extra)
        for one in book.exercises
        for learner, row, extra in zip(one.learners, one.marks, one.extra, strict=True)
    }
    assert ours == pytest.approx(scores, abs=1e-9)


def test_late_and_due(course):
    """Does lateness take nothing off here, and do exercises come in the order of their dates?"""
    made = course({"b": [("t", 1.0)], "a": [("t", 1.0)]}, {"ada": {"a": [1.0], "b": [1.0]}})
    change(
        made.url,
        "update assignment set duedate = '2026-12-01 10:00:00.000000' where name = 'b'",
        "update submitted_notebook set late_submission_penalty = 0.5 where id = 'ada/b'",
    )
    b, a = made.read().exercises
    assert (b.name, b.due, a.name, a.due) == ("b", datetime(2026, 12, 1, 10, tzinfo=UTC), "a", None)
    assert (b.extra.tolist(), a.extra.tolist()) == ([0], [0])


def test_names_and_any_id(course):
    """Are names read, and ids in any script?"""
    made = course(TASKS, {"زينب": {}, "o'hara; --": {"one": [1.0, 1.0]}, "": {}})
    change(made.url, "update student set first_name = 'Zoë', last_name = 'Ö' where id = 'زينب'")
    assert made.read().learners == {"": "", "o'hara; --": "", "زينب": "Zoë Ö"}


def test_outcomes(course):
    """Is what became of hand-ins read where the table is there?"""
    made = course(TASKS, {"ada": {}})
    tell(made.url, VERDICT)
    assert made.read().outcomes == {("ada", "one"): VERDICT}


def test_empty(course):
    """Is a gradebook without learners, or without exercises, read too?"""
    made = course(TASKS, {})
    [one] = made.read().exercises
    assert one.marks.shape == (0, 2)
    assert made.read().learners == {}


def test_nothing_is_written(course):
    """Does reading leave the file as it was, in a folder that may not be written?"""
    made = course(TASKS, {"ada": {"one": [1.0, 1.0]}})
    file = made.folder / "gradebook.db"
    before = file.read_bytes(), sorted(made.folder.iterdir())
    made.read()
    assert (file.read_bytes(), sorted(made.folder.iterdir())) == before


def test_while_somebody_writes(course):
    """Is the state before an unfinished change read while somebody grades?"""
    made = course(TASKS, {"ada": {}})
    with sqlite3.connect(made.folder / "gradebook.db", isolation_level=None) as other:
        other.execute("begin immediate")
        other.execute("insert into student (id) values ('ben')")
        assert list(made.read().learners) == ["ada"]
        other.execute("rollback")
    other.close()


def test_no_gradebook(tmp_path):
    """Is a gradebook that is not there, or is none, refused by name with what to do?"""
    with pytest.raises(NoGradebookError, match=r"gradebook\.db.*fourps grade release"):
        read(f"sqlite:///{tmp_path / 'gradebook.db'}", tmp_path)
    sqlite3.connect(tmp_path / "other.db").close()
    (tmp_path / "other.db").write_bytes(b"no database, but long enough to be looked at" * 9)
    with pytest.raises(NoGradebookError, match=r"other\.db cannot be read"):
        read(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    assert not (tmp_path / "gradebook.db").exists()


def test_password_is_not_shown(tmp_path):
    """Does an error keep the password of a database to itself?"""
    with pytest.raises(NoGradebookError) as caught:
        read("postgresql+psycopg://ada:secret-word@127.0.0.1:1/none", tmp_path)
    assert "secret-word" not in str(caught.value)


def test_natural():
    """Are names sorted as people count, whatever stands in them?"""
    assert sorted(["t10", "t9", "9", "", "a", "t", "²", "t09b"], key=natural) == sorted(
        ["", "9", "a", "t", "t9", "t09b", "t10", "²"], key=natural
    )
    assert min("task-10-check", "task-9-check", key=natural) == "task-9-check"
