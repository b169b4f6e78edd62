"""A learner is taken out of a course, and a gradebook is lost."""

import shutil
from pathlib import Path

import pytest

from nbseal import remove_learner
from nbseal.collect import owners, refusals
from nbseal.gradebook.settings import settings
from nbseal.reasons import because

pytestmark = pytest.mark.slow


class StoppedError(Exception):
    """It was stopped."""


@pytest.fixture(scope="module")
def whole(released, make_small, right, tmp_path_factory):
    """Return a course with all that there can be of two learners."""
    course = make_small(tmp_path_factory.mktemp("whole") / "course", like=released, quick=True)
    for learner in ("ada", "ben"):
        course.submit(learner, right)
    course.grade()
    for learner in ("ada", "ben"):
        course.submit(learner, right | {"words": "words = []"})
        refusals.note(course.folder, "ps1", learner, because("refused-other"))
        owners.remember_name(course.folder, learner, f"{learner} of another name")
        for name in (f"feedback-zips/ps1/{learner}.zip", f"records/{learner}.pdf"):
            path = course.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
    course.grade()
    for learner in ("ada", "ben"):
        (course.folder / f"feedback-zips/ps1/{learner}.zip").write_bytes(b"")
        (course.folder / "feedback" / learner / "ps1").mkdir(parents=True)
    (course.folder / "feedback-zips/ps1-moodle.zip").write_bytes(b"")
    (course.folder / "marks.csv").write_text("learner,ps1\r\nada,1\r\nben,2\r\n", "utf-8")
    (course.folder / "practice.csv").write_text("learner,record\nada,a\nada,b\nben,a\n", "utf-8")
    return course


@pytest.fixture
def course(whole, make_small, tmp_path):
    """Return a copy of it."""
    course = make_small(tmp_path / "course")
    config = (course.folder / "nbgrader_config.py").read_text("utf-8")
    shutil.copytree(whole.folder, course.folder, dirs_exist_ok=True)
    (course.folder / "nbgrader_config.py").write_text(config, "utf-8")
    return course


def traces(course, learner):
    """Return where a learner still stands, the copies of the gradebook aside."""
    files = {
        str(path.relative_to(course.folder))
        for path in course.folder.rglob("*")
        if learner in path.name
        or (path.suffix in (".csv", ".json") and learner in path.read_text("utf-8"))
    }
    rows = [table for table, content in course.rows().items() if f"'{learner}'" in repr(content)]
    ours = [
        *course.sql("select 'outcome' from nbseal_outcome where student = ?", learner),
        *course.sql("select 'moved' from nbseal_moved where student = ?", learner),
    ]
    return files, rows, ours


def test_removed(course):
    """Is it shown what there is and asked, is all of it gone then, and is nobody else touched?"""
    before = traces(course, "ben")
    asked = course.fourps("remove", "ada")
    assert asked.returncode == 1
    assert f"{course.folder / 'submitted' / 'ada'}" in asked.stdout
    assert "the gradebook's table nbseal_moved: 1" in asked.stdout
    assert traces(course, "ada")[2] == [("outcome",), ("moved",)]
    done = course.fourps("remove", "ada", "--yes")
    assert done.returncode == 0, done.stderr
    assert traces(course, "ada") == (set(), [], [])
    assert traces(course, "ben") == before
    assert not (course.folder / "feedback-zips/ps1-moodle.zip").exists()
    assert "ada" not in course.grade().stdout
    for name in ("ada", "..", "a/b", "*"):
        again = course.fourps("remove", name, "--yes")
        assert again.returncode == 1
        assert "There is nothing of" in again.stderr or "can be nobody's id" in again.stderr


def test_half_made(course):
    """Is what a command that was killed has left found too, in folders of other names as well?"""
    structure = "{assignment_id}-all/{nbgrader_step}/{student_id}"
    course.configure(f"c.CourseDirectory.directory_structure = '{structure}'")
    names = ("feedback/.X.unfinished", "feedback/X", "autograded/.X.new", "autograded/.X.old")
    zips = (
        *("feedback-zips/ps1/.X.zip.a1.unfinished", ".refused/ps1/.X.txt.a1.unfinished"),
        ".names/.X.txt.a1.unfinished",
    )
    for learner in ("ada", "ben"):
        for name in names:
            path = course.folder / "ps1-all" / name.replace("X", learner)
            (path / "new").mkdir(parents=True)
        for name in zips:
            (course.folder / name.replace("X", learner)).write_bytes(b"")
    before = traces(course, "ben")
    for step in ("submitted", "autograded", "feedback"):
        # of the folders' other names
        shutil.rmtree(course.folder / step / "ada")
    assert remove_learner.remove(course.folder, "ada", lambda _: True)
    assert traces(course, "ada") == (set(), [], [])
    assert traces(course, "ben") == before
    assert len(before[0]) > 10


