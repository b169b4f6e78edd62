"""What ordinary programs display."""

import logging

import pytest
from graded_cells import marks
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from nbseal.inert import make_inert
from nbseal.seal import Limits, Worker

pytestmark = pytest.mark.slow
START = """
import datetime
import numpy as np
from IPython.display import clear_output, display
from PIL import Image

def show(value, kind="application/json", **more):
    display({kind: value, "text/plain": "shown"}, raw=True, **more)

class Shown:
    def _repr_mimebundle_(self, **_):
        return {"text/plain": np.int64(2), "application/json": {"when": datetime.date(2026, 1, 2)}}
"""
CELLS = [
    'Image.new("RGB", (4, 4), "red")',
    'display(Image.new("RGB", (4, 4), "red"))',
    'show({"a": float("nan"), "b": [np.int64(3), np.float32(0.5), float("inf")]})',
    'show({"day": datetime.date(2026, 1, 2), "time": datetime.datetime(2026, 1, 2, 3, tzinfo=datetime.UTC)})',
    "show((1, 2)), show({3: 4}), show({1, 2}), show(range(2))",
    'show(b"\\x89PNG", "image/png")',
    'show("a", display_id=5, metadata={"width": np.int64(3)})',
    "Shown()",
    # a kernel cannot send these either: the cell has an error
    "show(object())",
    "show(np.bool_(True))",
    "print(1); clear_output(wait=1); print(2)",
]
CHECKS = ["Shown()", "assert True"]


def test_what_is_displayed():
    """Does ordinary output show and earn what it should, and the rest of the notebook run?"""
    checks = [new_code_cell(one, metadata=marks(one, True, points=3)) for one in CHECKS]
    made = new_notebook(cells=[*map(new_code_cell, (START, *CELLS)), *checks])
    with Worker(Limits(), preload=[]) as worker:
        executed = worker.execute(made)
    assert (executed.kind, executed.reason) == ("ok", None)
    executed.fill(made)
    outputs = {cell.source: cell.outputs for cell in made.cells[1:]}
    failed = {source for source in outputs for one in outputs[source] if one.output_type == "error"}
    assert "show(object())" in failed
    assert not failed & {*CELLS[:8], CELLS[-1]}
    picture = outputs[CELLS[0]][-1].data["image/png"]
    assert outputs[CELLS[1]][-1].data["image/png"] == picture
    numbers = outputs[CELLS[2]][-1].data["application/json"]
    assert numbers == {"a": "nan", "b": [3, 0.5, "inf"]}
    assert outputs[CELLS[3]][-1].data["application/json"]["day"].startswith("2026-01-02")
    assert outputs[CELLS[5]][-1].data["image/png"] == "iVBORw=="
    assert outputs["Shown()"][-1].data["text/plain"] == "2"
    assert outputs[CELLS[-1]][-1].text == "2\n"
    assert [determine_grade(one, logging.getLogger()) for one in checks] == [(2, 3), (3, 3)]
    make_inert(made)
    assert made.cells[1].outputs[0].data["image/png"] == "".join(picture.split())
