"""The process that runs released cells: as a kernel would, for each submission as for the first."""

import sys

import pytest
from graded_cells import Marked, check, marks
from nbformat.v4 import new_code_cell, new_notebook

from nbseal.plain import worker as of_worker
from nbseal.plain.released import ReleasedCode
from nbseal.plain.worker import NotPlainError, PlainError, PlainWorker


@pytest.fixture(scope="module")
def worker():
    with PlainWorker() as made:
        yield made


def notebook(*sources, shown="answer", hidden=""):
    """Return a notebook with an answer, read-only cells, and a check."""
    cells = [new_code_cell("answer = ''", metadata=marks("task", solution=True))]
    cells += [
        new_code_cell(source, metadata=marks(f"data-{number}"))
        for number, source in enumerate(sources)
    ]
    return new_notebook(cells=[*cells, check("check", shown, hidden, points=3)])


def mark(worker, given, answer, *, marker=True):
    """Return what becomes of a notebook with an answer."""
    released = ReleasedCode(given.cells, marker=marker)
    assert not released.why
    mine = new_notebook(cells=[*given.cells], metadata=given.metadata)
    mine.cells[0] = new_code_cell(f"answer = {answer!r}", metadata=marks("task", solution=True))
    return Marked(worker.execute(released.read(mine), mine.cells), mine)


@pytest.mark.parametrize("marker", [True, False])
def test_shown(worker, marker):
    """Is shown what a kernel shows: what is printed, tables, errors, and numbers of cells?"""
    given = notebook(
        "print(1)\n2",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "3;",
        "1 / 0",
        shown="print(answer)\nlen(answer) / 2",
    )
    made = mark(worker, given, "abc", marker=marker)
    assert made.points() == {"check": 1.5}
    assert [cell.execution_count for cell in made.notebook.cells] == [1, 2, 3, 4, 5, 6]
    assert made.said(1) == ["1\n", "2"]
    assert "<table" in made.notebook.cells[2].outputs[0].data["text/html"]
    assert made.said(3) == []
    assert made.said(4) == ["ZeroDivisionError: division by zero"]
    assert "line 1" in "".join(made.notebook.cells[4].outputs[0].traceback)
    assert made.said(5) == ["abc\n", "1.5"]
    assert made.made.marked is marker


@pytest.mark.parametrize(
    "answer", ["\ud800", "\0\\'\"", "\u202ex", -0.0, 1 << 62, 0.1, "x" * 90_000]
)
def test_crosses(worker, answer):
    """Does each text and number come to the check as what it is?"""
    made = mark(worker, notebook(shown="print(repr(answer)[:99])\nlen(str(answer))"), answer)
    assert made.said(1)[0] == repr(answer)[:99] + "\n"


def test_each_as_the_first(worker):
    """Does a submission find nothing that the one before has bound, imported or set?"""
    given = notebook(
        "if answer == 'first':\n    import decimal\n    left = 1\n"
        "    decimal.getcontext().prec = 3\n    rows = [1]",
        shown="import decimal\nassert 'left' not in dir()\nprint(decimal.getcontext().prec)",
    )
    first = mark(worker, given, "first", marker=False)
    assert first.said(2) == ["AssertionError: "]
    assert mark(worker, given, "second", marker=False).said(2)[0] == "28\n"


