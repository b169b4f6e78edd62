"""Sealed execution, with the real bubblewrap."""

import contextlib
import os
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbseal.seal import Limits, SealError, Worker, why_not

pytestmark = pytest.mark.slow
LIMITS = Limits(cell_seconds=2, grace_seconds=1, memory_mb=256)


@pytest.fixture(scope="module")
def worker():
    assert not why_not()
    with Worker(LIMITS, preload=["numpy"]) as made:
        yield made


def run(worker, *sources, files=None):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    return worker.execute(notebook, files)


def shown(executed, index):
    [output] = executed.cells[index][0]
    return output.get("text") or output.get("evalue") or output["data"]["text/plain"]


def test_other_cells(worker):
    """Are cells without code left out, and is the notebook as it was?"""
    notebook = new_notebook(
        cells=[new_markdown_cell("text"), new_code_cell("1"), new_code_cell("")]
    )
    made = worker.execute(notebook)
    assert made.cells[0] is None
    assert made.cells[2] == ([], None)
    assert notebook.cells[1].outputs == []


def test_interrupted(worker):
    """Is a cell that takes too long interrupted, and does the next one run?"""
    made = run(worker, "a = 1", "while True: pass", "a")
    assert made.kind == "ok"
    names = [output["ename"] for output in made.cells[1][0]]
    assert names == ["KeyboardInterrupt", "CellTimeoutError"]
    assert shown(made, 2) == "1"


def test_nothing_is_shared(worker):
    """Does a submission find nothing of the one before it, but other random numbers?"""
    source = "import os, random, numpy\nleft = 'left' in globals(), os.listdir('.')\nleft"
    first = run(worker, f"{source}", "left = open('left.txt', 'w')", "numpy.random.rand()")
    second = run(worker, source, "", "numpy.random.rand()")
    assert shown(first, 0) == shown(second, 0) == "(False, [])"
    assert shown(first, 2) != shown(second, 2)


def test_unsealed(tmp_path, monkeypatch):
    """Does a notebook run without a seal, with a warning, its limits and a folder of its own?"""
    (tmp_path / "gradebook.db").write_text("ours")
    monkeypatch.chdir(tmp_path)
    made = Worker(LIMITS, sealed=False, preload=[])
    with pytest.warns(UserWarning, match="Notebooks run without a seal"):
        made.__enter__()
    with contextlib.closing(made):
        look = f"import os\nprint(os.getcwd())\nos.path.exists({__file__!r})"
        done = run(
            made,
            "open('gradebook.db').read()",
            "while True: pass",
            look,
            files={"gradebook.db": b"theirs"},
        )
    assert shown(done, 0) == "'theirs'"
    names = [output["ename"] for output in done.cells[1][0]]
    assert names == ["KeyboardInterrupt", "CellTimeoutError"]
    place, sees = done.cells[2][0]
    assert not Path(place["text"].strip()).exists()
    assert sees["data"]["text/plain"] == "True"
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("gradebook.db", "ours")]


def test_the_end_of_the_process(worker):
    """Is the process started again when it was killed?"""
    os.killpg(worker._process.pid, 9)
    assert shown(run(worker, "1"), 0) == "1"


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("echo no room >&2; exit 3", r"\(it ended with status 3\): no room"),
        ("kill -KILL $$", r"\(it was ended by SIGKILL\): it said nothing"),
        ("exec <&-; exec sleep 0.1", r"\(it ended with status 0\): it said nothing"),
    ],
    ids=["exits", "killed", "closes"],
)
def test_it_ends_before_it_is_ready(does, said, tmp_path, monkeypatch):
    """Is a process that ends while it starts named within a second, with what it said and how it ended?"""
    # asked with the real one, since the answer is kept
    assert not why_not()
    program, ends = tmp_path / "bwrap", tmp_path / "ends"
    program.write_text(f"#!/bin/sh\ncut -d' ' -f1 /proc/uptime >{ends}\n{does}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    worker = Worker(LIMITS, preload=[])
    with pytest.raises(SealError, match=said):
        worker.__enter__()
    # it waited a hundred and twenty once; how long a busy machine took to start it does not count
    assert time.clock_gettime(time.CLOCK_BOOTTIME) - float(ends.read_text()) < 1
    assert worker._process is None


def test_no_program_to_start(tmp_path, monkeypatch):
    """Is nothing left open where the process cannot even be started?"""
    assert not why_not()
    monkeypatch.setattr("nbseal.seal.cgroup.make", lambda *_: [])
    monkeypatch.setenv("PATH", str(tmp_path))
    worker = Worker(LIMITS, preload=[])
    with pytest.raises(FileNotFoundError):
        worker.__enter__()
    assert worker._control is None
