import sqlite3

import pytest
from sqlalchemy import create_engine

from fourps.grading.run.backup import FOLDER, KEPT, back_up


def test_only_the_newest_are_kept(tmp_path):
    """Are ten copies kept, each whole, and nothing half-written?"""
    engine = create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table grade (points integer)")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "gradebook-1.unfinished").write_text("cut off", "utf-8")
    made = []
    for number in range(KEPT + 3):
        with engine.begin() as connection:
            connection.exec_driver_sql("insert into grade values (?)", (number,))
        made.append(back_up(engine, tmp_path))
    engine.dispose()
    assert sorted((tmp_path / FOLDER).iterdir()) == made[-KEPT:]
    with sqlite3.connect(made[-1]) as copy:
        assert copy.execute("select count(*) from grade").fetchone() == (KEPT + 3,)
    copy.close()


@pytest.mark.slow
def test_postgresql(postgres, small_course, right):
    """Is a gradebook in PostgreSQL copied into a file that nbgrader itself opens?"""
    course = small_course("backed", postgres("backed"))
    course.quicken()
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
