"""Grading where sealing is impossible: is it refused in a sentence, and can one go on?"""

import importlib.util
import os
from pathlib import Path

import commands
import pytest

from nbseal.run import pool
from nbseal.seal import SealError

pytestmark = pytest.mark.slow
# what Python has there is taken away, and what it is asked for its name, before anything of ours is
# loaded; other people's packages have asked already, since this machine has only their parts for Linux
BEFORE = """
import asyncio, sys
import babel.dates, nbgrader.apps, nbgrader.converters, pandas, rich.progress, typer
import sqlalchemy.dialects.sqlite, jsonschema, jupytext
for name in [*sys.modules]:
    if name.partition(".")[0] in ("fourps", "nbseal"):
        del sys.modules[name]
for name in {missing}:
    sys.modules[name] = None
sys.platform = {platform!r}
"""
RUN = "from fourps.cli import app\nsys.argv[0] = 'fourps'\napp()"
MACOS = "darwin", ["pyseccomp"]
WINDOWS = "win32", ["fcntl", "resource", "pyseccomp", "pwd", "grp", "termios"]
ON_WINDOWS = (
    "Windows cannot run what learners wrote, sealed or not; WSL 2 on it can, or a container:"
)


def elsewhere(system, program, *words, cwd=None):
    platform, missing = system
    return commands.run(
        ["-c", BEFORE.format(missing=missing, platform=platform) + program, *words],
        cwd=cwd,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "300"},
    )


def run(system, course, *words):
    return elsewhere(system, RUN, "grade", "run", "--course", str(course.folder), *words)


@pytest.mark.parametrize(
    ("system", "more"),
    [(MACOS, ["nbseal.inside.zygote"]), (WINDOWS, [])],
    ids=["macOS", "Windows"],
)
def test_imports(system, more):
    """Can grading be imported where parts of Linux are missing, and what runs unsealed as well?"""
    asked = f"import {', '.join(['nbseal.seal', 'nbseal.run.driver', *more])}"
    done = elsewhere(system, asked)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("system", "words", "said"),
    [
        (MACOS, [], "Sealed grading needs Linux, and this is darwin: autograder/SEALING.md says"),
        (WINDOWS, [], ON_WINDOWS),
        (WINDOWS, ["--unsafe"], ON_WINDOWS),
    ],
    ids=["macOS", "Windows", "Windows unsafe"],
)
def test_refused(system, words, said, small, right):
    """Is grading refused with the reason and the way on alone, and is nothing changed?"""
    small.submit("ada", right)
    done = run(system, small, *words)
    assert done.returncode == 1
    assert done.stderr.startswith(said), done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not small.outcomes()
    assert not (small.folder / "backups").exists()


def test_unsafe_on_macos(small, right):
    """Does --unsafe grade where there is everything but Linux's own parts, with files beside a notebook?"""
    imports = right | {"double": "from mine import two\ndef double(x):\n    return two * x"}
    place = small.submit("ada", imports)
    (place / "mine.py").write_text("two = 2\n", "utf-8")
    done = run(MACOS, small, "--unsafe", "--workers", "1")
    assert "It was not sealed." in done.stdout, done.stderr
    assert small.outcomes() == {"ada": "graded"}
    assert small.scores()["ada", "double-check"] == 3


@pytest.mark.parametrize("system", [MACOS, WINDOWS], ids=["macOS", "Windows"])
def test_nbgrader(system, small, right):
    """Does nbgrader itself, with this configuration, name the reason too?"""
    small.submit("ada", right)
    asked = "from nbgrader.apps import NbGraderApp\nNbGraderApp.launch_instance()"
    done = elsewhere(system, asked, "autograde", "ps1", cwd=small.folder)
    assert done.returncode != 0
    assert "autograder/SEALING.md says how to go on" in done.stderr


def without(module, tmp_path):
    """Return what a command is started in to find one of the installed modules broken."""
    place = tmp_path / "broken.py"
    place.write_text(f"raise ModuleNotFoundError({f'No module named {module!r}'!r})\n", "utf-8")
    origin = importlib.util.find_spec(module).origin
    return ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(place), origin, "--"]


LACKS = (
    "The process that executes notebooks did not start (it ended with status 1): "
    "ModuleNotFoundError: No module named 'ipykernel'. Install nbseal's extra "
    "'grade'."
)


def test_without_a_library(small, right, tmp_path):
    """Is a machine refused that cannot run a notebook, before anything is changed, with what to do?"""
    small.submit("ada", right)
    lacking = without("ipykernel", tmp_path)
    done = small.run(inside=lacking)
    assert (done.returncode, done.stdout) == (1, "")
    assert " ".join(done.stderr.split()) == LACKS
    assert not small.outcomes()
    assert not (small.folder / "backups").exists()
    # nor what was graded where it could be
    assert small.run().returncode == 0
    before = (small.folder / "gradebook.db").read_bytes()
    again = small.run("--force", inside=lacking)
    assert (again.returncode, again.stdout) == (1, "")
    assert (small.folder / "gradebook.db").read_bytes() == before
    # with nothing to be run it is not asked
    assert small.run(inside=lacking).returncode == 0


def test_lost_on_the_way(small, right, monkeypatch):
    """Does a run stop, and blame nobody, when no process can be started any more?"""
    for learner in ("ada", "ben", "cem"):
        small.submit(learner, right)
    real, asked = pool.execute, []

    def refuse(*_):
        raise SealError("There is no memory.")

    def execute(work, way):
        asked.append(work)
        if len(asked) == 1:
            return real(work, way)
        monkeypatch.setitem(pool._idle, way, [])
        monkeypatch.setattr(pool, "ready", refuse)
        return refuse()

    monkeypatch.setattr(pool, "execute", execute)
    done = small.grade()
    assert done.returncode == 1
    assert small.outcomes() == {"ada": "graded"}
    assert "1 decided now." in done.stdout
    assert "There is no memory. What is graded is kept. Mend that, then run again." in done.stderr
    monkeypatch.undo()
    assert small.grade().returncode == 0
    assert small.outcomes() == dict.fromkeys(("ada", "ben", "cem"), "graded")


def test_failures_are_not_decided(small, right):
    """Is a failure counted as one, and never as decided?"""
    small.submit("ada", right)
    (small.submit("ben", right) / "one.ipynb").write_text("{", "utf-8")
    (small.folder / "submitted" / "ben" / "ps1" / "two.ipynb").write_text("{", "utf-8")
    assert "\n1 decided now, 1 failed. The gradebook" in small.grade().stdout
    assert "\n1 failed now. The gradebook" in small.grade().stdout


def test_without_libseccomp(small, right, tmp_path):
    """Is the library named that the seal is made with, where it is missing?"""
    # neither the list of libraries nor its file is there for whoever looks
    hidden = tmp_path / "hidden"
    hidden.write_bytes(b"")
    places = [Path("/etc/ld.so.cache"), *Path("/usr").glob("lib*/**/libseccomp.so*")]
    inside = ["bwrap", "--dev-bind", "/", "/"]
    for place in {place.resolve() for place in places}:
        inside += ["--ro-bind", str(hidden), str(place)]
    small.submit("ada", right)
    done = small.run(inside=[*inside, "--"])
    assert done.returncode == 1
    assert done.stderr.startswith("Sealed grading needs libseccomp, which cannot be loaded (")
    assert "Unable to find libseccomp): autograder/SEALING.md says" in done.stderr
    assert not small.outcomes()
