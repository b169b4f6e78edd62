"""What the configurations and notebooks of other people's courses say, under nbgrader's own step."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from fourps.grading.gradebook.settings import opened
from fourps.grading.run.stages import Stages

pytestmark = pytest.mark.slow
# nothing is loaded that these need not
BARE = "c.SealedExecute.preload = []\n"
LARGE = "large = bytearray(700_000_000)\n"


class Equal:
    """What equals everything, as a learner writes it."""

    cell = "class All:\n    def __eq__(self, other): return True\ndef double(x):\n    return All()"


@pytest.fixture
def stock(small):
    """Return a function that makes a course with nbgrader's own step and a few lines."""

    def make(lines=""):
        with (small.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(f"{BARE}{lines}\n")
        return small

    return make


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        ("", (5, 300, 120)),
        ("c.Execute.timeout = 30", (30, 300, 120)),
        ("c.Execute.timeout = 600", (600, 6000, 2400)),
        ("c.Execute.timeout = -1", (3600, 36000, 14400)),
        ("c.Execute.timeout = None", (3600, 36000, 14400)),
        ("c.Execute.timeout_func = lambda cell: 7", (3600, 36000, 14400)),
        ("c.Execute.timeout = -1\nc.SealedExecute.limits = {'total_seconds': 9}", (3600, 9, 14400)),
        ("c.SealedExecute.limits = {'cell_seconds': 60}", (60, 600, 240)),
    ],
)
def test_times(stock, lines, times):
    """Have cells the time that the configuration gives them, and the notebook what that takes?"""
    with opened(stock(lines).folder) as app:
        way = Stages(app, None).way(sealed=True)
    assert (way.limits.cell_seconds, way.limits.total_seconds, way.limits.cpu_seconds) == times
    assert way.preload == ()


def test_time_of_each_cell(stock, right):
    """Has each cell the time that `timeout_func` gives it, and does the reason say how long that was?"""
    lines = "def given(cell):\n    return 1 if 'hurry' in cell.source else None"
    course = stock(f"{lines}\nc.Execute.timeout = 2\nc.Execute.timeout_func = given")
    wait = "import time\ntime.sleep(3)\n"
    course.submit("ada", right | {"double": f"{wait}{right['double']}"})
    course.submit("ben", right | {"double": f"'hurry'\n{wait}{right['double']}"})
    said = course.grade().stdout
    assert course.outcomes() == {"ada": "graded", "ben": "partly"}
    assert (
        "ben: partly graded. one: Took too long and was stopped, the next one ran: cell 2 (1 s)."
        in said
    )
    assert course.scores()["ada", "double-check"] == 3


def test_a_function_of_the_course_that_fails(stock, right):
    """Is somebody named on whose notebook `timeout_func` fails, while the others are graded?"""
    lines = "c.Execute.timeout_func = lambda cell: 1 / ('odd' not in cell.source)"
    course = stock(lines)
    course.submit("ada", right)
    course.submit("ben", right | {"double": "odd = 1"})
    said = course.grade().stdout
    assert course.outcomes() == {"ada": "graded", "ben": "partly"}
    assert "one: It cannot be prepared (ZeroDivisionError: division by zero)." in said


@pytest.mark.parametrize(
    ("kept", "asks"),
    [
        (LARGE, {"cells": "2"}),
        (
            f"try:\n    {LARGE}except MemoryError:\n    raise MemoryError from None\n",
            {"cells": "2"},
        ),
        ("import resource\n", None),
    ],
)
def test_memory(stock, right, kept, asks):
    """Is work that ran out of memory told as that, and is it graded where the configuration gives more?"""
    course = stock("c.SealedExecute.limits = {'memory_mb': 400}")
    course.submit("ada", right | {"double": f"{kept}{right['double']}"})
    done = course.grade()
    if asks is None:
        assert (done.returncode, course.outcomes()) == (0, {"ada": "graded"})
        return
    assert done.returncode == 1
    assert course.outcomes() == {"ada": "partly"}
    assert "one: It wanted more than 400 MB of memory: cell 2. Where the task needs" in done.stdout
    stock("c.SealedExecute.limits = {'memory_mb': 2048}")
    assert course.grade("--force").returncode == 0
    assert course.scores()["ada", "double-check"] == 3


def test_memory_with_nbgrader_s_command(small, right):
    """Does `nbgrader autograde` say it too, with our step?"""
    with (small.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        step = "'fourps.grading.seal.SealedExecute'"
        config.write(f"{BARE}c.Autograde.autograde_preprocessors = [{step}]\n")
        config.write("c.SealedExecute.limits = {'memory_mb': 400}\n")
    small.submit("ada", right | {"double": f"{LARGE}{right['double']}"})
    done = small.nbgrader("autograde", "ps1")
    assert "It wanted more than 400 MB of memory: cell 2." in done.stdout + done.stderr


def test_marker(stock, right):
    """Does the setting for the marker hold under nbgrader's own step?"""
    course = stock("c.SealedExecute.marker = True")
    course.submit("ada", right)
    course.submit("eve", right | {"double": Equal.cell})
    course.grade()
    scores = course.scores()
    assert (scores["ada", "double-check"], scores["eve", "double-check"]) == (3, 0)


@pytest.mark.parametrize("name", ["Python 3.9.7 ('base')", "Python [conda env:base] *"])
def test_names_of_kernels(make_small, marks, tmp_path, name):
    """Are hand-ins graded, and feedback made, whatever the kernel of the source is called?"""
    course = make_small(tmp_path / "course")
    check = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(5) == 10\n### END HIDDEN TESTS"
    answer = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
    source = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "base-env@1", "display_name": name, "language": "python"}},
        cells=[
            new_code_cell(answer, metadata=marks("double", solution=True)),
            new_code_cell(check, metadata=marks("double-check", grade=True, points=3)),
        ],
    )
    course.release({"one": source})
    course.submit("ada", {"double": "def double(x):\n    return 2 * x"})
    done = course.grade()
    assert (done.returncode, course.outcomes()) == (0, {"ada": "graded"}), done.stdout
    graded = nbformat.read(course.folder / "autograded" / "ada" / "ps1" / "one.ipynb", 4)
    assert graded.metadata.kernelspec.display_name == name
    done = course.fourps("grade", "feedback", "ps1", "--course", course.folder)
    assert done.returncode == 0, done.stderr
