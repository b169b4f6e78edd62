"""Which notebooks are plain: code as released, or texts and numbers in its place, and nothing else."""

import pytest
from graded_cells import KERNEL, marks
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbseal.plain.released import ReleasedCode


def locked(source, name="data"):
    return new_code_cell(source, metadata=marks(name))


def open_cell(source, name):
    return new_code_cell(source, metadata=marks(name, solution=True))


def check(source, name="check"):
    return new_code_cell(source, metadata=marks(name, True, points=2))


def cells():
    return [
        new_markdown_cell("# One"),
        new_code_cell("import math"),
        locked("rows = [1, 2]"),
        open_cell("# so far\nanswer = again = '''\na:\n'''", "task"),
        open_cell("share = None", "share"),
        open_cell("def double(x):\n    '''Return twice as much.'''\n    # here", "double"),
        check("assert math.isclose(len(answer), 5) and double(2) is None\nshare"),
        new_markdown_cell("Write.", metadata=marks("essay", True, True, 4)),
    ]


@pytest.fixture(scope="module")
def released():
    made = ReleasedCode(code(cells()), marker=True, order=("data", "check"))
    assert made.why == ""
    return made


def code(given):
    return [cell for cell in given if cell.cell_type == "code"]


def changed(**sources):
    """Return the notebook with other sources in cells, by name."""
    notebook = new_notebook(cells=cells(), metadata=KERNEL)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)
    return notebook


@pytest.mark.parametrize(
    ("sources", "answers"),
    [
        ({}, {}),
        ({"task": "answer = again = 'x'"}, {2: {"answer": "x", "again": "x"}}),
        ({"task": "again = 'y'\nanswer = 'x'"}, {2: {"answer": "x", "again": "y"}}),
        ({"share": "share = 0.5"}, {3: {"share": 0.5}}),
        ({"share": "share = None  # not yet"}, {}),
        ({"double": "def double(x):\n    '''Renvoie le double.'''"}, {}),
        ({"essay": "I wrote this, print() with it."}, {}),
    ],
)
def test_plain(released, sources, answers):
    """Is a notebook plain whose code cells are as released, or bind the same names to texts and numbers?"""
    notebook = changed(**sources)
    found = released.read(notebook)
    assert found.answers == answers
    assert found.places == [None, 0, 1, 2, 3, 4, 5, None]


def test_cells_that_are_not_run(released):
    """May there be empty cells, as JupyterLab leaves them, and cells of text?"""
    notebook = changed(task="answer = again = 'x'")
    notebook.cells[3:3] = [new_code_cell(" \n"), new_markdown_cell("mine")]
    found = released.read(notebook)
    assert found.places == [None, 0, 1, None, None, 2, 3, 4, 5, None]


def test_language(released):
    """Is the language kept in which checks speak?"""
    notebook = changed()
    notebook.metadata["nbseal_language"] = "fr"
    assert released.read(notebook).language == "fr"


@pytest.mark.parametrize(
    "sources",
    [
        {"task": "answer = 'x'"},
        {"task": "answer = again = more = 'x'"},
        {"task": "answer = again = 'x'\nmath = 'x'"},
        {"task": "math = 'x'"},
        {"task": "points = answer = again = 'x'"},
        {"task": "len = answer = again = 'x'"},
        {"task": "__builtins__ = answer = again = 'x'"},
        {"task": "answer = again = 'x'\nprint(answer)"},
        {"task": "answer = again = print('x')"},
        {"task": "answer = again = f'{rows}'"},
        {"task": ""},
        {"task": "answer = again = '''\na:\n'''\nimport math"},
        {"share": "share = True"},
        {"share": "share = 1e999"},
        {"share": f"share = {1 << 70}"},
        {"double": "def double(x):\n    return 2 * x"},
        {"double": "def double(x, y=print()):\n    '''Return twice as much.'''"},
        {"double": "@print\ndef double(x):\n    '''Return twice as much.'''"},
        {"double": "double = 'x'"},
        {"double": "def double(x):\n    '''a'''\n    '''Return twice as much.'''"},
        {"data": "rows = [1, 2] "},
        {"data": "rows = 'x'"},
        {"check": "2"},
    ],
    ids=str,
)
def test_code(released, sources):
    """Is a notebook no longer plain with any other code in it, or other names?"""
    assert released.read(changed(**sources)) is None


def added(notebook):
    notebook.cells.append(new_code_cell("x = 'x'"))


def deleted(notebook):
    del notebook.cells[1]


def moved(notebook):
    notebook.cells.insert(2, notebook.cells.pop(6))


