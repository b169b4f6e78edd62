"""What the configurations and notebooks of other people's courses say, under nbgrader's own step."""

import nbformat
import pytest

from nbseal.gradebook.settings import opened
from nbseal.run.stages import Stages

pytestmark = pytest.mark.slow
# nothing is loaded that these need not
BARE = "c.SealedExecute.preload = []"
LARGE = "large = bytearray(700_000_000)\n"


# what equals everything, as a learner writes it
EQUAL = "class All:\n    def __eq__(self, other): return True\ndef double(x):\n    return All()"


@pytest.fixture
def stock(small_course):
    """Return a course with nbgrader's own step."""
    course = small_course()
    course.configure(BARE)
    return course


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
    stock.configure(lines)
    with opened(stock.folder) as app:
        way = Stages(app, None).way(sealed=True)
    assert (way.limits.cell_seconds, way.limits.total_seconds, way.limits.cpu_seconds) == times
    assert way.preload == ()


def test_time_of_each_cell(stock, right):
    """Has each cell the time that `timeout_func` gives it, and does the reason say how long that was?"""
    lines = "def given(cell):\n    return 1 if 'hurry' in cell.source else None"
    stock.configure(f"{lines}\nc.Execute.timeout = 2\nc.Execute.timeout_func = given")
    wait = "import time\ntime.sleep(3)\n"
    stock.submit("ada", right | {"double": f"{wait}{right['double']}"})
    stock.submit("ben", right | {"double": f"'hurry'\n{wait}{right['double']}"})
    text = stock.grade().stdout
    assert stock.outcomes() == {"ada": "graded", "ben": "partly"}
    assert (
        "ben: partly graded. one: Took too long and was stopped, the next one ran: cell 2 (1 s)."
        in text
    )
    assert stock.scores()["ada", "double-check"] == 3


def test_a_function_of_the_course_that_fails(stock, right):
    """Is somebody named on whose notebook `timeout_func` fails, while the others are graded?"""
    stock.configure("c.Execute.timeout_func = lambda cell: 1 / ('odd' not in cell.source)")
    stock.submit("ada", right)
    stock.submit("ben", right | {"double": "odd = 1"})
    text = stock.grade().stdout
    assert stock.outcomes() == {"ada": "graded", "ben": "partly"}
    assert "one: It cannot be prepared (ZeroDivisionError: division by zero)." in text


@pytest.mark.parametrize(
    ("kept", "asks"),
    [
        (LARGE, True),
        (f"try:\n    {LARGE}except MemoryError:\n    raise MemoryError from None\n", True),
        ("import resource\n", False),
    ],
)
def test_memory(stock, right, kept, asks):
    """Is work that ran out of memory told as that, and is it graded where the configuration gives more?"""
    stock.configure("c.SealedExecute.limits = {'memory_mb': 400}")
    stock.submit("ada", right | {"double": f"{kept}{right['double']}"})
    done = stock.grade()
    if not asks:
        assert (done.returncode, stock.outcomes()) == (0, {"ada": "graded"})
        return
    assert done.returncode == 1
    assert stock.outcomes() == {"ada": "partly"}
    assert "one: It wanted more than 400 MB of memory: cell 2. Where the task needs" in done.stdout
    stock.configure("c.SealedExecute.limits = {'memory_mb': 2048}")
    assert stock.grade("--force").returncode == 0
    assert stock.scores()["ada", "double-check"] == 3


def test_memory_with_nbgrader_s_command(small, right):
    """Does `nbgrader autograde` say it too, with our step?"""
    small.configure("c.Autograde.autograde_preprocessors = ['nbseal.seal.SealedExecute']")
    small.configure("c.SealedExecute.limits = {'memory_mb': 400}")
    small.submit("ada", right | {"double": f"{LARGE}{right['double']}"})
    done = small.nbgrader("autograde", "ps1")
    assert "It wanted more than 400 MB of memory: cell 2." in done.stdout + done.stderr


def test_marker(stock, right):
    """Does the setting for the marker hold under nbgrader's own step?"""
    stock.configure("c.SealedExecute.marker = True")
    stock.submit("ada", right)
    stock.submit("eve", right | {"double": EQUAL})
    stock.grade()
    scores = stock.scores()
    assert (scores["ada", "double-check"], scores["eve", "double-check"]) == (3, 0)


@pytest.mark.parametrize("name", ["Python 3.9.7 ('base')", "Python [conda env:base] *"])
def test_names_of_kernels(released, make_small, right, tmp_path, name):
    """Are hand-ins graded, and feedback made, whatever the kernel of the source is called?"""
    course = make_small(tmp_path / "course")
    source = nbformat.read(released.folder / "source" / "ps1" / "one.ipynb", 4)
    source.metadata.kernelspec = {"name": "base-env@1", "display_name": name, "language": "python"}
    # which a person would have to mark
    del source.cells[-1]
    course.release({"one": source})
    course.submit("ada", right)
    done = course.grade()
    assert (done.returncode, course.outcomes()) == (0, {"ada": "graded"}), done.stdout
    graded = nbformat.read(course.folder / "autograded" / "ada" / "ps1" / "one.ipynb", 4)
    assert graded.metadata.kernelspec.display_name == name
    done = course.fourps("feedback", "ps1")
    assert done.returncode == 0, done.stderr
