"""Notebooks that are marked where no learner's code runs."""

from __future__ import annotations

import logging

from graded_cells import marks
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from fourps.grading.plugins.credit import PlainCredit

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
            one.get("text") or one.get("data", {}).get("text/plain") or f"{one.ename}: {one.evalue}"
            for one in self.notebook.cells[number].outputs
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
        made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        notebook = new_notebook(cells=made, metadata={"fourps_language": language})
        return Marked(self._worker.execute(notebook, files, own), notebook)
