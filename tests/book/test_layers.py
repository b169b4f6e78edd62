"""Imports point one way only."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import fourps

pytestmark = pytest.mark.once

SOURCE = Path(fourps.__file__).parent
SPHINX = {
    *("sphinx", "docutils", "myst_nb", "myst_parser", "jupyter_book"),
    *("sphinxcontrib", "furo", "pybtex_docutils"),
}


def imported(path):
    """Return every module that a file imports, wherever in it."""
    package = ["fourps", *path.relative_to(SOURCE).parent.parts]
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            # `from fourps import quiz` imports a room, `from fourps.quiz import x` a part of one
            names.update([base, *(f"{base}.{alias.name}" for alias in node.names)])
    return names


def room(name):
    """Return the room of a module of ours; empty for the package itself and for others."""
    parts = name.split(".")
    known = {path.stem for path in SOURCE.iterdir()}
    return parts[1] if parts[0] == "fourps" and len(parts) > 1 and parts[1] in known else ""


@pytest.fixture(scope="module")
def imports():
    """What each room imports, by room."""
    result = {}
    for path in SOURCE.rglob("*.py"):
        inside = path.relative_to(SOURCE)
        result.setdefault(inside.parts[0].removesuffix(".py"), set()).update(imported(path))
    return result


def rooms(imports, of):
    return {room(name) for name in imports[of]} - {"", of}


def others(imports, of):
    return {name.split(".")[0] for name in imports[of]}


def test_every_room_is_seen(imports):
    """Does this module see the imports that it judges?"""
    expected = {"__init__", "book", "check", "cli", "course", "front", "notebook", "quiz"}
    assert expected <= imports.keys()
    assert {"scenario", "course"} <= rooms(imports, "book")
    assert "sphinx" in others(imports, "book")
    assert "fourps.course.problem" in imports["scenario"]


def test_course_is_at_the_bottom(imports):
    """Does the course import nothing else of ours?"""
    assert rooms(imports, "course") == set()


@pytest.mark.parametrize("name", ["scenario", "quiz"])
def test_players_know_no_book(imports, name):
    """Do scenario and quiz stay free of the book and of Sphinx?"""
    assert rooms(imports, name) <= {"course", "record", "front", "scenario"}
    assert SPHINX.isdisjoint(others(imports, name))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("data", {"course"}),
        ("lab", {"course", "data", "front"}),
        ("exercise", {"course", "record", "scenario"}),
        ("check", {"course", "quiz", "scenario"}),
        ("home", {"check", "course", "record", "scenario", "quiz"}),
        ("grading", {"course", "exercise", "home"}),
        ("report", {"course", "grading", "home", "lab", "quiz", "record", "scenario"}),
    ],
)
def test_rooms_beside_the_book(imports, name, allowed):
    """Do lab, exercise, home, grading and report import only the rooms below them?"""
    assert rooms(imports, name) <= allowed


def test_only_facilitators_import_nbgrader(imports):
    """Is nbgrader, which a learner does not have, behind the rooms for facilitators?"""
    assert {name for name in imports if "nbgrader" in others(imports, name)} == {
        "grading",
        "report",
    }


@pytest.mark.parametrize("name", ["record", "front"])
def test_leaves(imports, name):
    """Do the record and the front end import nothing of ours?"""
    assert rooms(imports, name) == set()


def test_only_the_command_imports_the_book(imports):
    """Does nothing but the book itself and the command import the book?"""
    assert {name for name in imports if "book" in rooms(imports, name)} == {"cli"}


def test_only_the_book_imports_sphinx(imports):
    """Is Sphinx, with all that belongs to it, behind the book?"""
    assert {name for name in imports if SPHINX & others(imports, name)} == {"book"}


def test_no_circles(imports):
    """Can the rooms be put in an order in which each imports only earlier ones?"""
    graph = {name: rooms(imports, name) for name in imports if name != "__init__"}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("course") < order.index("quiz") < order.index("book") < order.index("cli")


def test_import_stays_light():
    """Does `import fourps` in a new interpreter load neither Sphinx nor a grader nor widgets?"""
    code = "import sys, json, fourps; fourps.play, fourps.ask; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "fourps" in loaded
    heavy = SPHINX | {"nbgrader", "anywidget", "ipywidgets", "pandas", "matplotlib", "tornado"}
    # a namespace package that an installed .pth file may announce is not what is meant
    assert loaded & (heavy - {"sphinxcontrib"}) == set()
