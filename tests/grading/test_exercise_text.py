import nbformat
import pytest

from fourps.course.problem import BrokenSourceError
from fourps.grading import exercise_text
from fourps.grading.release_exercises import (
    ReleaseError,
    exercises,
    page,
    release,
    without_solutions,
)

CELL = """```{{code-cell}}
---
nbgrader: {{grade: false, grade_id: {name}, locked: false, schema_version: 3, solution: true}}
---
x = 1
### BEGIN SOLUTION
x = 2
### END SOLUTION
```
"""
HEAD = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---

# Title

"""


@pytest.fixture
def small(tmp_path):
    """Return a function that writes a small exercise into a course."""

    def write(body):
        path = tmp_path / "exercises" / "small" / "exercise.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + body, "utf-8")
        return path

    return write


def test_ids_are_the_same_each_time(small):
    """Does reading a text twice give the same notebook, with ids made from the names?"""
    path = small(CELL.format(name="task one"))
    first, second = exercise_text.read(path), exercise_text.read(path)
    assert first == second
    assert [cell.id for cell in first.cells] == ["exercise-1", "task-one"]


def test_solution_is_replaced(small):
    """Is the solution gone and what stands around it kept?"""
    notebook = exercise_text.read(small(CELL.format(name="one")))
    assert without_solutions(notebook).cells[1].source == "x = 1"
    assert "x = 2" in notebook.cells[1].source


def test_round_trip(small, tmp_path):
    """Does the page that is written read back as the same cells?"""
    made = without_solutions(exercise_text.read(small(CELL.format(name="one"))))
    copy = tmp_path / "copy.md"
    copy.write_text(exercise_text.write(made), "utf-8")
    assert [(cell.id, cell.source) for cell in exercise_text.read(copy).cells] == [
        (cell.id, cell.source) for cell in made.cells
    ]


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("only text\n", 1, "this is no exercise"),
        (CELL.format(name="one") + "\n" + CELL.format(name="one"), 0, "grade_id 'one' already"),
        ("```{code-cell}\n---\nnbgrader: [\n---\nx\n```\n", 1, "not valid YAML"),
    ],
)
def test_broken_texts(small, body, line, said):
    """Is a text that cannot be used refused with its file and line?"""
    path = small(body)
    with pytest.raises(BrokenSourceError, match=said) as caught:
        exercise_text.read(path)
    [problem] = caught.value.problems
    assert problem.path == path
    assert problem.line == line or (not line and problem.line > 10)


def test_region_without_end(small):
    """Is a solution that never ends refused, so that it is not released?"""
    body = CELL.format(name="one").replace("### END SOLUTION\n", "")
    with pytest.raises(ReleaseError, match="no end solution"):
        page(small(body).parents[2], "small")


def test_missing(tmp_path, small):
    """Are missing exercises and a folder that is no course refused with what to do?"""
    with pytest.raises(ReleaseError, match="not part of the installed package"):
        exercises(tmp_path)
    small(CELL.format(name="one"))
    with pytest.raises(ReleaseError, match="Exercises there: small"):
        page(tmp_path, "other")
    with pytest.raises(ReleaseError, match=r"nbgrader_config\.py is missing"):
        release(tmp_path, tmp_path)


def test_grade_id_of_strange_metadata():
    """Is strange metadata read as no name?"""
    for marks in ("x", 3, None, {"grade_id": 3}, {}):
        cell = nbformat.v4.new_code_cell("", metadata={"nbgrader": marks})
        assert exercise_text.grade_id(cell) == ""
