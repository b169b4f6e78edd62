"""Imports point one way only, and no two files import each other in a circle."""

from __future__ import annotations

import ast
import json
import re
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
import nbseal

ROOTS = {"fourps": Path(fourps.__file__).parent, "nbseal": Path(nbseal.__file__).parent}
SPHINX = {
    *("sphinx", "docutils", "myst_nb", "myst_parser", "jupyter_book"),
    *("sphinxcontrib", "furo", "pybtex_docutils"),
}
# each room reads only rooms above it in this list: the drawings in the two architecture.md
ORDER = [
    *("nbseal.base", "nbseal.reasons", "nbseal.clock", "nbseal.machine", "nbseal.time_limit"),
    *("nbseal.odd_files", "nbseal.nbgrader_commands", "nbseal.gradebook", "nbseal.moodle"),
    *("nbseal.marker", "nbseal.inside", "nbseal.inert", "nbseal.seal", "nbseal.plain"),
    *("nbseal.plugins", "nbseal.mark", "nbseal.collect", "nbseal.giveback", "nbseal.run"),
    *("nbseal.remove_learner", "nbseal.cli"),
    *("fourps.course", "fourps.translation", "fourps.play_record", "fourps.front"),
    *("fourps.scenario", "fourps.quiz", "fourps.notebook", "fourps.exercise", "fourps.data"),
    *("fourps.lab", "fourps.labs", "fourps.outcomes", "fourps.handin", "fourps.check"),
    *("fourps.learn", "fourps.grading", "fourps.report", "fourps.book.after", "fourps.book"),
    "fourps.cli",
]
# the process from which both children are forked starts the marker in one of them
KNOWN = {("nbseal.marker", "nbseal.inside")}
DIVIDED = "fourps.book.after"


def module_of(path, source):
    parts = (source.name, *path.relative_to(source).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_of(path, source): path
    for source in ROOTS.values()
    for path in sorted(source.rglob("*.py"))
}


def imported(path):
    """Return every module that a file imports, wherever in it, types included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from fourps import quiz` imports a room, `from fourps.quiz import x` a part of one
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            ours = parts & {*MODULES}
            names |= ours | (parts & {"nbgrader.api"})
            if parts != ours:
                names.add(node.module or "")
    return names


def of_ours(names):
    return {name for name in names if name.startswith(tuple(f"{root}." for root in ROOTS))}


def room(module):
    """Return the room of a module."""
    if module == DIVIDED or module.startswith(f"{DIVIDED}."):
        return DIVIDED
    return ".".join(module.split(".")[:2])


@pytest.fixture(scope="module")
def imports():
    """What each module imports."""
    return {module: imported(path) for module, path in MODULES.items()}


@pytest.fixture(scope="module")
def rooms(imports):
    """What each room imports of ours."""
    result = {}
    for module, names in imports.items():
        if module not in ROOTS:
            of = result.setdefault(room(module), set())
            of |= {room(name) for name in of_ours(names)} - {room(module)}
    return result


def test_every_room_is_drawn(rooms):
    """Does this module see each room, and is none drawn that is not there?"""
    assert {*rooms} == {*ORDER}
    assert {"fourps.course", "fourps.scenario", "fourps.quiz"} <= rooms["fourps.book"]


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
    assert rooms["fourps.book"] & {"fourps.lab", "fourps.labs", "fourps.data"} == set()


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
    firsts = {room(module) for module in imports if module not in ROOTS}
    return {first for first in firsts if names & others(imports, of=first)}


def test_only_facilitators_import_nbgrader(imports):
    """Is nbgrader, which a learner does not have, behind the rooms for facilitators?"""
    readers = outside(imports, {"nbgrader"})
    assert {name for name in readers if name.startswith("fourps.")} == {
        *("fourps.grading", "fourps.report"),
    }
    assert "nbseal.base" not in readers


def test_only_the_gradebook_reads_the_tables(imports):
    """Are nbgrader's tables read and written in one room?"""
    readers = {module for module, names in imports.items() if "nbgrader.api" in names}
    assert {room(module) for module in readers} == {"nbseal.gradebook"}


def test_only_the_book_imports_sphinx(imports):
    """Is Sphinx, with all that belongs to it, behind the book?"""
    assert outside(imports, SPHINX) == {"fourps.book", "fourps.book.after"}


def test_the_grader_knows_no_course(imports):
    """Does the grader import nothing of the course, and nowhere have its name?"""
    ours = {module: path for module, path in MODULES.items() if module.startswith("nbseal")}
    assert len(ours) > 80
    assert {one for one in ours if any(name.startswith("fourps") for name in imports[one])} == set()
    for path in ROOTS["nbseal"].rglob("*.*"):
        if path.suffix != ".pyc":
            assert not re.search(
                "fourps|four ps|trafficking", path.read_text("utf-8"), re.IGNORECASE
            ), path


def test_the_base_is_light(imports):
    """Does what both use need nothing but nbformat?"""
    names = others(imports, of="nbseal.base") - sys.stdlib_module_names
    assert names == {"nbseal", "nbformat"}


def test_only_what_is_documented(imports, root):
    """Does the course import of the grader only what the grader's README has for others?"""
    readme = (root / "packages" / "nbseal" / "README.md").read_text("utf-8")
    public = set(
        re.findall(r"`(nbseal[\w.]*)(?:\.\*)?`", readme.partition("for others to import")[2])
    )
    assert {"nbseal.base", "nbseal.gradebook"} <= public
    named = {
        name
        for module, names in imports.items()
        if module.startswith("fourps.")
        for name in names
        if name.startswith("nbseal.")
    }
    assert {name for name in named if not public & {name, name.rpartition(".")[0]}} == set()


# what rooms may import beyond what everybody has
EXTRAS = {
    "book": ["book", "learn", "labs"],
    "check": ["author"],
    "cli": ["grade"],
    "grading": ["grade", "labs"],
    "lab": ["labs"],
    "labs": ["labs"],
    "learn": ["learn"],
    "report": ["grade"],
}


def asked_for(project, extras):
    """Return the names of the packages that a project asks for, with some of its extras."""
    parts = [*project["dependencies"]]
    for extra in extras:
        parts += project["optional-dependencies"][extra]
    return {canonicalize_name(Requirement(part).name) for part in parts}


def test_every_library_is_asked_for(imports, root):
    """Does a `pyproject.toml` ask for each library that a room imports, in the part that has the room?"""
    projects = {
        "fourps": tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"],
        "nbseal": tomllib.loads(
            (root / "packages" / "nbseal" / "pyproject.toml").read_text("utf-8")
        )["project"],
    }
    packages = packages_distributions()
    missing = set()
    for name in {room(module) for module in imports if module not in ROOTS}:
        package, part = name.split(".")[:2]
        extras = EXTRAS.get(part, ()) if package == "fourps" else ["grade"]
        asked = asked_for(projects[package], () if name == "nbseal.base" else extras)
        for library in others(imports, of=name) - sys.stdlib_module_names - {*ROOTS, ""}:
            if not asked & {*map(canonicalize_name, packages.get(library, ()))}:
                missing.add((name, library))
    assert not missing


def test_a_light_installation(root):
    """Does what plays, asks, validates and submits come to seventy packages at most?"""
    lock = (root / "requirements" / "base.txt").read_text("utf-8")
    assert 30 < len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE)) <= 70


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
