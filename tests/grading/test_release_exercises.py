"""Releasing that is killed, has no room or no right to write, at each of its points."""

import contextlib
import hashlib
import io
import os
import shutil
import sqlite3
import sys
from functools import partial
from types import SimpleNamespace

import nbformat
import pytest
from conditions import in_closed, on_a_little_disk
from graded_cells import KERNEL, answer, check
from killing import POINT, command, content, ending, folders, grows, killed, launched, renew
from nbgrader import api
from nbgrader.apps import GenerateAssignmentApp
from sqlalchemy import event
from sqlalchemy.engine import Engine

from fourps.grading import exercise_text
from fourps.grading import release_exercises as releasing
from fourps.grading.release_exercises import release
from nbseal.nbgrader_commands import NbgraderError, reason

pytestmark = pytest.mark.slow
MINE = ("submitted/ada/small/exercise.ipynb", "source/small/mine.txt", "notes.txt")


def exercise(number):
    """Return a small exercise: an answer with its solution, and its check."""
    cells = [
        answer("one", f"one = {number}", "one = None\n"),
        check("one-check", "assert one", f"assert one == {number}", points=4),
    ]
    text = {"text_representation": {"extension": ".md", "format_name": "myst"}}
    about = nbformat.from_dict(KERNEL | {"jupytext": text})
    return exercise_text.write(nbformat.v4.new_notebook(cells=cells, metadata=about))


def nbgrader_here(course, *words):
    """Have nbgrader do in this process what it does in its own, and say what it commits."""

    def commits(_):
        sys.audit(POINT, os.fspath(course / "gradebook.db"))

    event.listen(Engine, "commit", commits)
    said = io.StringIO()
    try:
        with contextlib.chdir(course), contextlib.redirect_stderr(said):
            launched(GenerateAssignmentApp, [*words[1:]])
    except SystemExit as error:
        if error.code:
            raise NbgraderError(f"nbgrader {words[0]}: {reason(said.getvalue())}") from error
    finally:
        GenerateAssignmentApp.clear_instance()
        event.remove(Engine, "commit", commits)


@pytest.fixture(scope="module")
def place(root, tmp_path_factory):
    """Return a folder with a course, in which an earlier version was released, and what is ours there."""
    place = tmp_path_factory.mktemp("release") / "place"
    made = SimpleNamespace(path=place, root=place / "root", course=place / "course")
    page = made.root / "exercises" / "small" / "exercise.md"
    page.parent.mkdir(parents=True)
    made.course.mkdir()
    shutil.copy(root / "autograder" / "nbgrader_config.py", made.course)
    page.write_text(exercise(1), "utf-8")
    release(made.root, made.course)
    page.write_text(exercise(2), "utf-8")
    for name in MINE:
        path = made.course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", "utf-8")
    shutil.copytree(place, place.with_name("begun"))
    return made


@pytest.fixture(scope="module")
def finished(place):
    """Return what a release makes, and which files nbgrader's own part makes of what lies there."""
    with pytest.MonkeyPatch.context() as patch:
        made = {}

        def kept(course, *words):
            nbgrader_here(course, *words)
            made.update(content(course / ".release.unfinished"))

        patch.setattr(releasing, "nbgrader", kept)
        release(place.root, place.course)
    found = state(place)
    renew(place.path, place.path.with_name("begun"))
    return found, made


def state(place):
    """Return all that lies there, the gradebook as what it says."""
    found = content(place.path)
    del found["course/gradebook.db"]
    with contextlib.closing(sqlite3.connect(place.course / "gradebook.db")) as book:
        found["says"] = [
            book.execute(f"select {columns} from {table.__tablename__} order by 1").fetchall()  # noqa: S608
            for table, columns in {
                api.Assignment: "name",
                api.BaseCell: "name, type",
                api.GradeCell: "max_score, cell_type",
                api.SourceCell: "name, source",
            }.items()
        ]
    return found


@pytest.fixture
def again(place, finished, monkeypatch):
    """Return a function that releases, with nbgrader where it was not yet done with this gradebook."""
    known = {}

    def ready(course, *words):
        parts = sorted(course.glob("gradebook.db*"))
        book = hashlib.sha256(b"".join(path.read_bytes() for path in parts)).digest()
        if len(parts) > 1 or book not in known:
            nbgrader_here(course, *words)
            known[book] = (course / "gradebook.db").read_bytes()
            return
        # what it does with this one it has shown
        for name, data in finished[1].items():
            path = course / ".release.unfinished" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if data is not None:
                path.write_bytes(data)
        (course / "gradebook.db").write_bytes(known[book])

    monkeypatch.setattr(releasing, "nbgrader", ready)
    return lambda: release(place.root, place.course)


