"""Imports point one way only, and no two files import each other in a circle."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import fourps

SOURCE = Path(fourps.__file__).parent
SPHINX = {
    *("sphinx", "docutils", "myst_nb", "myst_parser", "jupyter_book"),
    *("sphinxcontrib", "furo", "pybtex_docutils"),
}
# each room reads only rooms above it in this list: the drawing in docs/architecture.md
ORDER = [
    *("disk", "swap_folder", "whole_files", "csv_table", "from_outside", "course", "translation"),
    *("play_record", "front", "scenario", "quiz", "notebook"),
    *("exercise", "data", "lab", "labs", "outcomes", "handin", "check", "learn"),
    *("grading.reasons", "grading.clock", "grading.machine", "grading.time_limit"),
    *("grading.exercise_text", "grading.odd_files"),
    *("grading.nbgrader_commands", "grading.gradebook", "grading.moodle"),
    *("grading.marker", "grading.inside", "grading.inert", "grading.seal", "grading.plugins"),
    *(
        *("grading.collect", "grading.release_exercises", "grading.certificate"),
        *("grading.giveback", "grading.run"),
    ),
    *("grading.remove_learner", "report", "book.after", "book", "cli"),
]
# the process from which both children are forked starts the marker in one of them
KNOWN = {("grading.marker", "grading.inside")}
DIVIDED = ("grading", "book.after")


def module_of(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imported(path):
    """Return every module that a file imports, wherever in it, types included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from fourps import quiz` imports a room, `from fourps.quiz import x` a part of one
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            ours = {one for one in parts if one.removeprefix("fourps.") in MODULES}
            names |= ours | (parts & {"nbgrader.api"})
            if parts != ours:
                names.add(node.module or "")
    return names


def of_ours(names):
    return {one.removeprefix("fourps.") for one in names if one.startswith("fourps.")}


def room(module):
    """Return the room of a module."""
    parts = module.split(".")
    for folder in DIVIDED:
        if module.startswith(f"{folder}.") or module == folder:
            depth = 2 if folder == "grading" else len(folder.split("."))
            return ".".join(parts[:depth])
    return parts[0]


@pytest.fixture(scope="module")
def imports():
    """What each module imports."""
    return {module: imported(path) for module, path in MODULES.items()}


@pytest.fixture(scope="module")
def rooms(imports):
    """What each room imports of ours."""
    result = {}
    for module, names in imports.items():
        if module:
            of = result.setdefault(room(module), set())
            of |= {room(one) for one in of_ours(names)} - {room(module)}
    return result


def test_every_room_is_drawn(rooms):
    """Does this module see each room, and is none drawn that is not there?"""
    assert {*rooms} - {"grading"} == {*ORDER}
    assert {"course", "scenario", "quiz"} <= rooms["book"]


def test_one_way(rooms):
    """Does each room import only rooms that stand before it in the drawing?"""
    place = {name: number for number, name in enumerate(ORDER)}
    wrong = {
        (of, one)
        for of, others in rooms.items()
        for one in others
        if of in place and place[one] >= place[of] and (of, one) not in KNOWN
    }
    assert wrong == set()


def test_a_build_loads_no_labs(rooms):
    """Does the book, whose figures are drawn in cells, do without what draws them, and pandas?"""
    assert rooms["book"] & {"lab", "labs", "data"} == set()


def test_no_circles(imports):
    """Do no two files import each other in a circle, not even for a type?"""
    graph = {module: of_ours(names) & {*MODULES} - {module} for module, names in imports.items()}
    assert [*TopologicalSorter(graph).static_order()]


def others(imports, *, of):
    return {
        name.split(".")[0]
        for module, names in imports.items()
        if module == of or module.startswith(f"{of}.")
        for name in names
    }


def outside(imports, names):
    """Return the rooms that import one of these libraries."""
    firsts = {module.split(".")[0] for module in imports if module}
    return {one for one in firsts if names & others(imports, of=one)}


def test_only_facilitators_import_nbgrader(imports):
    """Is nbgrader, which a learner does not have, behind the rooms for facilitators?"""
    assert outside(imports, {"nbgrader"}) == {"grading", "report"}


def test_only_the_gradebook_reads_the_tables(imports):
    """Are nbgrader's tables read and written in one room?"""
    readers = {module for module, names in imports.items() if "nbgrader.api" in names}
    assert {room(module) for module in readers} == {"grading.gradebook"}


def test_only_the_book_imports_sphinx(imports):
    """Is Sphinx, with all that belongs to it, behind the book?"""
    assert outside(imports, SPHINX) == {"book"}


# what rooms may import beyond what every learner has
EXTRAS = {
    "book": ["book"],
    "check": ["author"],
    "cli": ["facilitator"],
    "grading": ["facilitator"],
    "report": ["facilitator"],
}


def test_every_library_is_asked_for(imports, root):
    """Does `pyproject.toml` ask for each library that a room imports, in the part that has the room?"""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    packages = packages_distributions()
    missing = set()
    for name in {room(module).split(".")[0] for module in imports if module}:
        parts = [
            *project["dependencies"],
            *(one for key in EXTRAS.get(name, ()) for one in extras[key]),
        ]
        asked = {canonicalize_name(Requirement(one).name) for one in parts}
        for library in others(imports, of=name) - sys.stdlib_module_names - {"fourps", ""}:
            if not asked & {*map(canonicalize_name, packages.get(library, ()))}:
                missing.add((name, library))
    assert not missing


def test_import_stays_light():
    """Does `import fourps` in a new interpreter load neither Sphinx nor a grader nor widgets?"""
    code = "import sys, json, fourps; fourps.play, fourps.ask; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "fourps" in loaded
    heavy = SPHINX | {"nbgrader", "anywidget", "ipywidgets", "pandas", "matplotlib", "tornado"}
    # a namespace package that an installed .pth file may announce is not what is meant
    assert loaded & (heavy - {"sphinxcontrib"}) == set()


def test_cells_load_no_babel():
    """Does a kernel whose cells draw, check or play in English do without Babel?"""
    code = (
        "import sys, fourps, fourps.lab, fourps.exercise.messages as checks\n"
        "fourps.lab.sentence('{site}: 9,300', site='Ferry Road')\n"
        "checks.message('letter-twice'), fourps.play, fourps.ask\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "fourps.lab.sentence" in loaded
    assert "babel" not in loaded
