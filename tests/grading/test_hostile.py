"""Hostile submissions, each through a real worker: what they may not reach, and what they keep.

Each file of ``hostile`` is the cell of one submission; its docstring says what it tries. Its name
does not end in ``.py``, since nothing may ever import it. Before it stands an honest cell with its
test, and after it another. ``cheat_...`` changes how tests run.
"""

import hashlib
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from graded_cells import marks
from nbformat import validate
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from nbseal.plugins.credit import PlainCredit
from nbseal.seal import Limits, Worker, box, why_not

pytestmark = pytest.mark.slow
FILES = sorted(Path(__file__).with_name("hostile").glob("*.cell"))
CHEATS = {path.stem for path in FILES if path.stem.startswith("cheat_")}
LIMITS = Limits(
    memory_mb=256,
    processes=32,
    output_mb=1,
    file_mb=16,
    disk_mb=32,
    cpu_seconds=20,
    cell_seconds=2,
    grace_seconds=1,
    total_seconds=30,
)
WORD = "word-that-nobody-may-read"
NOBODY = "65534"
ROOT = Path(__file__).parents[2]
MARK = "987654321"
TEST = (
    "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-3) == -6\n### END HIDDEN TESTS"
)
WRONG = "assert len([1]) == 2, 'wrong'"
HASH = hashlib.sha256(b"5").hexdigest()
# tests as courses write them, which nothing above makes right
WRONGS = {
    "assert": WRONG,
    "course": "from fourps.exercise import same\nassert same(double(2), 5)",
    "later": "from fourps.exercise import same\nassert same(double(2), 4)\nassert same(double(1), 3)",
    "points": "from fourps.exercise import points, same\npoints(same(double(2), 5), 1)",
    "number": "0.0",
    "numpy-number": "import numpy as np\nnp.float64(0.0)",
    "numpy": "import numpy as np\nassert np.allclose(len([1]), 2)",
    "numpy-testing": "import numpy as np\nnp.testing.assert_allclose(len([1]), 2)",
    "unittest": "import unittest\nunittest.TestCase().assertEqual(len([1]), 2)",
    "hash": f"import hashlib\nassert hashlib.sha256(str(len([1])).encode()).hexdigest() == '{HASH}'",
}


def check(source, name):
    return new_code_cell(source, metadata=marks(name, True, points=1))


class Listener:
    """Listens on this computer's loopback and on an abstract socket, and counts who came."""

    def __init__(self):
        self.came = []
        self.abstract = f"fourps-{os.getpid()}"
        self._sockets = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)]
        self._sockets[1].bind("\0" + self.abstract)
        self._sockets[1].listen()
        self.port = self._sockets[0].getsockname()[1]
        for one in self._sockets:
            threading.Thread(target=self._listen, args=(one,), daemon=True).start()

    def _listen(self, one):
        while True:
            try:
                came, _ = one.accept()
                came.close()
                self.came.append(True)
            except OSError:
                return

    def close(self):
        for one in self._sockets:
            one.shutdown(socket.SHUT_RDWR)
            one.close()


@pytest.fixture(scope="module")
def listener():
    made = Listener()
    with socket.create_connection(("127.0.0.1", made.port)):
        pass
    while not made.came:
        pass
    made.came.clear()
    yield made
    made.close()


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """Return files as a facilitator has them: a gradebook, a source, another hand-in."""
    course = tmp_path_factory.mktemp("course")
    paths = [course / name for name in ("gradebook.db", "source/a.ipynb", "submitted/b/a.ipynb")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WORD)
        path.chmod(0o666)
        path.parent.chmod(0o777)
    return paths


@pytest.fixture(scope="module")
def worker():
    assert not why_not()
    os.environ["FACILITATORS_KEY"] = WORD
    with Worker(LIMITS, preload=["numpy", "fourps.exercise"]) as made:
        yield made
    del os.environ["FACILITATORS_KEY"]


def notebook(*cells):
    return new_notebook(cells=[new_code_cell("def double(x):\n    return 2 * x"), *cells])


def passed(executed, index):
    outputs, _ = executed.cells[index]
    return not any(
        output["output_type"] == "error" or output.get("name") == "stderr" for output in outputs
    )


