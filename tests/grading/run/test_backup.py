import sqlite3
from datetime import datetime

import pytest
from sqlalchemy import create_engine

from nbseal.gradebook import backup
from nbseal.gradebook.backup import FOLDER, KEPT, back_up


def test_only_the_newest_are_kept(tmp_path):
    """Are ten copies kept, each whole, and nothing half-written?"""
    engine = create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table grade (points integer)")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "gradebook-1.unfinished").write_text("cut off", "utf-8")
    copies = []
    for number in range(KEPT + 3):
        with engine.begin() as connection:
            connection.exec_driver_sql("insert into grade values (?)", (number,))
        copies.append(back_up(engine, tmp_path))
    engine.dispose()
    assert sorted((tmp_path / FOLDER).iterdir()) == copies[-KEPT:]
    with sqlite3.connect(copies[-1]) as copy:
        assert copy.execute("select count(*) from grade").fetchone() == (KEPT + 3,)
    copy.close()


def test_a_clock_that_was_set_back(tmp_path, monkeypatch):
    """Do the newest stay when the clock goes back, and what somebody else put there?"""
    hours = iter(range(23, 0, -1))

    class Clock:
        @staticmethod
        def now(zone):
            return datetime(2026, 11, 27, next(hours), tzinfo=zone)

    monkeypatch.setattr(backup, "datetime", Clock)
    engine = create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}")
    folder = tmp_path / FOLDER
    folder.mkdir()
    mine = [folder / "gradebook-before-the-exam.db", folder / "notes.unfinished"]
    for path in mine:
        path.write_text("mine", "utf-8")
    copies = [back_up(engine, tmp_path) for _ in range(KEPT + 3)]
    engine.dispose()
    assert sorted(folder.iterdir()) == sorted(copies[-KEPT:] + mine)
    assert max(copies) == copies[-1]


@pytest.mark.slow
def test_postgresql(postgres, small_course, right):
    """Is a gradebook in PostgreSQL copied into a file that nbgrader itself opens?"""
    course = small_course("backed", url=postgres("backed"), quick=True)
    course.submit("ada", right)
    assert course.grade().returncode == 0
    engine = create_engine(course.url)
    copy = back_up(engine, course.folder)
    engine.dispose()
    rows = course.rows()
    course.url = f"sqlite:///{copy}"
    assert course.rows() == rows
    assert course.outcomes() == {"ada": "graded"}
    course.nbgrader("export", f"--db={course.url}")
    assert "ada" in (course.folder / "grades.csv").read_text("utf-8")
