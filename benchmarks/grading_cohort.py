"""A course with as many well-behaved submissions as a measurement needs."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from fourps.grading.exercise_text import read
from nbseal.base.cells import grade_id

if TYPE_CHECKING:
    from collections.abc import Callable

# of the tasks that need no code: how many are begun, and how many of these are not quite right
_BEGUN, _WRONG = 0.9, 0.4
ASSIGNMENT = "ps1"
_EXERCISE = Path(__file__).parents[1] / "exercises" / "protection" / "exercise.md"
_CONFIG = (
    "c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.IgnorePattern.enabled = True\n"
)
_NO_STUB = 'c.ClearSolutions.code_stub = {"python": ""}\n'
_DATA = """import pandas as pd
counts = pd.DataFrame({
    "region": ["north", "north", "south", "south", "east"] * 40,
    "year": list(range(2015, 2020)) * 40,
    "people": range(200),
})"""
_PLOT = """import matplotlib.pyplot as plt
ax = counts.groupby("year").people.sum().plot.bar()
ax.set_title("People by year")
plt.show()"""
_TASKS = {
    "total": ("counts.people.sum()", "assert total() == 19900"),
    "mean": ("counts.people.mean()", "assert abs(mean() - 99.5) < 1e-9"),
    "north": ("len(counts[counts.region == 'north'])", "assert north() == 80"),
    "largest": ("counts.groupby('region').people.sum().idxmax()", "assert largest() == 'south'"),
    "years": ("counts.year.nunique()", "assert years() == 5"),
    "small": ("int((counts.people < 5).sum())", "min(small(), 5) / 5 * 2"),
}


def make(folder: Path, size: int) -> None:
    """Make a course in which many learners handed in, some of them wrong.

    Parameters
    ----------
    folder
        Must not exist.
    size
        How many.
    """
    _hand_in(folder, size, _notebook(), _answer)


def make_plain(folder: Path, size: int) -> None:
    """Make one in which learners handed in an exercise of this course, and wrote no code.

    Some answers are right, some wrong, some not begun.
    """
    exercise = read(_EXERCISE)
    solved = {
        grade_id(cell): re.findall(r'"""(.*?)"""', cell.source, re.DOTALL)
        for cell in exercise.cells
        if cell.cell_type == "code"
    }

    def answer(notebook: Any, number: int) -> None:
        draw = random.Random(number)  # noqa: S311 - the same answers each time
        for cell in notebook.cells:
            texts = solved.get(grade_id(cell), [])
            if len(texts) > 1 and draw.random() < _BEGUN:
                lines = texts[1].split("\n")
                other = draw.choice(lines).replace("a", "b").replace("g", "x")
                lines[draw.randrange(1, len(lines) - 1)] = other
                text = "\n".join(lines if draw.random() < _WRONG else texts[1].split("\n"))
                cell.source = cell.source.replace(texts[0], text)
            elif cell.cell_type == "markdown" and "nbgrader" in cell.metadata:
                cell.source = f"Answer {number}. " + "I would ask him first. " * 40

    # nothing stands in a solution's place, as in this course: a line that fails would be code
    _hand_in(folder, size, exercise, answer, _CONFIG + _NO_STUB)


def _hand_in(
    folder: Path,
    size: int,
    exercise: Any,
    answer: Callable[[Any, int], None],
    config: str = _CONFIG,
) -> None:
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(config, "utf-8")
    nbformat.write(exercise, source / "exercise.ipynb")
    programs = Path(sys.executable).parent
    subprocess.run(
        [programs / "nbgrader", "generate_assignment", ASSIGNMENT],
        cwd=folder,
        env=os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"},
        check=True,
        capture_output=True,
    )
    released = (folder / "release" / ASSIGNMENT / "exercise.ipynb").read_text("utf-8")
    for number in range(size):
        notebook = nbformat.reads(released, as_version=4)
        answer(notebook, number)
        place = folder / "submitted" / f"learner-{number:05}" / ASSIGNMENT
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "exercise.ipynb")


def _answer(notebook: Any, number: int) -> None:
    for place, (name, (right, _)) in enumerate(_TASKS.items()):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                wrong = (number + place) % 7 == 0
                cell.source = f"def {name}():\n    return {'None' if wrong else right}"
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata:
            cell.source = f"Answer {number}."


def _notebook() -> Any:
    cells = [new_code_cell(_DATA), new_code_cell(_PLOT)]
    for name, (right, check) in _TASKS.items():
        body = f"def {name}():\n    ### BEGIN SOLUTION\n    return {right}\n    ### END SOLUTION"
        cells += [
            new_code_cell(body, metadata=_marks(name, solution=True)),
            new_code_cell(check, metadata=_marks(f"{name}-check", points=2)),
        ]
    cells += [
        new_markdown_cell("Write.", metadata=_marks(f"essay-{number}", points=5, solution=True))
        for number in (1, 2)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _marks(name: str, *, points: int = 0, solution: bool = False) -> dict[str, Any]:
    marks = {"grade_id": name, "grade": bool(points), "solution": solution, "task": False}
    marks |= {"locked": not solution, "schema_version": 3}
    return {"nbgrader": marks | ({"points": points} if points else {})}