def left_behind(worker):
    """Return the processes that bear the mark, and those of the worker's user but its own."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes()
            user = place.stat().st_uid
        except OSError:
            continue
        own = any(word in words for word in (b"bwrap", b"inside.zygote"))
        if MARK.encode() in words or (user == box.user(worker._number) and not own):
            found.append((user, words))
    started = psutil.Process(worker._process.pid)
    below = [" ".join(one.cmdline()) for one in started.children(recursive=True)]
    found += [words for words in below if "bwrap" not in words and "inside.zygote" not in words]
    # bubblewrap twice, its first process and the zygote
    groups = [len((one / "cgroup.procs").read_text().split()) for one in worker._groups]
    return found + [count for count in (len(below), *groups) if count > 4]


ENDS = {
    "ends_its_process": "died",
    "ends_later": "died",
    "ignores_interrupts": "timeout",
    "swallows_interrupts": "timeout",
    "speaks_for_the_kernel": "tampered",
    "speaks_without_end": "output",
    "deep_nest": "tampered",
    "many_values": "output",
}
# they say very much, and what comes after it is still earned
GO_ON = {"many_messages", "raises_much", "shows_much", "odd_names"}
# of which one is named where a test imports what it replaces: `imported_names`
WITHOUT_EFFECT = """
    always_equal audit_hook empty_text events imported_names numpy_numbers semicolon shows_first
    shows_nothing
"""


@pytest.fixture
def hostile(worker, secrets, listener):
    """Return a function that runs a hostile cell before some others, and looks at what it reached."""
    known = {
        "PORT": listener.port,
        "ABSTRACT": listener.abstract,
        "SECRETS": [str(one) for one in secrets],
        "SECRET_WORD": WORD[:9] + "-",
        "MARK": MARK,
    }

    def run(path, *cells):
        started = time.monotonic()
        whole = notebook(
            check(TEST, "before"),
            new_code_cell(f"globals().update({known!r})"),
            new_code_cell(path.read_text("utf-8")),
            *cells,
            new_code_cell(f"'{WORD[:4]}' + '{WORD[4:]}'"),
        )
        made = worker.execute(whole)
        assert time.monotonic() - started < LIMITS.total_seconds + 10
        assert passed(made, 1), made
        said = repr(made.cells[:-1])
        assert WORD not in said
        assert [one.read_text() for one in secrets] == [WORD] * 3
        assert sorted(secrets[0].parent.rglob("*")) == sorted(
            {*secrets, *(one.parent for one in secrets[1:]), secrets[2].parents[1]}
        )
        assert listener.came == []
        assert left_behind(worker) == []
        made.fill(whole)
        validate(whole)
        again = worker.execute(
            notebook(check(TEST, "after"), new_code_cell("'left_behind' in dir(__builtins__)"))
        )
        assert again.kind == "ok"
        assert passed(again, 1)
        assert again.cells[2][0][0]["data"]["text/plain"] == "False"
        assert left_behind(worker) == []
        return made, whole

    return run


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in CHEATS], ids=lambda path: path.stem
)
def test_hostile(path, hostile):
    """Does it reach nothing, leave nothing, change nobody's marks, and keep what was earned?"""
    made, _ = hostile(path, check(WRONG, "wrong"), check(TEST, "late"))
    assert not passed(made, 4), made
    if path.stem in ENDS:
        assert made.kind == ENDS[path.stem]
        assert str(made.reason).endswith(".")
        assert not passed(made, 5)
    if path.stem in GO_ON:
        assert made.kind == "ok"
        assert passed(made, 5)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem in CHEATS], ids=lambda path: path.stem
)
def test_cheats(path, hostile):
    """Does it earn nothing for a wrong answer, in tests of many kinds, and is it named or without effect?"""
    tests = [*WRONGS.items(), ("text", "double('a')"), ("other", TEST.replace("double", "len"))]
    made, whole = hostile(path, *(check(source, kind) for kind, source in tests))
    at = {kind: number for number, (kind, _) in enumerate(tests, 4)}
    assert not passed(made, at["assert"]), made
    assert not passed(made, at["other"]), made
    zero = [output.get("data", {}).get("text/plain") for output in made.cells[at["number"]][0]]
    assert zero == ["0.0"] or not passed(made, at["number"]), made
    # by the plainest tests, which rest on no helper
    plain = [made.cells[at[kind]][0] for kind in ("assert", "number", "text")]
    named = any(output.get("ename") == "TamperedError" for said in plain for output in said)
    assert (
        named
        or not passed(made, at["text"])
        or path.stem.removeprefix("cheat_") in WITHOUT_EFFECT.split()
    )
    assert made.kind == "tampered" or not named
    for cell in whole.cells:
        # as the course has it: a warning costs no marks
        cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    PlainCredit().preprocess(whole, {})
    marks = {kind: determine_grade(whole.cells[at[kind]], logging.getLogger()) for kind in WRONGS}
    assert [kind for kind, (mark, _) in marks.items() if mark] == []


