"""A run that is killed at each of its points: is nothing lost, and nothing changed?"""

import contextlib
import re
import shutil
import signal
from collections import Counter

import nbformat
import psutil
import pytest
from killing import Killing, content, renew

pytestmark = pytest.mark.slow
OUTCOMES = dict.fromkeys(("ada", "ben", "cem", "flo"), "graded") | {
    "dov": "failed",
    "eve": "missing",
}


@pytest.fixture(scope="module")
def killing():
    server = Killing()
    yield server
    server.close()


def answers(double, essay):
    return {"double": f"def double(x):\n    return {double}", "essay": essay}


class Begun:
    """A course in which some are graded and marked, and other work was handed in after that.

    It lies always in the same place, as often as it is begun again.
    """

    def __init__(self, course, killing, released):
        self.course = course
        self._kept = course.folder.with_name("kept")
        course.release({"one": nbformat.read(released.folder / "source/ps1/one.ipynb", 4)})
        for learner in ("ada", "ben", "flo"):
            course.submit(learner, answers("x", "First."))
        killing.grade(course.folder)
        course.sql(
            "update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null"
        )
        # as where nbgrader's own command graded it
        course.sql("delete from nbseal_outcome where student = 'flo'")
        course.nbgrader("db", "student", "add", "eve")
        for learner in ("ada", "flo"):
            course.submit(learner, answers("2 * x\nimport time\ntime.sleep(0.3)", "Second."))
        course.submit("cem", answers("x + 2", "Other."))
        (course.submit("dov", {}) / "one.ipynb").write_text("{", "utf-8")
        shutil.copytree(course.folder, self._kept)

    def again(self, kept=None):
        """Have the course be as it was then, or as another copy of it is."""
        renew(self.course.folder, kept or self._kept)

    def state(self):
        """Return all that a facilitator has of the course."""
        graded = self.course.folder / "autograded"
        files = {
            str(path.relative_to(graded)): path.read_bytes() if path.is_file() else None
            for path in graded.rglob("*")
        }
        left = [*self.course.folder.glob("backups/*.unfinished*")]
        return self.course.rows(), self.course.outcomes(), files, left


@pytest.fixture(scope="module")
def begun(killing, released, make_small, tmp_path_factory):
    course = make_small(tmp_path_factory.mktemp("crashes") / "course", quick=True)
    return Begun(course, killing, released)


@pytest.fixture(scope="module")
def expected(killing, begun):
    """Return what comes of the course when nothing is killed."""
    begun.again()
    killing.grade(begun.course.folder)
    state = begun.state()
    assert state[1] == OUTCOMES
    return state


@pytest.fixture(scope="module")
def points(killing, begun, expected):
    """Return the points of a run that grades all again."""
    begun.again()
    status, reached, _ = killing.run(begun.course.folder, force=True)
    assert status == 1
    assert begun.state() == expected
    return reached


def test_there_are_points(points):
    """Are all kinds of points among those at which runs are killed, for each learner?"""
    counts = Counter(re.sub(r"autograded/\w+", "autograded/*", point) for point in points)
    expected = {
        "os.rename backups/gradebook-TIME.unfinished": 1,
        # what was graded is put aside, what is new takes its name, and what was put aside goes
        "os.rename autograded/*/ps1": 3,
        "os.rename autograded/*/.ps1.new": 4,
        "os.rmdir autograded/*/.ps1.old": 3,
        "os.mkdir autograded/*/.ps1.new": 4,
        "open autograded/*/.ps1.new/one.ipynb": 4,
        # the outcomes forgotten, the one who handed in nothing, four graded, one failed
        "COMMIT": 7,
        "executed": 4,
    }
    assert {name: least for name, least in expected.items() if counts[name] < least} == {}


def test_killed_at_each_point(killing, begun, expected, points, tmp_path):
    """Does the next run finish, to the same marks and files, whatever a run was at when it was killed?

    Of neighbours among the points at which the same lies there one is enough.
    """
    begun.again()
    status, reached, _ = killing.run(begun.course.folder, force=True, keep=tmp_path)
    assert (status, reached) == (1, points)
    before, looked_at = None, 0
    for number, point in enumerate(points):
        left = content(tmp_path / str(number))
        if left != before:
            begun.again(tmp_path / str(number))
            assert killing.run(begun.course.folder)[0] == 1, point
            assert begun.state() == expected, point
            looked_at += 1
        before = left
    assert looked_at > len(points) / 4


@pytest.mark.parametrize(
    "point", ["worker started", "worker ready", "sent cell", "sent canary", "notebook ended"]
)
def test_killed_while_notebooks_run(killing, begun, expected, point):
    """Does a run that is killed leave no sealed process, wherever that was, and does the next finish?"""
    begun.again()
    status, reached, worker = killing.run(begun.course.folder, point, ready=False)
    assert (status, reached[-1]) == (-signal.SIGKILL, point)
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(worker).wait(60)
    assert killing.run(begun.course.folder)[0] == 1
    assert begun.state() == expected


@pytest.mark.parametrize("point", ["worker ready", "sent cell", "sent canary", "notebook ended"])
def test_a_worker_is_killed(killing, begun, expected, point):
    """Is a notebook executed once more whose sealed process was killed, as if nothing had been?"""
    begun.again()
    status, reached, _ = killing.run(
        begun.course.folder, point, victim="worker", force=True, ready=False
    )
    assert reached.count("worker started") == 2
    assert status == 1
    assert begun.state() == expected


def test_a_worker_is_killed_before_it_is_ready(killing, begun, expected, tmp_path):
    """Is nothing changed where the first process did not start, and does the next run grade all?"""
    begun.again()
    before = begun.state()
    program = tmp_path / "bwrap"
    killed = f"mkdir {tmp_path}/once 2>/dev/null && kill -KILL $$"
    program.write_text(f'#!/bin/sh\n{killed}\nexec {shutil.which("bwrap")} "$@"\n', "utf-8")
    program.chmod(0o755)
    assert killing.run(begun.course.folder, ready=False, path=str(tmp_path))[0] != 0
    assert begun.state() == before
    assert killing.run(begun.course.folder)[0] == 1
    assert begun.state() == expected
