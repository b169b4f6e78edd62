"""What the tests share: a small course, the real one, and one Node that runs the players' code."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fourps.course.source import Source
from nbseal.base.profile import use

pytest_plugins = ["running"]
# it runs where Open edX's block is installed
collect_ignore = ["tools/openedx_block.py"]
use("fourps.grading.profile:profile")
ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "fixtures" / "course"


class JavaScript:
    """One Node: a question is a line of JSON, and so is its answer (see ``parity.mjs``)."""

    def __init__(self, process):
        self._process = process

    def __call__(self, command, **question):
        """Ask Node to run one command of ``parity.mjs``."""
        self._process.stdin.write(json.dumps({"command": command, **question}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "Node ended; its complaint is on the standard error output"
        answer = json.loads(line)
        assert "crash" not in answer, answer["crash"]
        return answer["answer"]


@pytest.fixture(scope="session")
def javascript():
    """Return a function that has the players' JavaScript answer."""
    node = Path(sys.executable).with_name("node")
    command = [
        str(node) if node.exists() else "node",
        # package.json says no type on purpose: Node sees by itself that the modules are modules
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        str(Path(__file__).with_name("parity.mjs")),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield JavaScript(process)
        process.stdin.close()


@pytest.fixture(scope="session")
def python():
    """Return a function that runs code in a new interpreter, and gives what came of it."""

    def run(code, *words, cwd=ROOT, **environment):
        command = [sys.executable, "-c", code, *map(str, words)]
        environment = os.environ | environment
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="session")
def root():
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def maker(root):
    """Return the module that makes cohorts up."""
    spec = importlib.util.spec_from_file_location("made_up", root / "benchmarks" / "cohort.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def small_scenario():
    """Return a function that gives a fresh copy of the small scenario, as plain values."""
    data = yaml.safe_load((SMALL / "modules" / "welcome" / "scenario.yaml").read_text("utf-8"))
    return lambda: copy.deepcopy(data)


@pytest.fixture(scope="session")
def small_quiz():
    """Return a function that gives a fresh copy of the small quiz, as plain values."""
    data = yaml.safe_load((SMALL / "modules" / "welcome" / "quiz.yaml").read_text("utf-8"))
    return lambda: copy.deepcopy(data)


@pytest.fixture
def course(tmp_path):
    """Return a copy of the small course, to be broken."""
    return shutil.copytree(SMALL, tmp_path / "course")


@pytest.fixture
def write(tmp_path):
    """Return a function that writes text, or values as YAML, into a file."""

    def to_file(content, name="source.yaml"):
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return to_file


@pytest.fixture
def read(write):
    """Return a function that writes YAML and reads it as a `Source`."""
    return lambda content: Source.read(write(content))


@pytest.fixture(scope="session")
def place():
    """Return a function that takes the value at a dotted place of nested data."""

    def look(data, dotted):
        for part in filter(None, dotted.split(".")):
            data = data[int(part)] if isinstance(data, list) else data[part]
        return data

    return look