@pytest.fixture
def keeping(tmp_path, monkeypatch):
    """Grade with the profile of a course whose helpers keep what they are given."""
    package = tmp_path / "keeping"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom nbseal.base.profile import Profile\n"
        "def profile():\n    root = Path(__file__).parents[1]\n"
        "    return Profile(guarded=('keeping.checks',), roots=(root,))\n"
    )
    (package / "checks.py").write_text(
        "import os\nkept = []\ndef keep(one):\n    kept.append(one)\n    return len(kept)\n"
        "def say():\n    os.environ['SAID'] = 'it' + os.environ.get('SAID', '')\n"
        "    return len(os.environ['SAID'])\n"
        "def spin():\n    while True:\n        pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("NBSEAL_PROFILE", "keeping:profile")


@pytest.mark.parametrize("call", ["keep(answer)", "say()"])
def test_left_behind(keeping, call):  # noqa: ARG001 - a profile
    """Is a process used for no other submission in which a helper has kept something?"""
    given = notebook(shown=f"from keeping.checks import keep, say\n{call}")
    with PlainWorker() as worker:
        said = [mark(worker, given, answer).said(1) for answer in ("a", "b")]
    assert said[0] == said[1] == (["1.0"] if "keep" in call else ["2.0"])


SPIN = "from keeping.checks import spin\nanswer == 'spin' and spin()\nassert answer == 'right'\n3.0"


def test_too_long(keeping, monkeypatch):  # noqa: ARG001 - a profile
    """Is what was earned before kept when a check takes too much of a processor, and the next one marked?"""
    given = notebook("print('before')", shown=SPIN)
    given.cells.append(check("after", "assert True"))
    monkeypatch.setattr(of_worker, "CPU_SECONDS", 2)
    with PlainWorker() as worker:
        made = mark(worker, given, "spin")
        assert (made.made.kind, str(made.made.reason)) == (
            "timeout",
            "The notebook took longer than 2 s.",
        )
        assert made.said(1) == ["before\n"]
        assert made.said(2) == ["CellTimeoutError: The notebook took longer than 2 s."]
        assert made.said(3) == ["NotExecuted: The notebook took longer than 2 s."]
        assert made.points() == {"check": 0, "after": 0}
        assert mark(worker, given, "right").points() == {"check": 3, "after": 1}


def test_silent(keeping, monkeypatch):  # noqa: ARG001 - a profile
    """Is a process ended from outside that says nothing for too long?"""
    monkeypatch.setattr(of_worker, "SECONDS", 2)
    with PlainWorker() as worker:
        made = mark(worker, notebook(shown=SPIN), "spin")
        assert str(made.made.reason) == "The notebook took longer than 2 s."
        assert made.points() == {"check": 0}


def test_ended(worker, monkeypatch):
    """Is it said that the process was ended by somebody else, and is another one started?"""
    given = notebook()
    assert mark(worker, given, 2).points() == {"check": 2}
    process = worker._process
    monkeypatch.setattr(process, "send", lambda _: process._process.kill())
    made = mark(worker, given, 1)
    assert made.made.kind == "died"
    assert "SIGKILL" in str(made.made.reason)
    assert made.points() == {"check": 0}
    assert mark(worker, given, 1).points() == {"check": 1}


def test_released_cells_that_take_too_long(keeping, monkeypatch):  # noqa: ARG001 - a profile
    """Is a notebook left to the seal whose own cells take too long?"""
    monkeypatch.setattr(of_worker, "SECONDS", 2)
    given = notebook("from keeping.checks import spin\nspin()")
    with PlainWorker() as worker:
        for _ in range(2):
            with pytest.raises(NotPlainError):
                mark(worker, given, "x")


def test_not_started(monkeypatch):
    """Is it said what is missing where the process cannot be started?"""
    monkeypatch.setattr(of_worker, "_MODULE", "nbseal.not_there")
    with (
        PlainWorker() as worker,
        pytest.raises(PlainError, match=r"No module named nbseal\.not_there"),
    ):
        mark(worker, notebook(), "x")


def test_calls(worker):
    """Does a check that calls a released function get what crosses from a learner's process?"""
    cells = [
        new_code_cell("answer = ''", metadata=marks("task", solution=True)),
        new_code_cell(
            "def grow(rows):\n    print('unheard')\n    rows.append(1)\n    return rows",
            metadata=marks("grow", solution=True),
        ),
        check("check", "rows = [0]\nfound = grow(rows)\nassert found is rows and rows == [0, 1]"),
        check("other", "assert 'found' in dir() and grow([]) == [1]"),
    ]
    made = mark(worker, new_notebook(cells=cells), "x")
    assert made.points() == {"check": 1, "other": 1}
    assert made.said(2) == []


def test_two_notebooks(worker):
    """Does one process know several notebooks, each with names of its own?"""
    first, second = notebook("number = 1", shown="number"), notebook(shown="number")
    assert mark(worker, first, "x", marker=False).said(2) == ["1.0"]
    assert mark(worker, second, "x", marker=False).said(1) == [
        "NameError: name 'number' is not defined"
    ]
    assert mark(worker, first, "x", marker=False).said(2) == ["1.0"]
    assert "nbseal.plain" not in sys.modules["__main__"].__name__
