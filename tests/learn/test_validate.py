import contextlib
import importlib
import io
import json

import nbformat
import pytest
import typer
from rich.console import Console

from fourps.handin.released_exercise import NotAnExerciseError
from fourps.learn.explain import clean
from fourps.learn.validate import validate
from nbseal.base.notebook_file import NotebookFileError, load


def found(path, **options):
    """What came of each graded cell, by its grade_id, and the errors."""
    validation = validate(path, **options)
    results = {one.name.split("(")[1].split(",")[0]: one for one in validation.results}
    return validation, results


def statuses(results):
    return [one.status for one in results.values()]


def test_right_answers(exercise, right):
    """Do right answers pass, and is the file left as it is?"""
    path = exercise(right)
    before = path.read_bytes()
    steps = []
    validation, results = found(path, progress=lambda number, count: steps.append((number, count)))
    assert list(results) == ["order", "record", "words", "total"]
    assert statuses(results) == ["passed", "passed", "written", "passed"]
    assert validation.passed
    assert not validation.errors
    assert steps == [(number, 7) for number in range(1, 8)]
    assert path.read_bytes() == before


@pytest.mark.slow
def test_untouched(exercise):
    """Is an untouched exercise called not started, with no error of its stubs?"""
    validation, results = found(exercise())
    assert statuses(results) == ["not started", "not started", "to write", "not started"]
    assert not validation.passed
    assert not validation.errors


@pytest.mark.slow
def test_wrong_answers(exercise):
    """Does a wrong answer bring the check's own words, and a part of the points be named?"""
    validation, results = found(
        exercise(
            {
                "order-answer": 'order = ["tell"]',
                "record-answer": 'recorded = {"the story"}',
                "total-answer": "def total(table):\n    return 4",
            }
        )
    )
    assert not validation.passed
    assert results["order"].status == "failed"
    assert results["order"].message == "Before anything else the person is asked."
    assert (results["record"].status, results["record"].earned) == ("partly", 4)
    assert results["record"].message == "Somebody will ask when it was."
    assert results["total"].message == "Add up the column `people`."
    assert "Traceback" not in str(validation)
    assert results["total"].name == "Task 4: a table (total, 1 point)"


def test_errors_name_the_line(exercise):
    """Is an error in a learner's code named with its cell and line, and explained?"""
    validation, results = found(
        exercise(
            {
                "order-answer": "order = [\n  'ask'",
                "record-answer": "\nrecorded = dya",
                "total-answer": "def total(table):\n    return table['poeple'].sum()",
            }
        )
    )
    assert validation.errors[0].startswith("An error in code cell 2, line 2 ('ask'): SyntaxError: ")
    assert "look for a missing bracket" in validation.errors[0]
    assert "line 2 (recorded = dya): NameError" in validation.errors[1]
    assert "spelt alike" in validation.errors[1]
    message = results["total"].message
    assert "code cell 6, line 2 (return table['poeple'].sum()): KeyError" in message
    assert "Traceback" not in message


def test_a_lost_line_of_quotation_marks(exercise):
    """Is it told when the line before or after an answer of plain text was deleted, or both?"""
    lost = {
        "order-answer": 'letters: a, b\n"""',
        "record-answer": 'recorded = """\nday: today',
        "total-answer": "a: seen\n\nb: guess\n",
    }
    validation, _ = found(exercise(lost))
    assert len(validation.errors) == 3
    assert all("three quotation marks is missing" in error for error in validation.errors)


@pytest.mark.slow
def test_changed_and_deleted_checks(exercise, right):
    """Is a check that was changed or deleted named, and never taken for passed?"""
    right["order"] = "assert True"
    validation, results = found(exercise(right, without=["total"]))
    assert results["order"].status == "changed"
    assert results["total"].status == "missing"
    assert not validation.passed


@pytest.mark.slow
def test_endless_loop(exercise, right):
    """Is a loop that never ends stopped, and are the checks after it called not run?"""
    right["record-answer"] = "while True:\n    pass"
    right["exercise-3"] = "# pandas may need longer to load than a cell may take here"
    validation, results = found(exercise(right), seconds=6)
    assert results["order"].status == "passed"
    assert results["record"].status == results["total"].status == "not run"
    assert "Code cell 4 took longer than 6 seconds" in validation.errors[-1]


@pytest.mark.slow
def test_python_that_ends(exercise, right):
    """Is it said in which cell Python ended?"""
    right["record-answer"] = "import os\nos._exit(1)"
    validation, results = found(exercise(right))
    assert results["total"].status == "not run"
    assert "Python ended in code cell 4" in validation.errors[-1]


