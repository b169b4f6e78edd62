"""Which cells of a notebook are run, whatever it says of itself."""

import logging
import re

import pytest
from graded_cells import marks
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from nbseal.seal import Limits, Worker

pytestmark = pytest.mark.slow
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
    check = new_code_cell("assert answer == 3", metadata=marks("a", True, points=3))
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


COUNTS = """
import pygments.lexer
made, real = [], pygments.lexer.regex_opt
pygments.lexer.regex_opt = lambda *words, **more: made.append(words) or real(*words, **more)
"""
GONE = "import os\nos.mkdir('gone')\nos.chdir('gone')\nos.rmdir('../gone')"
FAILS = "def fails():\n    assert 1 == 2, 'mine'\nfails()"


def test_errors_are_drawn_soon(worker):
    """Is what colours an error ready when it is drawn, and is it drawn where its folder is gone?"""
    cells = [new_code_cell(one) for one in (COUNTS, FAILS, "len(made)", GONE, "1 / 0", "2")]
    notebook = new_notebook(cells=cells)
    worker.execute(notebook).fill(notebook)
    [error], [count], _, [after], [last] = (cell.outputs for cell in cells[1:])
    drawn = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(error.traceback))
    assert error.ename == "AssertionError"
    assert "----> 2     assert 1 == 2, 'mine'" in drawn
    assert "Cell In[2], line 2, in fails()" in drawn
    assert count.data["text/plain"] == "0"
    assert (after.ename, last.data["text/plain"]) == ("ZeroDivisionError", "2")


BESIDE = {
    "helper.py": b"def double(x):\n    return 2 * x\n",
    "tools/__init__.py": b"",
    "tools/more.py": b"three = 3\n",
}


@pytest.mark.parametrize("sealed", [True, False])
def test_modules_beside_the_notebook(worker, tmp_path, monkeypatch, sealed):
    """Can a notebook import what lies beside it, and nothing of where grading was started?"""
    (tmp_path / "gradebook_tools.py").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    cells = ["from helper import double\nfrom tools.more import three", "double(three)"]
    cells += ["import importlib.util\nimportlib.util.find_spec('gradebook_tools') is None"]
    notebook = new_notebook(cells=[new_code_cell(one) for one in cells])
    if sealed:
        made = worker.execute(notebook, BESIDE)
    else:
        with pytest.warns(UserWarning, match="without a seal"), Worker(sealed=False) as open_worker:
            made = open_worker.execute(notebook, BESIDE)
    made.fill(notebook)
    assert [cell.outputs[0].data["text/plain"] for cell in notebook.cells[1:]] == ["6", "True"]
