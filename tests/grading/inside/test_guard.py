"""What the guard notices, asked in processes of their own, since each breaks its shell."""

import json
import os
import subprocess
import sys

import pytest

BEFORE = """
import builtins, traceback, sys
from ipykernel.zmqshell import ZMQInteractiveShell
import fourps.exercise, fourps.exercise.strict, fourps.exercise.points
from nbseal.inside.guard import guard
shell = ZMQInteractiveShell.instance()
changed = guard(shell, ["fourps.exercise"])
"""
# what a learner does, and what the guard says of it
CHANGES = {
    "builtins.len = lambda _: 1": "builtins.len",
    "builtins.AssertionError = ValueError": "builtins.AssertionError",
    "fourps.exercise.same = lambda *_: True": "fourps.exercise.same",
    "fourps.exercise.strict._equal = lambda *_: True": "fourps.exercise.strict._equal",
    "fourps.exercise.same.__code__ = (lambda a, b: True).__code__": "fourps.exercise.strict.same",
    "fourps.exercise.points.__defaults__ = (1,)": "fourps.exercise.points.points",
    "traceback.format_exception = None": "traceback.format_exception",
    "shell.showtraceback = lambda *_: None": "get_ipython().showtraceback",
    "shell.displayhook = print": "get_ipython().displayhook",
    "shell.ast_transformers.append(1)": "get_ipython().ast_transformers",
    "shell.input_transformers_post.append(list)": "get_ipython().input_transformers_post",
    "shell.set_custom_exc((ValueError,), lambda *_: None)": "get_ipython().custom_exceptions",
    "sys.settrace(lambda *_: None)": "sys.settrace",
    "sys.setprofile(lambda *_: None)": "sys.setprofile",
    "shell.__class__ = type('Other', (type(shell),), {})": "get_ipython().__class__",
    "sys.modules['fourps.exercise'] = sys": "sys.modules['fourps.exercise']",
    "sys.__class__ = type('Other', (type(sys),), {})": "",
    "traceback.__class__ = type('Other', (type(sys),), {})": "traceback.__class__",
    "shell.user_ns['__builtins__'] = {}": "__builtins__",
    "import numpy; numpy.testing = sys": "numpy.testing",
    "import numpy; numpy.isnan = numpy.isinf": "numpy.isnan",
    "import pandas; pandas.DataFrame.equals = print": "pandas.DataFrame.equals",
    "import unittest; unittest.TestCase.assertEqual = print": "numpy.testing.TestCase.assertEqual",
    "shell.history_manager.store_inputs = print": "get_ipython().history_manager.store_inputs",
    # and what is nobody's business
    "builtins._ = 3": "",
    "import numpy; numpy.set_printoptions(2)": "",
    "len = 3; same = 4": "",
    "shell.user_ns['same'] = 1": "",
}
# a fork has all that was loaded, and what it breaks is broken nowhere else
ASK = (
    BEFORE
    + """
import json, os
for change in json.load(sys.stdin):
    sys.stdout.flush()
    child = os.fork()
    if not child:
        say = os.write
        assert changed() == ""
        exec(change)
        said = changed()
        sys.settrace(None); sys.setprofile(None)
        say(1, b"[" + said.encode() + b"]\\n")
        os._exit(0)
    os.waitpid(child, 0)
"""
)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        input=json.dumps([*CHANGES]),
        env=os.environ | {"IPYTHONDIR": str(tmp_path_factory.mktemp("ipython"))},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line[1:-1] for line in done.stdout.splitlines()]
    assert len(lines) == len(CHANGES), done.stdout + done.stderr
    return dict(zip(CHANGES, lines, strict=True))


@pytest.mark.parametrize("change", CHANGES)
def test_changes(change, said):
    """Is what tests rely on named once it was changed, and nothing else?"""
    assert said[change] == CHANGES[change]
