"""The course's own exercises, each in the marker."""

from pathlib import Path

import pytest
from graded_cells import Marked
from nbformat import from_dict
from nbgrader.utils import is_grade, is_solution

from fourps.grading.exercise_text import read
from fourps.grading.release_exercises import without_solutions
from nbseal.base.cells import grade_id

ROOT = Path(__file__).parents[3]
MODULES = sorted(path.parent.name for path in ROOT.glob("exercises/*/exercise.md"))
pytestmark = pytest.mark.slow


@pytest.fixture(params=MODULES)
def exercise(request):
    return read(ROOT / "exercises" / request.param / "exercise.md")


def checks(notebook):
    return {
        grade_id(cell): cell.metadata.nbgrader.points
        for cell in notebook.cells
        if is_grade(cell) and not is_solution(cell)
    }


def test_solution_and_untouched(sealed, exercise):
    """Does the solution earn all points in the marker, and the exercise as released none?"""
    wanted = checks(exercise)
    solved = Marked(sealed.execute(exercise, {}, ()), exercise)
    assert {name: solved.points()[name] for name in wanted} == wanted
    released = {grade_id(cell): cell.source for cell in without_solutions(exercise).cells}
    untouched = from_dict(exercise)
    for cell in untouched.cells:
        if is_solution(cell):
            cell.source = released[grade_id(cell)]
    made = Marked(sealed.execute(untouched, {}, ()), untouched)
    assert made.made.kind == "ok"
    points = made.points()
    assert {name: points[name] for name in wanted} == dict.fromkeys(wanted, 0)
