"""A cohort of which some wrote no code: who is marked where nothing can be sealed, and who waits."""

import elsewhere
import pytest
from graded_cells import KERNEL, answer, check, marks
from nbformat.v4 import new_code_cell, new_notebook

from nbseal.plain.worker import NotPlainError, PlainError
from nbseal.run import driver, pool

pytestmark = pytest.mark.slow
WHY = "Sealed grading needs Linux, and this is darwin: autograder/SEALING.md says how to go on."
AGAIN = "The next run where it can be takes this one up."
PLAIN, CODE = {"size": "size = 3"}, {"size": "size = 1 + 2"}


@pytest.fixture(scope="module")
def released_sizes(make_small, tmp_path_factory):
    """Return a course of one notebook whose answer is a number."""
    cells = [
        new_code_cell("limit = 2", metadata=marks("limit")),
        answer("size", "size = 3", "size = 0\n"),
        check("size-check", "print(size)", "assert size > limit, 'more'", points=3),
    ]
    course = make_small(tmp_path_factory.mktemp("sizes") / "course")
    course.release({"one": new_notebook(metadata=KERNEL, cells=cells)})
    (course.folder / "source" / "ps1" / "numbers.txt").unlink()
    return course


@pytest.fixture
def sizes(released_sizes, make_small, tmp_path):
    """Return a copy of that course."""
    return make_small(tmp_path / "course", like=released_sizes, quick=True)


@pytest.fixture
def no_seal(monkeypatch):
    monkeypatch.setattr(driver, "why_not", lambda **_: WHY)


@pytest.mark.parametrize("marker", [True, False])
def test_some_wait(sizes, monkeypatch, marker):
    """Are the plain ones marked where nothing can be sealed, the others named, and taken up by the next run?"""
    sizes.configure(f"c.SealedExecute.marker = {marker}")
    sizes.submit("ada", PLAIN)
    sizes.submit("ben", CODE)
    sizes.submit("cem", {})
    with monkeypatch.context() as patch:
        patch.setattr(driver, "why_not", lambda **_: WHY)
        done = sizes.grade()
        assert done.returncode == 1
        said = f"  ben: failed. It has code of its own, which is run only where it can be sealed. {WHY}"
        assert f"{said} {AGAIN}" in " ".join(done.stdout.split("\n"))
        assert sizes.outcomes() == {"ada": "graded", "ben": "failed", "cem": "graded"}
        assert "1 failed now" in sizes.grade().stdout
    assert sizes.scores() == {("ada", "size-check"): 3, ("cem", "size-check"): 0}
    before = sizes.rows()
    done = sizes.grade()
    assert (done.returncode, "\n1 decided now. " in done.stdout) == (0, True)
    assert sizes.scores()["ben", "size-check"] == 3
    theirs = [row for row in sizes.rows()["grade"] if "ben" not in str(row)]
    assert theirs == before["grade"]


def test_none_is_plain(sizes, no_seal):  # noqa: ARG001 - it is in place
    """Is a run refused, with nothing changed, in which nobody can be marked?"""
    sizes.submit("ada", CODE)
    (sizes.submit("ben", PLAIN) / "size.py").write_text("size = 3\n", "utf-8")
    before = (sizes.folder / "gradebook.db").read_bytes()
    done = sizes.grade()
    assert (done.returncode, done.stderr.split()) == (1, WHY.split())
    assert (sizes.folder / "gradebook.db").read_bytes() == before


def test_first_cannot(sizes, no_seal):  # noqa: ARG001 - it is in place
    """Is the plain one marked also where the first needs a seal, and is said what lies beside another's?"""
    sizes.submit("ada", CODE)
    (sizes.submit("ben", PLAIN) / "size.py").write_text("size = 3\n", "utf-8")
    sizes.submit("cem", PLAIN)
    done = sizes.grade()
    assert sizes.outcomes() == {"ada": "failed", "ben": "failed", "cem": "graded"}
    assert "  ben: failed. Files lie beside it, so it is run only where" in done.stdout


def test_released_code(sizes, no_seal):  # noqa: ARG001 - it is in place
    """Is it said of an exercise that its own cells need a seal?"""
    sizes.submit("ada", PLAIN)
    sizes.submit("ben", PLAIN)
    sizes.sql("update source_cell set source = 'import os' where name = 'limit'")
    done = sizes.grade()
    assert (done.returncode, sizes.outcomes()) == (1, {})
    assert done.stderr.split() == WHY.split()


def test_seal_for_what_takes_too_long(sizes, monkeypatch):
    """Is a notebook sealed whose own cells end the process that is for plain ones?"""

    def ended(_):
        raise NotPlainError("its released cells take too long")

    monkeypatch.setattr(pool, "execute_plainly", ended)
    sizes.submit("ada", PLAIN)
    assert sizes.grade().returncode == 0
    assert sizes.scores() == {("ada", "size-check"): 3}


def test_no_process(sizes, monkeypatch):
    """Does a run stop, and blame nobody, where no process can be started for what is plain?"""

    def refuse(_):
        raise PlainError("There is no memory.")

    sizes.submit("ada", PLAIN)
    with monkeypatch.context() as patch:
        patch.setattr(pool, "execute_plainly", refuse)
        done = sizes.grade()
    assert done.returncode == 1
    assert "There is no memory. What is graded is kept." in done.stderr
    assert sizes.outcomes() == {}
    assert sizes.grade().returncode == 0


def test_unsafe(sizes):
    """Is nobody's work called unsealed, with --unsafe, of which nothing is run?"""
    sizes.submit("ada", PLAIN)
    sizes.submit("ben", CODE)
    done = sizes.grade("--unsafe")
    assert "ben: It was not sealed." in done.stdout
    assert "ada" not in done.stdout
    assert sizes.outcomes() == {"ada": "graded", "ben": "graded"}


def test_windows(sizes):
    """Are the plain ones marked on Windows, and is said of the other where it can be?"""
    sizes.submit("ada", PLAIN)
    sizes.submit("ben", CODE)
    done = elsewhere.fourps("grade", "run", folder=sizes.folder)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert sizes.outcomes() == {"ada": "graded", "ben": "failed"}, said
    assert sizes.scores() == {("ada", "size-check"): 3}
    assert "Windows cannot run what learners wrote, sealed or not; WSL 2 on it can" in said
