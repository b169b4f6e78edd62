"""What the guard notices, asked in processes of their own, since each breaks its shell."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"
BEFORE = """
import builtins, traceback, sys
from ipykernel.zmqshell import ZMQInteractiveShell
import atlas.checks, atlas.checks.strict, atlas.checks.points
from nbseal.inside.guard import guard
shell = ZMQInteractiveShell.instance()
changed = guard(shell, ["atlas.checks"])
"""
# what a learner does, and what the guard says of it
CHANGES = {
    "builtins.len = lambda _: 1": "builtins.len",
    "builtins.AssertionError = ValueError": "builtins.AssertionError",
    "atlas.checks.same = lambda *_: True": "atlas.checks.same",
    "atlas.checks.strict._equal = lambda *_: True": "atlas.checks.strict._equal",
    "atlas.checks.same.__code__ = (lambda a, b: True).__code__": "atlas.checks.strict.same",
    "atlas.checks.points.__defaults__ = (1,)": "atlas.checks.points.points",
    "traceback.format_exception = None": "traceback.format_exception",
    "shell.showtraceback = lambda *_: None": "get_ipython().showtraceback",
    "shell.displayhook = print": "get_ipython().displayhook",
    "shell.ast_transformers.append(1)": "get_ipython().ast_transformers",
    "shell.input_transformers_post.append(list)": "get_ipython().input_transformers_post",
    "shell.set_custom_exc((ValueError,), lambda *_: None)": "get_ipython().custom_exceptions",
    "sys.settrace(lambda *_: None)": "sys.settrace",
    "sys.setprofile(lambda *_: None)": "sys.setprofile",
    "shell.__class__ = type('Other', (type(shell),), {})": "get_ipython().__class__",
    "sys.modules['atlas.checks'] = sys": "sys.modules['atlas.checks']",
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
    ipython = tmp_path_factory.mktemp("ipython")
    places = os.pathsep.join([str(TOOLS), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        input=json.dumps([*CHANGES]),
        env=os.environ | {"PYTHONPATH": places, "IPYTHONDIR": str(ipython)},
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
