"""What nbgrader keeps in a notebook and its cells, how these are marked, and what became of a hand-in."""

from __future__ import annotations

import logging

from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade
from sqlalchemy import create_engine

from nbseal.base.profile import profile
from nbseal.gradebook import tables, verdicts
from nbseal.plugins.credit import PlainCredit

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


# checks of many kinds that fail where `triple` is right, or cannot be
WRONG = [
    "assert triple(2) == 7, 'wrong'",
    "from fourps.exercise import same\nassert same(triple(2), 7)",
    "from fourps.exercise import points, same\npoints(same(triple(2), 7), 2)",
    "0.0",
    "import numpy as np\nnp.float64(0.0)",
    "import numpy as np\nassert np.allclose(len([1]), 2)",
    "import numpy as np\nnp.testing.assert_allclose(len([1]), 2)",
    "import unittest\nunittest.TestCase().assertEqual(len([1]), 2)",
    "import hashlib\nassert hashlib.sha256(b'1').hexdigest() == 'no'",
    "triple('a') - 1",
]


class Marked:
    """A notebook that was marked.

    Attributes
    ----------
    made
        What the worker says of it.
    notebook
        With outputs.
    """

    def __init__(self, made, notebook):
        self.made = made
        self.notebook = notebook
        made.fill(notebook)
        PlainCredit().preprocess(notebook, {})

    def points(self):
        """Return the points of each check, as nbgrader reads them."""
        return {
            cell.metadata.nbgrader.grade_id: determine_grade(cell, logging.getLogger())[0]
            for cell in self.notebook.cells
            if cell.metadata.get("nbgrader", {}).get("grade")
            and not cell.metadata.nbgrader.solution
        }

    def said(self, number):
        """Return what a cell says: texts, or names of errors with their words."""
        return [
            output.get("text")
            or output.get("data", {}).get("text/plain")
            or f"{output.ename}: {output.evalue}"
            for output in self.notebook.cells[number].outputs
        ]


class Tools:
    """Makes cells, and marks notebooks of them."""

    def __init__(self, worker):
        self._worker = worker

    @staticmethod
    def check(source, name="check"):
        return new_code_cell(source, metadata=marks(name, True, points=2))

    @staticmethod
    def released(source, name="data"):
        return new_code_cell(source, metadata=marks(name))

    def mark(self, *cells, files=None, own=(), language="en"):
        """Mark a notebook; a cell that is a text is the learner's."""
        cells = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        notebook = new_notebook(cells=cells, metadata={profile().language_key: language})
        return Marked(self._worker.execute(notebook, files, own), notebook)


def tell(url, verdict):
    """Write a verdict into the gradebook at an address."""
    engine = create_engine(url)
    with engine.begin() as connection:
        tables.create(connection)
        verdicts.write(connection, verdict)
    engine.dispose()
