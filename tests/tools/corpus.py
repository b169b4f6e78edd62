"""The notebooks that nbgrader's own documentation and tests bring, as assignments and hand-ins."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbgrader

HERE = Path(nbgrader.__file__).parent
GUIDE = HERE / "docs/source/user_guide"
TESTS = HERE / "tests"
APPS = TESTS / "apps/files"
# of each assignment, what is released
SOURCES = {
    "ps1": GUIDE / "source/ps1",
    "changed": APPS / "submitted-unchanged.ipynb",
    "tasks": TESTS / "preprocessors/files/test_taskcell.ipynb",
}


def release(course):
    """Release assignments with nbgrader, and hand in whatever is there for them."""
    for name, source in SOURCES.items():
        place = course.folder / "source" / name
        if source.is_dir():
            shutil.copytree(source, place)
        else:
            place.mkdir(parents=True)
            shutil.copy(source, place / "one.ipynb")
        course.nbgrader("generate_assignment", name)
        released = course.folder / "release" / name
        shutil.copytree(released, course.folder / "submitted/nobody" / name)
    _of_the_guide(course.folder)
    _of_the_tests(course.folder)


def _of_the_guide(folder):
    for learner in ("bitdiddle", "hacker"):
        place = folder / "submitted" / learner / "ps1"
        shutil.copytree(GUIDE / "submitted" / learner / "ps1", place)
    place = folder / "submitted/old-schema/ps1"
    shutil.copytree(folder / "release/ps1", place)
    [found] = (GUIDE / "downloaded/ps1/archive").glob("*problem1.ipynb")
    shutil.copy(found, place / "problem1.ipynb")


def _of_the_tests(folder):
    paths = [
        *APPS.glob("submitted-*.ipynb"),
        *(TESTS / "ui-tests/files").glob("*type-changed.ipynb"),
    ]
    for path in paths:
        place = folder / "submitted" / path.stem / "changed"
        place.mkdir(parents=True)
        shutil.copy(path, place / "one.ipynb")
    tasks = folder / "submitted/tasks/tasks"
    tasks.mkdir(parents=True)
    shutil.copy(SOURCES["tasks"], tasks / "one.ipynb")


def found(course):
    """Return every row of a gradebook on what was handed in, by names, without what is empty."""
    rows = json.loads(json.dumps(course.rows(), default=str))
    return {
        kind: sorted(
            json.dumps({key: value for key, value in row.items() if value is not None})
            for row in rows[kind]
        )
        for kind in rows
    }
