"""A course in a folder of its own, with the real exercise released by the real nbgrader."""

from __future__ import annotations

import os
import shutil
import sqlite3

import commands
import pytest


class CourseFolder:
    """nbgrader's folder, with commands run as a facilitator runs them."""

    def __init__(self, path, root):
        self.path = path
        self.root = root

    def nbgrader(self, *words, check=True):
        """Run a plain command of nbgrader, as whoever has only the course's configuration.

        The PATH lacks the environment's programs, and nobody has named the course's profile.
        """
        variables = {name: os.environ[name] for name in os.environ if name != "NBSEAL_PROFILE"}
        done = commands.run(
            ["nbgrader", *words], cwd=self.path, env=variables | {"PATH": os.defpath}
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def fourps(self, *words):
        place = ("--course", self.path, "--root", self.root)
        return commands.fourps("grade", *words, *place, env={"PATH": os.defpath})

    def grade(self, *words):
        return commands.fourps("grade", *words, "--course", self.path, env={"PATH": os.defpath})

    def mark(self, number, *words):
        place = ("--course", self.path)
        words = ("mark", "protection", str(number), *words, *place)
        return commands.fourps(*words, env={"PATH": os.defpath})

    def submit(self, learner, notebook):
        folder = self.path / "submitted" / learner / "protection"
        folder.mkdir(parents=True)
        (folder / "exercise.ipynb").write_bytes(notebook)

    def marks(self):
        """Return the points of each learner and cell: given automatically, and by a person."""
        query = """
            select student.id, base_cell.name, grade.auto_score, grade.manual_score
            from grade
            join submitted_notebook on grade.notebook_id = submitted_notebook.id
            join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
            join student on submitted_assignment.student_id = student.id
            join base_cell on grade.cell_id = base_cell.id
        """
        found = {}
        with sqlite3.connect(self.path / "gradebook.db") as database:
            for learner, cell, auto, manual in database.execute(query):
                found.setdefault(learner, {})[cell] = auto if manual is None else manual
        database.close()
        return found


@pytest.fixture(scope="session", autouse=True)
def forked():
    """Have nbgrader and alembic forked wherever grading starts them."""
    commands.fork_here()


@pytest.fixture(scope="session")
def copy(root, tmp_path_factory):
    """Return a copy of the course's folder, so that a release writes nothing into the checkout."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("modules", "exercises", "book"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "_toc.yml", folder)
    return folder


@pytest.fixture(scope="session")
def as_released(root, copy, tmp_path_factory):
    """The folder of a course in which everything was released, and nobody has handed in."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copy(root / "autograder" / "nbgrader_config.py", folder)
    done = CourseFolder(folder, copy).fourps("release")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def course(as_released, copy, tmp_path_factory):
    """Return a course in which Protection was released."""
    return CourseFolder(
        shutil.copytree(as_released, tmp_path_factory.mktemp("course") / "course"), copy
    )