def test_many_cells(worker):
    """Is a notebook stopped whose cells together say more than is kept, however many they are?"""
    cells = [new_code_cell("print('x' * 900_000)") for _ in range(100)]
    made = worker.execute(notebook(check(TEST, "a"), *cells))
    assert made.kind == "output"
    assert passed(made, 1)
    assert len(repr(made.cells)) < 70 << 20


def test_what_tests_leave(worker):
    """Is the text of a hidden test gone from history, from lines and from the last error?"""
    look = (
        "import linecache, sys\n"
        "text = repr((In, _i, _ii, _iii, linecache.cache, getattr(sys, 'last_value', 0),\n"
        "    [one for one in get_ipython().history_manager.get_range(raw=True)]))\n"
        "'double' + '(-3)' in text"
    )
    made = worker.execute(
        notebook(check(TEST, "a"), check(TEST + "\n1 / 0", "b"), new_code_cell(look))
    )
    assert passed(made, 1)
    assert made.cells[3][0][0]["data"]["text/plain"] == "False"


HONEST = """
%pylab inline
---
%load_ext autoreload
%autoreload 2
---
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.ast_node_interactivity = 'all'
---
get_ipython().ast_node_interactivity = 'none'
---
%config InteractiveShell.ast_node_interactivity = 'all'
---
%config InlineBackend.figure_format = 'retina'
---
%precision 3
%xmode Plain
%colors NoColor
%pprint
---
%pdb on
---
%cd /tmp
---
%reset -f
---
%%capture said
print(1)
---
exit
---
quit()
---
import builtins
builtins.mine = 3
del builtins.mine
list = [1]
sum = 3
---
from math import *
from operator import *
from functools import *
from numpy import *
---
import pandas as pd
pd.set_option('display.float_format', '{:.2f}'.format)
pd.DataFrame.halve = lambda self: self / 2
pd.Series.halve = lambda self: self / 2
---
import pandas as pd
@pd.api.extensions.register_dataframe_accessor('geo')
class Geo:
    def __init__(self, of): self.of = of
---
import numpy as np
np.set_printoptions(2)
np.seterr(all='ignore')
np.random.seed(1)
np.testing.assert_allclose(1, 1)
---
import unittest
class One(unittest.TestCase):
    def test_one(self):
        self.assertEqual(1, 1)
unittest.main(argv=[''], exit=False)
---
from unittest.mock import MagicMock, patch
with patch('builtins.print'):
    print(MagicMock()())
---
import doctest
doctest.testmod()
---
import traceback
try:
    1 / 0
except ZeroDivisionError:
    traceback.print_exc()
---
import warnings
warnings.simplefilter('ignore')
import logging
logging.basicConfig(level=10)
---
async def one():
    return 1
await one()
---
get_ipython().events.register('post_run_cell', lambda *_: None)
---
get_ipython().display_formatter.formatters['text/html'].for_type(int, str)
---
from fourps.exercise import *
from fourps import ask, play
""".strip().split("\n---\n")


@pytest.fixture(scope="module")
def usual():
    with Worker() as made:
        yield made


@pytest.mark.parametrize("source", HONEST)
def test_honest(source, usual):
    """Does a notebook keep its marks that does what courses do, within the usual limits?"""
    made = usual.execute(
        notebook(new_code_cell(source), check("assert [1]", "a"), check("0.5\n1.5", "b"))
    )
    assert made.kind == "ok", made
    assert passed(made, 2)
    assert [output["data"]["text/plain"] for output in made.cells[3][0]] == ["1.5"]


def view(*places):
    """Return bubblewrap's words for this machine with some places open to all.

    What lies in a closed folder, as a Python under ``/root`` does, is shown in an empty one.
    """
    above = {one for place in places for one in place.parents if not one.stat().st_mode & 1}
    closed = [one for one in above if not above.intersection(one.parents)]
    words = ["bwrap", "--dev-bind", "/", "/"]
    for one in closed:
        words += ["--perms", "0755", "--tmpfs", str(one)]
    for place in places:
        for one in closed:
            if one in place.parents:
                between = [up for up in reversed(place.parents) if one in up.parents]
                words += [word for up in between for word in ("--perms", "0755", "--dir", str(up))]
                words += ["--ro-bind", str(place), str(place)]
    return [*words, "setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"]


def test_started_as_nobody():
    """Does it hold as well where an ordinary user grades, with no other user to change to?"""
    names = ["fork_bomb", "daemon", "kills_everybody"]
    how = "-m pytest -q -p no:cacheprovider -p no:xdist --capture=no -o addopts="
    words = [sys.executable, *how.split()]
    words += [f"{__file__}::test_hostile[{one}]" for one in names]
    if not os.geteuid():
        words = view(Path(sys.base_prefix), Path(sys.prefix), ROOT) + words
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
