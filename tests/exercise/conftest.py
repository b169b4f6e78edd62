"""Every exercise, run as nbgrader runs it but without a kernel, so that many variants are quick.

Beside this file stands one YAML file for each exercise: how to guess at random, which typical wrong
answers to try, and what they should earn.
"""

from __future__ import annotations

import ast
import contextlib
import io
import traceback
from functools import cache, lru_cache
from pathlib import Path

import nbformat
import pytest
import yaml
from nbgrader.utils import determine_grade, is_grade, is_solution

from fourps.grading.exercise_text import read
from nbseal.base.cells import grade_id


class Run:
    """What came of one run.

    Attributes
    ----------
    points
        The points of each check, as nbgrader reads them.
    said
        What each check printed, or the message of the error that it stopped with.
    stderr
        All that was written to the error output.
    """

    def __init__(self):
        self.points = {}
        self.said = {}
        self.stderr = ""

    def total(self, *parts):
        return sum(value for name, value in self.points.items() if not parts or name in parts)


@lru_cache(1000)
def compiled(source):
    """Compile a cell: all but its last line, where that is an expression, and that line."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    shown = compile(ast.Expression(last.value), "cell", "eval") if last else None
    return compile(tree, "cell", "exec"), shown


def output(kind, **content):
    """Return an output as a kernel gives it; `nbformat` would hold each against its schema."""
    return nbformat.NotebookNode(output_type=kind, **content)


def execute(source, space):
    """Run a cell; return the outputs that a kernel would give."""
    out, err = io.StringIO(), io.StringIO()
    outputs = []
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code, shown = compiled(source)
            exec(code, space)  # noqa: S102 - our own exercise
            value = eval(shown, space) if shown else None  # noqa: S307
            if value is not None:
                data = nbformat.NotebookNode({"text/plain": repr(value)})
                outputs.append(output("execute_result", data=data, metadata={}, execution_count=1))
        except Exception as error:  # noqa: BLE001 - a cell may stop with anything
            lines = traceback.format_exc().splitlines()
            name = type(error).__name__
            outputs.append(output("error", ename=name, evalue=str(error), traceback=lines))
    for name, stream in (("stdout", out), ("stderr", err)):
        if stream.getvalue():
            outputs.insert(0, output("stream", name=name, text=stream.getvalue()))
    return outputs


HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = sorted(path.parent.name for path in ROOT.glob("exercises/*/exercise.md"))


@cache
def expected(module):
    """Return what the YAML file of an exercise says about its answers."""
    return yaml.safe_load((HERE / f"{module}.yaml").read_text("utf-8"))


@cache
def solved(module):
    """Return an exercise with its solutions; no test changes it."""
    return read(ROOT / "exercises" / module / "exercise.md")


def pytest_generate_tests(metafunc):
    """Ask each question once for each exercise, or for each answer in its file."""
    names = metafunc.fixturenames
    if "answer" in names:
        kind = metafunc.definition.get_closest_marker("answers").args[0]
        rows = [(module, one) for module in MODULES for one in expected(module)[kind]]
        ids = [f"{module}-{one['task']}-{one['why']}" for module, one in rows]
        metafunc.parametrize(("module", "answer"), rows, ids=ids, scope="session")
    elif "module" in names:
        metafunc.parametrize("module", MODULES, scope="session")


@pytest.fixture(scope="session")
def answers(module):
    """Return what the YAML file of this exercise says."""
    return expected(module)


@pytest.fixture(scope="session")
def exercise(module):
    """Return the exercise with its solutions and hidden tests, as a notebook."""
    return solved(module)


@pytest.fixture(scope="session")
def checks(exercise):
    """Return the points of each check."""
    return {
        grade_id(cell): cell.metadata.nbgrader.points
        for cell in exercise.cells
        if grade_id(cell) and is_grade(cell) and not is_solution(cell)
    }


@pytest.fixture(scope="session")
def first_part(checks):
    """Return the names of the checks that need no programming."""
    names = list(checks)
    return names[: names.index("task-12-check")]


@pytest.fixture(scope="session")
def run(exercise):
    """Return a function that runs the exercise with other answers, and says what they earn.

    Answers are given by ``grade_id``; ``base`` is whose cells the others are taken from.
    """

    def call(answers, base=exercise, only=None):
        result = Run()
        space = {"__name__": "__main__"}
        for cell in base.cells:
            name = grade_id(cell)
            if cell.cell_type != "code" or (only and name.removesuffix("-check") not in only):
                continue
            source = answers.get(name, cell.source)
            outputs = execute(source, space)
            result.stderr += "".join(one.text for one in outputs if one.get("name") == "stderr")
            if is_grade(cell):
                cell = nbformat.from_dict(cell)  # noqa: PLW2901
                cell.outputs = outputs
                result.points[name], _ = determine_grade(cell)
                result.said[name] = "".join(
                    one.get("text") or one.get("evalue", "") for one in outputs
                )
        return result

    return call
