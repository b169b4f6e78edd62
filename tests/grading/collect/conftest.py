"""A course with a release, and hand-ins for it."""

from __future__ import annotations

import os
import shutil
from importlib.metadata import version

import nbformat
import pytest

from fourps.grading.exercise_text import read
from fourps.grading.release_exercises import _save, without_solutions
from fourps.handin.released_exercise import describe
from fourps.learn.submit import pack
from nbseal.base.notebook_file import dump


@pytest.fixture(scope="module")
def released(root, tmp_path_factory):
    """Return a released notebook, made without nbgrader's own commands."""
    notebook = without_solutions(read(root / "exercises" / "protection" / "exercise.md"))
    about = describe(notebook, "protection", version("fourps"))
    notebook.metadata = nbformat.from_dict({"fourps": about.model_dump()})
    path = tmp_path_factory.mktemp("released") / "exercise.ipynb"
    _save(notebook, path)
    return path


@pytest.fixture
def course(tmp_path, released, root):
    """Return nbgrader's folder with a release, as far as collecting looks at it."""
    folder = tmp_path / "course"
    place = folder / "release" / "protection"
    place.mkdir(parents=True)
    shutil.copy(released, place)
    shutil.copy(root / "autograder" / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def handins(tmp_path):
    folder = tmp_path / "hand-ins"
    folder.mkdir()
    return folder


@pytest.fixture
def put(handins, released, root):
    """Return a function that puts a learner's hand-in into the folder."""

    def handin(learner, name="", records=(), change=None, time=1_900_000_000):
        notebook = nbformat.read(released, as_version=4)
        if change:
            change(notebook)
        mine = handins.parent / f"{learner}.ipynb"
        mine.write_bytes(dump(notebook))
        path = handins / (name or f"{learner}.zip")
        path.write_bytes(pack(mine, learner, records, root).data)
        os.utime(path, (time, time))
        return path

    return handin
