"""What runs the commands of other tests."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import commands
import pytest

# it is of these tests alone
pytestmark = pytest.mark.slow
ENVIRONMENT = os.environ | {"NO_COLOR": "1", "COLUMNS": "90"}


@pytest.mark.parametrize(
    "words",
    [
        ["fourps", "--version"],
        ["fourps", "grade", "run", "--help"],
        ["fourps", "check", "nowhere"],
        ["fourps", "fly"],
        ["nbgrader", "list", "--fly"],
        ["-m", "nbgrader", "list", "--fly"],
        ["-c", "import sys; print(sys.argv, __name__)", "word"],
        ["-c", "raise SystemExit(5)"],
    ],
)
def test_as_the_real_one(words, tmp_path):
    """Does a command say and return what it does in an interpreter of its own?"""
    real = subprocess.run(
        [sys.executable, *words] if words[0][0] == "-" else [commands.BIN / words[0], *words[1:]],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    forked = commands.run(words, cwd=tmp_path, env=ENVIRONMENT)
    assert (forked.returncode, forked.stdout) == (real.returncode, real.stdout)
    # nbgrader says at which second
    assert [line.rpartition("]")[2] for line in forked.stderr.splitlines()] == [
        line.rpartition("]")[2] for line in real.stderr.splitlines()
    ]


# takes so long that it cannot have ended before a test goes on, on however slow a machine
LONG = ["fourps", "check"]


def test_killed(root):
    """Does a command that is killed say so, by the signal?"""
    running = commands.start([*LONG, root])
    assert running.poll() is None
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == running.poll() == -signal.SIGKILL


def test_its_own_folder_and_environment(course):
    """Does a command see its own folder and environment, and leave those of the tests alone?"""
    before = Path.cwd(), dict(os.environ)
    for columns in ("60", "100"):
        words = ["fourps", "check", "--help"]
        done = commands.run(words, cwd=course, env=ENVIRONMENT | {"COLUMNS": columns})
        assert max(map(len, done.stdout.splitlines())) == int(columns)
    assert commands.run(["fourps", "check", "."], cwd=course).returncode == 0
    assert (Path.cwd(), dict(os.environ)) == before
