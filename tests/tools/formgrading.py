"""A small course in nbgrader's own programs, and its formgrader in a real Jupyter server."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import commands
import nbformat
from graded_cells import KERNEL, marks
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BIN = Path(sys.executable).parent
CONFIGURATION = Path(__file__).parents[2] / "autograder" / "nbgrader_config.py"
ENVIRONMENT = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "NO_COLOR": "1"}


def run(*words, cwd, env=ENVIRONMENT):
    """Run a program of this environment, and insist that it worked."""
    done = commands.run([BIN / words[0], *words[1:]], cwd=cwd, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def released(folder):
    """Release an exercise under this course's configuration, and return it as learners get it."""
    cells = [
        new_code_cell("x = 0", metadata=marks("x", solution=True)),
        new_code_cell("assert x == 1", metadata=marks("task-4-check", True, points=2)),
        new_markdown_cell("Write $x$.", metadata=marks("essay", True, True, points=3)),
    ]
    source = folder / "source" / "ps1" / "ex.ipynb"
    source.parent.mkdir(parents=True)
    shutil.copy(CONFIGURATION, folder)
    nbformat.write(new_notebook(metadata=KERNEL, cells=cells), source)
    run("nbgrader", "generate_assignment", "ps1", cwd=folder)
    return nbformat.read(folder / "release" / "ps1" / "ex.ipynb", as_version=4)


def grade(folder, notebook, *learners):
    """Grade a notebook as the hand-in of some learners, and insist that it stays as it was."""
    text = json.dumps(notebook)
    paths = [folder / "submitted" / learner / "ps1" / "ex.ipynb" for learner in learners]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    run("fourps", "grade", "run", "ps1", "--course", folder, "--workers", "1", cwd=folder)
    assert {path.read_text("utf-8") for path in paths} == {text}


def sql(folder, statement, *values):
    """Ask the gradebook, or change it."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
        return database.execute(statement, values).fetchall()


def formgrader(start_jupyter, folder, env=ENVIRONMENT):
    """Return a context in which a Jupyter server with no settings runs in the course's folder."""
    home = folder.parent / "jupyter"
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = env | {name: str(home / name) for name in names}
    log = folder.parent / "server.log"
    return start_jupyter([BIN / "jupyter-server"], log, cwd=folder, env=environment)
