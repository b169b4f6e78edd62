"""The notebooks that nbgrader's own documentation and tests bring, as assignments and hand-ins.

Left out is what nobody can grade: notebooks without a cell that gives points, or whose metadata is broken
on purpose, and one whose cell takes as long as the limit of time.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbgrader

HERE = Path(nbgrader.__file__).parent
GUIDE = HERE / "docs/source/user_guide"
TESTS = HERE / "tests"
APPS, STEPS, UI = (TESTS / f"{part}/files" for part in ("apps", "preprocessors", "ui-tests"))
AUTO = ("simple", "hashed", "hidden", "multi")
# of each assignment, what is released, by its name there
SOURCES = {
    "ps1": {path.stem: path for path in GUIDE.glob("source/ps1/*.ipynb")},
    "changed": {"one": APPS / "submitted-unchanged.ipynb"},
    "tasks": {"one": STEPS / "test_taskcell.ipynb"},
    "auto": {name: APPS / f"autotest-{name}-unchanged.ipynb" for name in AUTO},
    "more": {
        "test": APPS / "test.ipynb",
        "with-output": APPS / "test-with-output.ipynb",
        "hidden-tests": APPS / "test-hidden-tests.ipynb",
        "zero-points": APPS / "validation-zero-points.ipynb",
        "environment": APPS / "validating-environment-variable.ipynb",
        "file": APPS / "open_relative_file.ipynb",
        "by-hand": STEPS / "manually-graded-code-cell.ipynb",
        "steps": STEPS / "test.ipynb",
        "file-too": UI / "open_relative_file.ipynb",
    },
}
BESIDE = {"ps1": GUIDE / "source/ps1/jupyter.png", "more": APPS / "data.txt"}
AUTOTESTS = GUIDE / "source/ps1_autotest"


def release(course):
    """Release assignments with nbgrader, and hand in whatever is there for them."""
    for name, notebooks in SOURCES.items():
        put(course.folder / "source" / name, notebooks, BESIDE.get(name))
        course.nbgrader("generate_assignment", name)
        shutil.copytree(course.folder / "release" / name, _of(course, "nobody", name))
    for learner in ("bitdiddle", "hacker"):
        shutil.copytree(GUIDE / "submitted" / learner / "ps1", _of(course, learner, "ps1"))
    [old] = (GUIDE / "downloaded/ps1/archive").glob("*problem1.ipynb")
    shutil.copytree(course.folder / "release/ps1", _of(course, "old-schema", "ps1"))
    shutil.copy(old, _of(course, "old-schema", "ps1") / "problem1.ipynb")
    for place, start in ((APPS, ""), (STEPS, "steps-"), (UI, "ui-")):
        for path in place.glob("submitted-*.ipynb"):
            put(_of(course, f"{start}{path.stem}", "changed"), {"one": path})
    put(_of(course, "tasks", "tasks"), SOURCES["tasks"])
    put(_of(course, "all-right", "more"), SOURCES["more"], BESIDE["more"])
    for number in range(3):
        put(_of(course, f"old-v{number}", "more"), {"test": APPS / f"test-v{number}.ipynb"})
    changed = {name: APPS / f"autotest-{name}-changed.ipynb" for name in AUTO}
    for how in ("right", "wrong"):
        changed["hidden"] = APPS / f"autotest-hidden-changed-{how}.ipynb"
        put(_of(course, f"changed-{how}", "auto"), changed)


def put(place, notebooks, beside=None):
    """Put notebooks into a folder, by their names there, and a file beside them."""
    place.mkdir(parents=True)
    for name, path in notebooks.items():
        shutil.copy(path, place / f"{name}.ipynb")
    if beside:
        shutil.copy(beside, place)


def _of(course, learner, assignment):
    return course.folder / "submitted" / learner / assignment


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
