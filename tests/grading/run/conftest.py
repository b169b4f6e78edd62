"""Small nbgrader courses, made by nbgrader itself."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import commands
import nbformat
import pytest
from graded_cells import KERNEL, answer, check, marks
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sqlalchemy import create_engine, inspect
from typer.testing import CliRunner

from fourps.cli import app
from nbseal.run import pool, stages

PROGRAMS = Path(sys.executable).parent
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "small"
c.CourseDirectory.db_url = "{url}"
c.Execute.timeout = 5
"""
QUICK = """
from nbseal.seal import SealedExecute
from nbgrader.preprocessors import SaveAutoGrades, AssignLatePenalties, CheckCellMetadata
c.SealedExecute.preload = []
c.Autograde.autograde_preprocessors = [SealedExecute, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
"""


def first():
    """Return a notebook with code, checks with hidden tests and partial credit, and an essay."""
    return new_notebook(
        metadata=KERNEL,
        cells=[
            new_markdown_cell("# One"),
            new_code_cell(
                "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
                metadata=marks("double", solution=True),
            ),
            check("double-check", "assert double(2) == 4", "assert double(5) == 10", points=3),
            answer("words", "words = ['a', 'b']", "words = []\n"),
            check("words-check", "min(len(words), 2) * 1.0", points=2),
            new_markdown_cell("Write.", metadata=marks("essay", True, True, 4)),
        ],
    )


def second():
    """Return a second notebook, which reads a file that lies beside it."""
    total = answer("total", "total = sum(map(int, open('numbers.txt')))", "total = 0\n")
    cells = [total, check("total-check", "assert total == 6", points=5)]
    return new_notebook(metadata=KERNEL, cells=cells)


class Small:
    """A course of one assignment in a folder of its own."""

    def __init__(self, folder, url="", config=CONFIG, like=None, quick=False):
        self.folder = folder
        self.url = url or f"sqlite:///{folder / 'gradebook.db'}"
        folder.mkdir()
        (folder / "nbgrader_config.py").write_text(config.replace("{url}", self.url), "utf-8")
        if like:
            self.copy(like)
        if quick:
            self.configure(QUICK)

    def configure(self, lines):
        """Add to the configuration."""
        with (self.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(f"{lines}\n")

    def scores(self):
        """Return points by learner and cell."""
        return {
            (row["notebook_id"].rpartition(" of ")[2], row["cell_id"].split()[1]): row["auto_score"]
            for row in self.rows()["grade"]
        }

    def sql(self, statement, *values):
        """Return rows of a gradebook in SQLite."""
        with sqlite3.connect(self.folder / "gradebook.db") as database:
            rows = database.execute(statement, values).fetchall()
        database.close()
        return rows

    def release(self, notebooks):
        """Release an assignment called ps1."""
        source = self.folder / "source" / "ps1"
        source.mkdir(parents=True)
        for name, notebook in notebooks.items():
            nbformat.write(notebook, source / f"{name}.ipynb")
        (source / "numbers.txt").write_text("1\n2\n3\n", "utf-8")
        self.nbgrader("generate_assignment", "ps1")

    def submit(self, learner, answers, names=("one", "two"), change=None):
        """Hand in what was released, with answers in place of cells of a name."""
        place = self.folder / "submitted" / learner / "ps1"
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = self.folder / "release" / "ps1" / f"{name}.ipynb"
            if not path.exists():
                continue
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                key = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = answers.get(key, cell.source)
            if change:
                change(notebook)
            nbformat.write(notebook, place / f"{name}.ipynb")
        return place

    def nbgrader(self, *words, check=True):
        if words[0] == "autograde":
            # a port that was free may be taken before a kernel binds it; a file in this folder is not
            words += (
                "--KernelManager.transport=ipc",
                f"--KernelManager.ip={self.folder / 'kernel'}",
            )
        return self._command("nbgrader", *words, cwd=self.folder, check=check)

    def run(self, *words, **more):
        return self.fourps("run", *words, **more)

    def fourps(self, *words, **more):
        """Run a command for those who grade."""
        words = ("fourps", "grade", *words, "--course", self.folder)
        return self._command(*words, check=False, **more)

    def grade(self, *words):
        """Do what `run` does in this process, whose sealed processes stay for the next run."""
        place = ("--course", str(self.folder), "--workers", "1")
        done = CliRunner().invoke(app, ["grade", "run", *place, *words])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)

    def start(self, *words):
        """Start a run and return its process."""
        reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as pipe:
            command = ["fourps", "grade", "run", "--course", self.folder, *words]
            process = commands.start(command, env=ENVIRONMENT, stderr=pipe)
        process.stderr = os.fdopen(reading, encoding="utf-8")
        return process

    def end(self, process):
        """Wait for such a process, and return its status and what else it said."""
        with process.stderr as pipe:
            return process.wait(300), pipe.read()

    def copy(self, graded):
        """Take over from another course what was released, handed in and graded."""
        for part in ("source", "release", "submitted", "autograded"):
            if (graded.folder / part).exists():
                shutil.copytree(graded.folder / part, self.folder / part)
        shutil.copy(graded.folder / "gradebook.db", self.folder)

    def _command(self, program, *words, cwd=None, check=True, inside=(), seconds=600.0):
        words = [*inside, PROGRAMS / program, *words]
        done = commands.run(words, cwd=cwd, env=ENVIRONMENT, timeout=seconds)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def rows(self):
        """Return all that the gradebook knows of submissions, by names in place of random ids."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            tables = {
                name: connection.exec_driver_sql(f"select * from {name}").mappings().all()  # noqa: S608
                for name in TABLES
            }
        engine.dispose()
        return _named(tables)

    def outcomes(self):
        """Return status by learner."""
        engine = create_engine(self.url)
        rows = []
        with engine.connect() as connection:
            if inspect(connection).has_table("nbseal_outcome"):
                query = "select student, status from nbseal_outcome"
                rows = connection.exec_driver_sql(query).all()
        engine.dispose()
        return dict(rows)


ENVIRONMENT = os.environ | {
    "PATH": os.pathsep.join([str(PROGRAMS), os.environ["PATH"]]),
    "NO_COLOR": "1",
    "COLUMNS": "300",
}


KINDS = ("submitted_assignment", "submitted_notebook", "grade", "comment")
TABLES = ("assignment", "notebook", "base_cell", *KINDS)


def _named(tables):
    """Replace ids by names, so that two gradebooks can be compared."""
    names = {row["id"]: row["name"] for row in (*tables["assignment"], *tables["notebook"])}
    names |= {row["id"]: f"{row['type']} {row['name']}" for row in tables["base_cell"]}
    for row in tables["submitted_assignment"]:
        names[row["id"]] = f"{names[row['assignment_id']]} of {row['student_id']}"
    for row in tables["submitted_notebook"]:
        names[row["id"]] = f"{names[row['notebook_id']]} in {names[row['assignment_id']]}"
    return {
        kind: sorted(
            (
                {key: names.get(value, _plain(value)) for key, value in row.items() if key != "id"}
                for row in tables[kind]
            ),
            key=repr,
        )
        for kind in KINDS
    }


def _plain(value):
    """Return a time as SQLite has it, so that two databases can be compared."""
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "words": "words = ['a', 'b']",
    "essay": "I wrote this.",
    "total": "total = sum(map(int, open('numbers.txt')))",
}


@pytest.fixture(scope="session")
def sealed():
    """End the sealed processes when nobody needs them any more."""
    yield
    pool.close_idle()


@pytest.fixture(scope="module", autouse=True)
def stay(sealed):  # noqa: ARG001 - which ends after it
    """Have the sealed processes of runs in this process stay for the next run, of any course.

    None sees the courses of tests anyhow, which lie where nothing is shown; to hide each by name
    would take processes of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "close_idle", lambda: None)
        patch.setattr(stages, "of_course", lambda _: ())
        yield


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """Return a released course, to be copied."""
    course = Small(tmp_path_factory.mktemp("released") / "course")
    course.release({"one": first(), "two": second()})
    return course