@pytest.mark.parametrize("words", [[], ["--names"]])
def test_report(course, words, root):
    """Are the report's pages taken away that have somebody in them, under any name, and nobody else's?"""
    for learner in ("ada", "ben"):
        course.nbgrader(
            "db", "student", "add", learner, "--first-name", "First", "--last-name", "L"
        )
    course.nbgrader("db", "student", "add", "cem")
    done = course.fourps("report", *words, "--root", root)
    assert done.returncode == 0, done.stderr
    place = course.folder / "report"
    for old in (".report.html.a1.unfinished", "learners.csv"):
        (place / old).write_bytes(b"")
    pages = {path.name for path in place.iterdir() if path.is_file()}
    assert pages == {"report.html", "learners.csv", ".report.html.a1.unfinished"}
    kept = course.folder.with_name("kept")
    shutil.copytree(course.folder, kept)
    assert "report.html" in course.fourps("remove", "ada").stdout
    assert remove_learner.remove(course.folder, "ada", lambda _: True)
    assert not [path for path in place.iterdir() if path.is_file()]
    # of a learner who came after it the report has nothing
    shutil.rmtree(course.folder)
    shutil.copytree(kept, course.folder)
    course.nbgrader("db", "student", "add", "eve")
    assert remove_learner.remove(course.folder, "eve", lambda _: True)
    assert {path.name for path in place.iterdir() if path.is_file()} == pages


def until(patch, owner, name, left):
    """Have a function stop once all that is left was done."""
    real = getattr(owner, name)

    def stop(*words, **more):
        if next(left, None) is None:
            raise StoppedError
        return real(*words, **more)

    patch.setattr(owner, name, stop)


def test_stopped_anywhere(course, monkeypatch):
    """Wherever it was stopped, does doing it again finish it?"""
    kept = course.folder.with_name("kept")
    shutil.copytree(course.folder, kept)
    number, stopped = 0, True
    while stopped:
        shutil.rmtree(course.folder)
        shutil.copytree(kept, course.folder)
        with monkeypatch.context() as patch:
            left = iter(range(number))
            for step in ("remove_folder", "remove_file", "write_private", "tables.delete_rows_of"):
                owner, _, name = step.rpartition(".")
                until(
                    patch, getattr(remove_learner, owner) if owner else remove_learner, name, left
                )
            try:
                stopped = not remove_learner.remove(course.folder, "ada", lambda _: True)
            except StoppedError:
                stopped = True
        if stopped:
            assert remove_learner.remove(course.folder, "ada", lambda _: True)
        assert traces(course, "ada") == (set(), [], []), number
        number += 1
    assert number > 10


def test_a_lost_gradebook(course, root):
    """Is its newest copy named by each command, and does it do to copy that back?"""
    place = settings(course.folder).db_url.removeprefix("sqlite:///")
    copies = sorted((course.folder / "backups").iterdir())
    (course.folder / "gradebook.db").unlink()
    record = ("record", "--issuer", "A", "--marked-by", "B", "--root", root)
    assert course.fourps("key").returncode == 0
    for words in (("run",), ("export",), ("feedback", "ps1"), ("report",), record):
        done = course.fourps(*words)
        assert done.returncode == 1
        assert f"There is no gradebook {place}. If it was lost: its newest copy is " in done.stderr
        assert copies[-1].name in done.stderr
    for damaged in (b"", b"SQLite format 3\0 and no more"):
        Path(place).write_bytes(damaged)
        for words in (("export",), ("report",)):
            done = course.fourps(*words)
            assert done.returncode == 1
            assert copies[-1].name in done.stderr, done.stderr
            assert "Traceback" not in done.stderr
        assert Path(place).read_bytes() == damaged
    shutil.copy(copies[-1], place)
    shutil.rmtree(course.folder / "autograded")
    assert "2 graded" in course.grade().stdout
