"""What nbgrader keeps in a notebook and its cells."""

from __future__ import annotations

from nbformat.v4 import new_code_cell

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def marks(name, grade=False, solution=False, points=0):
    """Return the metadata of a cell that is graded, an answer, both, or to be read."""
    about = {"grade_id": name, "grade": grade, "solution": solution, "task": False}
    about |= {"locked": not solution, "schema_version": 3} | ({"points": points} if grade else {})
    return {"nbgrader": about}


def answer(name, solution, before=""):
    """Return a cell whose solution goes where it is released."""
    text = f"{before}### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    return new_code_cell(text, metadata=marks(name, solution=True))


def check(name, shown, hidden="", points=1):
    """Return a check, with a part that goes where it is released."""
    rest = f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS" if hidden else ""
    return new_code_cell(f"{shown}{rest}", metadata=marks(name, True, points=points))