@pytest.fixture(scope="session")
def make_small():
    """Return what makes a course in which nothing was released."""
    return Small


@pytest.fixture
def small_course(released, tmp_path):
    """Return a function that makes a course in which ps1 was released."""
    return lambda name="course", **how: Small(tmp_path / name, like=released, **how)


@pytest.fixture
def small(small_course):
    """Return a course in which ps1 was released, whose notebooks start without what they need not."""
    return small_course(quick=True)


@pytest.fixture(scope="session")
def right():
    """Return answers that earn all there is."""
    return dict(RIGHT)


class Postgres:
    """A PostgreSQL server in a folder of its own, on this machine only."""

    def __init__(self, folder):
        self._how = {"cwd": folder}
        if not os.geteuid():
            # it refuses to run as root
            nobody = pwd.getpwnam("nobody")
            self._how |= {"user": nobody.pw_uid, "group": nobody.pw_gid}
            os.chown(folder, nobody.pw_uid, -1)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        data = folder / "data"
        # no locale: that of who tests may not be installed
        words = ["--no-sync", "--no-locale", "-A", "trust", "-U", "fourps"]
        words += ["-E", "UTF8", "-D", data]
        with (folder / "log").open("wb") as said:
            subprocess.run(
                [self._program("initdb"), *words], check=True, **self._how, stdout=said, stderr=said
            )
            # without its parent it ends: a run of tests that is killed leaves no server
            words = ["setpriv", "--pdeathsig", "QUIT", self._program("postgres"), "-D", data]
            words += ["-h", "127.0.0.1", "-p", str(self._port), "-k", folder, "-c", "fsync=off"]
            self._server = subprocess.Popen(words, **self._how, stdout=said, stderr=said)
        asking = [self._program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
        while subprocess.run(asking, check=False).returncode:
            assert self._server.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)

    def _program(self, name):
        # Debian keeps them out of the way
        places = [os.environ["PATH"], *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
        program = shutil.which(name, path=os.pathsep.join(places))
        assert program, f"{name} is missing: run `sh tests/need.sh`"
        return program

    def stop(self):
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()

    def database(self, name, like="template1"):
        """Make a database, empty or like another one, and return its url."""
        place = f"postgresql+psycopg://fourps@127.0.0.1:{self._port}"
        engine = create_engine(f"{place}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"create database {name} template {like}")
        engine.dispose()
        return f"{place}/{name}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """Return a function that makes a PostgreSQL database in which ps1 was released."""
    folder = Path(tempfile.mkdtemp(prefix="fourps-postgres-"))
    folder.chmod(0o700)
    server = Postgres(folder)
    course = Small(tmp_path_factory.mktemp("postgres") / "course", server.database("released"))
    course.release({"one": first(), "two": second()})
    yield lambda name: server.database(name, "released")
    server.stop()
    shutil.rmtree(folder)