def hidden(place):
    """Return what of hidden tests others can read, beyond the source itself."""

    def others(path):
        return path.stat().st_mode & 0o077

    own = {place.course / "source/small/exercise.ipynb", place.root / "exercises/small/exercise.md"}
    return [
        path
        for path in {*place.path.rglob("*")} - own
        if path.is_file()
        and not path.name.startswith("gradebook.db")
        and b"HIDDEN" in path.read_bytes()
        and all(map(others, (path, *path.parents[: -len(place.path.parents)])))
    ]


def test_killed(place, finished, again):
    """Wherever a release is killed, is nothing left that others can read, and does the next finish?"""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releasing, "nbgrader", nbgrader_here)
        states = killed(place.path, lambda: release(place.root, place.course))
        for point in states:
            seen.append(point)
            assert hidden(place) == [], point
            again()
            assert state(place) == finished[0], point
    kinds = {point.split()[0] for point in seen}
    assert {POINT, "open", "os.mkdir", "os.rename", "os.rmdir"} <= kinds
    assert sum("exercise" in point for point in seen) > 8


def test_full(place, finished, again):
    """Is a full disk or a closed folder a sentence wherever it is met, and does the next release finish?"""
    begun = place.path.with_name("begun")
    renew(place.path, begun)
    # what nbgrader does with this gradebook is known then, to each process that follows
    again()
    renew(place.path, begun)
    status, points = ending(place.path, again)
    assert status == 0
    for number, point in enumerate(points):
        if not grows(point):
            continue
        renew(place.path, begun)

        def full():
            with pytest.raises(
                (OSError, NbgraderError), match=r"No space left|the disk is full\. What"
            ):
                again()

        assert ending(place.path, full, number, full=True)[0] == 0, point
        assert hidden(place) == [], point
        assert not (place.course / ".release.unfinished").exists(), point
        again()
        assert state(place) == finished[0], point
    closed = folders(begun, points)
    assert {"course", "course/release/small", "root/modules/small"} <= {*closed}
    words = ("grade", "release", "--course", place.course, "--root", place.root)
    for folder in closed:
        renew(place.path, begun)
        status, said = in_closed(place.path / folder, lambda: command(*words))
        assert (status, said.count("\n")) == (1, 1), folder
        assert (
            f"The folder {place.path / folder} cannot be written: Permission denied. Make it"
            in said
        )
        assert not (place.course / ".release.unfinished").exists(), folder
        again()
        assert state(place) == finished[0], folder
    renew(place.path, begun)


def test_a_full_disk(place, finished, monkeypatch):
    """Is a disk that is really full a sentence, in nbgrader's part too, and is a release whole or as before?"""
    monkeypatch.setattr(releasing, "nbgrader", nbgrader_here)
    begun = place.path.with_name("begun") / "course"
    page = place.course / "release" / "small" / "exercise.ipynb"
    versions = {(begun / page.relative_to(place.course)).read_bytes()}
    versions.add(finished[0]["course/release/small/exercise.ipynb"])

    def little(room):
        shutil.copytree(begun, place.course, dirs_exist_ok=True)
        free = shutil.disk_usage(place.course).free
        (place.course / "large").write_bytes(b"x" * (free - room))
        words = ("grade", "release", "--course", place.course, "--root", place.root)
        status, said = command(*words)
        whole = page.read_bytes() in versions
        left = (place.course / ".release.unfinished").exists()
        (place.course / "large").unlink()
        return status, said, whole, left, command(*words)[0]

    rooms = [0, 12_288, 20_480]
    found = [on_a_little_disk(place.course, 400_000, partial(little, room)) for room in rooms]
    for status, said, whole, left, again in found:
        assert (status, said.count("\n"), whole, left, again) == (1, 1, True, False, 0), said
        assert (
            "No space left on device" in said or "the disk is full. What is there is whole" in said
        )
    assert any("generate_assignment" in said for _, said, *_ in found)
