"""Which cells of a notebook are run, whatever it says of itself."""

import logging

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from fourps.grading.seal import Limits, Worker

pytestmark = pytest.mark.slow
MARKS = {"grade": True, "solution": False, "locked": True, "points": 3, "schema_version": 3}
# what a notebook may say of a cell, and programs that run notebooks listen to
ASKING = [
    {"tags": ["skip-execution"]},
    {"tags": ["remove-cell", "skip-execution", "raises-exception"]},
    {"tags": "skip-execution"},
    {"execution": {"skip": True}},
    {"editable": False, "deletable": False, "frozen": True, "init_cell": False},
    {"jupyter": {"source_hidden": True, "outputs_hidden": True}},
]


@pytest.fixture(scope="module")
def worker():
    with Worker(Limits(cell_seconds=30), preload=[]) as made:
        yield made


@pytest.mark.parametrize("metadata", ASKING)
def test_a_check_is_always_run(worker, metadata):
    """Does a wrong answer earn nothing, whatever the metadata of its check asks for?"""
    check = new_code_cell("assert answer == 3", metadata={"nbgrader": MARKS | {"grade_id": "a"}})
    notebook = new_notebook(cells=[new_code_cell("answer = 2"), check])
    # some of it is no valid notebook
    check.metadata.update(metadata)
    worker.execute(notebook).fill(notebook)
    assert [output.ename for output in check.outputs] == ["AssertionError"]
    assert determine_grade(check, logging.getLogger()) == (0, 3)


def test_a_cell_of_the_learner_may_be_left_out(worker):
    """Is a cell that nobody marks left out where it asks for that, as nbgrader does it?"""
    cell = new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]})
    notebook = new_notebook(cells=[cell, new_code_cell("1")])
    worker.execute(notebook).fill(notebook)
    assert (cell.outputs, notebook.cells[1].outputs[0].data["text/plain"]) == ([], "1")