def swapped(notebook):
    first, second = notebook.cells[3:5]
    first.source, second.source = second.source, first.source


def doubled(notebook):
    notebook.cells.insert(4, from_dict(notebook.cells[3]))


def unnamed_changed(notebook):
    notebook.cells[1].source = "import math "


def replaced(notebook):
    notebook.cells[1].source = "math = 'x'"


def renamed(notebook):
    notebook.cells[1].metadata["nbgrader"] = marks("task", solution=True)["nbgrader"]


def left_out(notebook):
    notebook.cells[2].metadata["tags"] = ["skip-execution"]


def as_text(notebook):
    notebook.cells[2].cell_type = "markdown"


def of_another_kind(notebook):
    notebook.cells[5].cell_type = "raw"


@pytest.mark.parametrize(
    "change",
    [
        added,
        deleted,
        moved,
        swapped,
        doubled,
        unnamed_changed,
        replaced,
        renamed,
        left_out,
        as_text,
        of_another_kind,
    ],
)
def test_cells(released, change):
    """Is a notebook no longer plain whose cells are more, fewer, elsewhere, or of another kind?"""
    notebook = changed()
    change(notebook)
    assert released.read(notebook) is None


def test_much():
    """Is a notebook of very long answers in all cells at once code to be sealed?"""
    many = [open_cell(f"a{number} = ''", f"a{number}") for number in range(6)]
    made = ReleasedCode(many, marker=False)
    notebook = new_notebook(cells=[from_dict(cell) for cell in many])
    for number, cell in enumerate(notebook.cells):
        cell.source = f"a{number} = '{'x' * 90_000}'"
    assert made.read(notebook) is None
    assert made.read(new_notebook(cells=[*notebook.cells[:2], *many[2:]])).answers.keys() == {0, 1}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("%matplotlib inline", "cell data: more than Python"),
        ("!ls", "cell data: more than Python"),
        ("import os", "the module os"),
        ("import matplotlib.pyplot as plt", "the module matplotlib.pyplot"),
        ("from helpers import *", "the module helpers.*"),
        ("from . import helpers", "the module ."),
        ("import atlas.checks", "the module atlas.checks"),
        ("rows = open('rows.csv').read()", "read"),
        ("import pandas as pd\nrows = pd.read_csv('rows.csv')", "read_csv"),
        ("import pandas as pd\npd.Series([1]).plot()", "plot"),
        ("import pandas as pd\npd.options.display.precision = 2", "pd.options.display.precision"),
        ("import pandas as pd\npd.set_option('display.precision', 2)", "set_option"),
        ("import math\nmath.pi = 3", "math.pi"),
        ("import math\ndel math.pi", "math.pi"),
        ("exec('a = 1')", "exec"),
        ("get_ipython().reset()", "get_ipython"),
        ("print(In[1])", "In"),
        ("raise SystemExit", "SystemExit"),
        ("().__class__", "__class__"),
        ("await task", "await"),
    ],
)
def test_reaches(source, why):
    """Is it said what of a released notebook is more than can be run for one submission after the other?"""
    assert ReleasedCode([locked(source)], marker=False).why == why
    assert (
        ReleasedCode([locked(source)], marker=False).read(new_notebook(cells=[locked(source)]))
        is None
    )


def test_stub():
    """Is an answer read where nbgrader's own stub stood, and the stub run where none is?"""
    stub = open_cell("size = 0\n# YOUR CODE HERE\nraise NotImplementedError()", "size")
    made = ReleasedCode([stub], marker=True)
    assert made.read(new_notebook(cells=[stub])).answers == {}
    answered = new_notebook(cells=[open_cell("size = 3", "size")])
    assert made.read(answered).answers == {0: {"size": 3}}
    answered.cells[0].source = "size = 3\nraise NotImplementedError()"
    assert made.read(answered) is None


def test_order():
    """Must checks stand where they stand in the source, for the marker takes them in that order?"""
    given = [locked("rows = 1"), check("rows")]
    assert not ReleasedCode(given, marker=True, order=("data", "check")).why
    assert "another order" in ReleasedCode(given, marker=True, order=("check", "data")).why


def test_check_that_can_be_changed():
    """Is a check that learners can change left to the marker, which gives nothing for it?"""
    given = check("assert True")
    given.metadata.nbgrader.locked = False
    assert "a check that can be changed" in ReleasedCode([given], marker=True).why


def test_course_of_its_own(atlas):  # noqa: ARG001 - a profile that is asked for
    """May checks import the helpers of their course?"""
    assert not ReleasedCode([check("from atlas.checks import points")], marker=True).why