@pytest.mark.slow
def test_runs_in_its_own_folder(exercise, right):
    """Does a cell find the files that lie beside the notebook?"""
    right["order-answer"] = 'order = open("order.txt").read().split()'
    path = exercise(right)
    (path.parent / "order.txt").write_text("ask tell")
    assert validate(path).passed


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"nbformat": 4}', b"[" * 100_000, b'{"nbformat": 3}']
)
def test_no_notebook(tmp_path, content):
    """Is a file that is no notebook named?"""
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookFileError, match=r"a\.ipynb"):
        validate(path)
    with pytest.raises(NotebookFileError, match="cannot be read"):
        validate(tmp_path / "none.ipynb")


def test_mends_ids(exercise):
    """Is a notebook read whose cells have no ids, or the same ones, without a word?"""
    path = exercise()
    notebook = json.loads(path.read_text("utf-8"))
    del notebook["cells"][0]["id"]
    notebook["cells"][1]["id"] = notebook["cells"][2]["id"]
    path.write_text(json.dumps(notebook), "utf-8")
    assert len({cell.id for cell in load(path).cells}) == len(notebook["cells"])


@pytest.mark.parametrize("metadata", [{}, {"fourps": {}}, {"fourps": []}])
def test_no_exercise(tmp_path, metadata):
    """Is another notebook refused?"""
    nbformat.write(nbformat.v4.new_notebook(metadata=metadata), tmp_path / "a.ipynb")
    with pytest.raises(NotAnExerciseError, match="no exercise"):
        validate(tmp_path / "a.ipynb")


def test_nothing_odd_is_printed():
    """Do a learner's outputs reach the terminal without its control characters?"""
    assert clean("\x1b]0;title\x07a\x1b[2Jb\u202e") == "?]0;title?ab?"
    assert len(clean("x" * 10_000)) < 3_000


def changed(path, change):
    """Change a notebook's JSON as another editor may."""
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook, {one["id"]: one for one in notebook["cells"]})
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def test_ids_in_an_older_format(exercise, right):
    """Is a notebook checked that has ids and says that its format has none, as Jupyter reads it?"""

    def older(notebook, cells):
        notebook["nbformat_minor"] = 4
        cells["words"] |= {"outputs": [], "execution_count": None}
        cells["total"]["id"] = "not an id"

    assert len(load(changed(exercise(right), older)).cells) == 13


@pytest.mark.slow
def test_cells_made_into_text(exercise, right):
    """Is a check or an answer that was made into text named in plain words, and never passed?"""

    def turn(_, cells):
        for name, kind in (("order", "raw"), ("total-answer", "markdown")):
            del cells[name]["outputs"], cells[name]["execution_count"]
            cells[name]["cell_type"] = kind

    validation, results = found(changed(exercise(right), turn))
    assert (results["order"].status, results["total"].status) == ("changed", "failed")
    assert results["order"].message.startswith("It was made into text, so it does not run here.")
    assert [one.split(" was")[0] for one in validation.errors] == [
        "No code any more: the cell 'order'",
        "No code any more: the cell 'total-answer'",
    ]
    assert not validation.passed


@pytest.mark.slow
def test_copied_cells(exercise, right):
    """Is a cell that stands there twice named, and judged by the one that was released?"""

    def copy(notebook, cells):
        copied = cells["order"] | {"id": "a1b2", "source": "assert False"}
        notebook["cells"].insert(0, copied)

    validation, results = found(changed(exercise(right), copy))
    assert validation.remarks == [
        "Copied: the cell 'order' is there 2 times; the second one counts."
    ]
    assert results["order"].status == "passed"
    assert validation.passed


@pytest.mark.once
def test_what_asks_not_to_be_run(exercise, right):
    """Is a check run that asks not to be, and is a module of one's own named that stays at home?"""

    def skip(notebook, cells):
        cells["order"]["metadata"]["tags"] = ["skip-execution"]
        notebook["cells"].insert(0, cells["order"] | {"id": "own", "source": "import mine, json"})
        notebook["cells"][0]["metadata"] = {}

    path = changed(exercise(right | {"order-answer": "order = [1]"}), skip)
    (path.parent / "mine").mkdir()
    validation, results = found(path)
    assert results["order"].status == "failed"
    [remark] = validation.remarks
    assert remark.startswith("Left out: mine, which lies beside the notebook. Only the notebook is")


def test_name_of_a_file_that_is_run(monkeypatch, tmp_path):
    """Does the name of a notebook steer no terminal while it is run, and is it no markup?"""
    stream = io.StringIO()
    learn = importlib.import_module("fourps.cli.learn")
    monkeypatch.setattr(learn, "errors", Console(file=stream, force_terminal=True, width=200))
    path = tmp_path / "a\x1b]0;b\x07[red]\nc.ipynb"
    path.write_text("{}", "utf-8")
    with contextlib.suppress(typer.Exit):
        learn.validate([path])
    assert "a?]0;b?[red]?c.ipynb" in stream.getvalue()
    assert "\x1b]" not in stream.getvalue()
