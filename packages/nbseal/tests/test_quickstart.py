"""Somebody else's course, graded where nothing but nbseal is installed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bytecode
import pytest

PACKAGE = Path(__file__).parents[1]
ROOT = PACKAGE.parents[1]
UV = ROOT / ".tools" / "bin" / "uv"
# what a person gives in the formgrader
MARK = """
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    for submission in book.assignment_submissions("ps1"):
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.needs_manual_grade:
                    grade.manual_score, grade.needs_manual_grade = 1.0, False
    book.db.commit()
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Return the programs of a new environment that has the wheel of nbseal, and no course."""
    folder = tmp_path_factory.mktemp("nbseal")
    hatchling = Path(sys.executable).with_name("hatchling")
    subprocess.run([hatchling, "build", "-t", "wheel", "-d", folder], cwd=PACKAGE, check=True)
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    python = venv / "bin" / "python"
    quiet = [UV, "pip", "install", "--quiet", "--python", python]
    locked = ROOT / "requirements" / "nbseal.txt"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, venv], check=True)
    linked = os.environ | {"UV_COMPILE_BYTECODE": "0"}
    subprocess.run([*quiet, "--require-hashes", "-r", locked], env=linked, check=True)
    subprocess.run([*quiet, "--no-deps", wheel], env=linked, check=True)
    bytecode.share(venv)
    return venv / "bin"


@pytest.fixture(scope="module")
def run(environment, tmp_path_factory):
    """Return a function that runs a program of that environment beside a course of nbgrader's own."""
    folder = tmp_path_factory.mktemp("courses")
    away = {"PYTHONPATH", "NBSEAL_PROFILE"}
    variables = {name: value for name, value in os.environ.items() if name not in away}
    variables["PATH"] = os.pathsep.join([str(environment), os.defpath])

    def in_course(program, *words, cwd=folder / "course101"):
        done = subprocess.run(
            [environment / program, *words],
            cwd=cwd,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    in_course("nbgrader", "quickstart", "course101", cwd=folder)
    in_course("nbgrader", "generate_assignment", "ps1")
    in_course.course = folder / "course101"
    return in_course


def test_alone(run):
    """Is there neither this course nor its book in that environment?"""
    code = "from importlib.util import find_spec as f; print(f('fourps'), f('sphinx'), f('nbseal'))"
    said = run("python", "-c", code)
    assert said.startswith("None None ModuleSpec(name='nbseal'")


def test_from_hand_ins_to_marks(run, tmp_path):
    """Are hand-ins collected, graded sealed, given back and exported, from the right to the wrong?"""
    released = run.course / "release" / "ps1"
    for learner, answer in (("ada", "return [i**2 for i in range(1, n + 1)]"), ("bo", "return 7")):
        folder = tmp_path / "hand-ins" / learner
        shutil.copytree(released, folder)
        notebook = folder / "problem1.ipynb"
        page = json.loads(notebook.read_text("utf-8"))
        for cell in page["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "squares":
                head, _, _ = "".join(cell["source"]).partition("# YOUR CODE HERE")
                cell["source"] = f"{head}if n < 1:\n        raise ValueError\n    {answer}\n"
        notebook.write_text(json.dumps(page), "utf-8")
    collected = run("nbseal", "collect", tmp_path / "hand-ins", "--assignment", "ps1")
    assert "2 hand-ins are ready: nbseal run." in collected
    assert "ps1: 2 graded." in run("nbseal", "run")
    run("python", "-c", MARK)
    run("nbseal", "feedback", "ps1")
    zips = sorted(path.name for path in (run.course / "feedback-zips" / "ps1").glob("*.zip"))
    assert zips == ["ada.zip", "bo.zip"]
    run("nbseal", "export")
    with (run.course / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        marks = {row["learner"]: float(row["ps1"]) for row in csv.DictReader(file)}
    assert marks["ada"] > marks["bo"]


def test_taken_out(run):
    """Is a learner taken out?"""
    said = run("nbseal", "remove", "bo", "--yes")
    assert "Removed." in said
    assert not (run.course / "submitted" / "bo").exists()
