"""A course that holds everything a page may hold, and the notebooks made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from books import speak

from fourps.learn.notebooks import notebook
from fourps.learn.references import References

FIXTURE = Path(__file__).parent / "fixture"
SMALL = Path(__file__).parents[1] / "fixtures" / "course"


@pytest.fixture
def full_course(tmp_path):
    """The small course, with a page of every directive, a lab and an exercise."""
    course = shutil.copytree(SMALL, tmp_path / "full")
    return shutil.copytree(FIXTURE, course, dirs_exist_ok=True)


@pytest.fixture
def references(full_course):
    return References(full_course)


@pytest.fixture
def exercise(references, tmp_path):
    """Return a function that writes the exercise with some of its cells' sources replaced."""
    page = references.root / "modules" / "welcome" / "exercise.md"

    def write(answers=None, without=(), name="exercise.ipynb"):
        made = notebook(page, references)
        for cell in made.cells:
            cell.source = (answers or {}).get(cell.id, cell.source)
        made.cells = [cell for cell in made.cells if cell.id not in without]
        path = tmp_path / "work" / name
        path.parent.mkdir(exist_ok=True)
        nbformat.write(made, path)
        return path

    return write


@pytest.fixture
def right():
    """Answers that earn all points."""
    return {
        "order-answer": 'order = ["ask", "tell"]',
        "record-answer": 'recorded = {"day", "next step"}',
        "words": "I would listen.",
        "total-answer": 'def total(table):\n    return table["people"].sum()',
    }


@pytest.fixture
def french_course(full_course):
    """The same, with a catalogue for each page that says "fr: " before each text."""
    speak(full_course)
    return full_course
