import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import atlas
import pytest
from nbgrader.coursedir import CourseDirectory

import nbseal
from nbseal.seal import box, of_course

GRADER = Path(nbseal.__file__).parents[1]
# what a child says of the package's folder, of the one above it, and of a course that lies in it
ASKED = """
import pathlib, atlas
from nbformat.v4 import new_code_cell, new_notebook
from nbseal.seal import Worker, why_not
course = pathlib.Path(atlas.__file__).parent / "ours"
hidden = [str(course), str(course.with_name("elsewhere.db"))]
assert not why_not(hidden=hidden), why_not(hidden=hidden)
cell = '''
import os, pathlib, atlas
package = pathlib.Path(atlas.__file__).parent
for place in (package, *package.parents[:2], package / "ours"):
    try:
        (place / "left").write_text("for the next one")
    except OSError:
        continue
    raise RuntimeError(f"{place} can be written")
pathlib.Path("/tmp/own").write_text("mine")
seen = [str(one.relative_to(package)) for one in package.rglob("*") if "ours" in one.parts]
try:
    (package / "elsewhere.db").read_text()
except OSError:
    print(package, seen)
'''
with Worker(preload=[], hidden=hidden) as worker:
    done = worker.execute(new_notebook(cells=[new_code_cell(cell)]), {})
print(done.cells[0][0])
"""


@pytest.mark.slow
@pytest.mark.usefixtures("atlas")
def test_a_course_under_tmp():
    """Under /tmp too: can a course be graded, can no child leave anything in it, or see it in a package's folder?"""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        package = Path(shutil.copytree(Path(atlas.__file__).parent, Path(folder, "src", "atlas")))
        (package / "content" / "modules").mkdir(parents=True)
        for name in ("ours/gradebook.db", "ours/submitted/ada/a.ipynb", "elsewhere.db"):
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text("secret")
        done = subprocess.run(
            [sys.executable, "-c", ASKED],
            env=os.environ | {"PYTHONPATH": f"{package.parent}{os.pathsep}{GRADER}"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert f"'text': '{package} ['ours']\\n'" in done.stdout.replace('"', "'"), done


def order(words, *places):
    """Return what bubblewrap does with some places, in its order."""
    done = [" ".join(words[at - 1 : at + 1]) for at, word in enumerate(words) if word in places]
    return [one for one in done if one.startswith(("--ro-bind", "--tmpfs"))]


def test_a_course_below_python(tmp_path, monkeypatch):
    """Is a course hidden that lies below Python's environment, and what Python needs in it shown?"""
    prefix = tmp_path / "environment"
    course = prefix / "course"
    # an environment of another project, and this one in an environment of its own in the course
    monkeypatch.setattr(sys, "base_prefix", str(prefix))
    monkeypatch.setattr(sys, "prefix", str(course / ".venv"))
    (course / ".venv").mkdir(parents=True)
    away = [tmp_path / "not-seen-anyway", prefix / "not-there-yet"]
    away[0].mkdir()
    words = box.command(["true"], hidden=map(str, [course, *away]))
    prefix, course, own = map(str, (prefix, course, course / ".venv"))
    first = [f"--ro-bind {prefix}", f"--tmpfs {course}", f"--ro-bind {own}"]
    assert order(words, prefix, course, own) == first * (1 if os.geteuid() else 2)
    assert not {*words}.intersection(map(str, away))
    assert words.index("--remount-ro") > words.index(own)


def test_a_course_that_is_pythons_own_folder(tmp_path, monkeypatch):
    """Is it refused, in a sentence that helps, where the course cannot be hidden?"""
    monkeypatch.setattr(box, "_asked", lambda _: "")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    why = box.why_not(hidden=[str(tmp_path)])
    assert why.startswith(f"Notebooks need {tmp_path}, where Python or a part of it lies")
    assert why.endswith(f"such as {tmp_path / '.venv'}.")
    assert not box.why_not(hidden=[str(tmp_path / "course")])
    assert not box.why_not(sealed=False, hidden=[str(tmp_path)])


@pytest.mark.parametrize("link", [False, True])
def test_places_of_a_course(link, tmp_path):
    """Is all hidden that a course has elsewhere, by its configuration or through a link?"""
    root, other = tmp_path / "course", tmp_path / "elsewhere"
    root.mkdir()
    other.mkdir()
    course = CourseDirectory(root=str(root), db_url=f"sqlite:///{tmp_path}/marks.db?timeout=60")
    if link:
        (root / "submitted").symlink_to(other)
    else:
        course.submitted_directory = str(other)
    places = of_course(course)
    assert {str(root), str(other), str(tmp_path / "marks.db")} < {*places}
    course.db_url = "postgresql+psycopg://me:word@host/marks"
    assert "marks" not in repr(of_course(course))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("RuntimeError: Unable to find libseccomp", "needs libseccomp, which cannot be loaded"),
        ("ModuleNotFoundError: No module named 'pyseccomp'", "needs pyseccomp, which cannot be"),
        ("bwrap: No permissions to create new namespace", "This machine does not allow sealed"),
        ("", "This machine does not allow sealed grading (it says nothing)"),
    ],
)
def test_why_not(error, said, monkeypatch):
    """Is it said in a sentence what a machine lacks, and where the way on stands?"""
    done = subprocess.CompletedProcess([], 1, "", f"Traceback\n{error}\n" if error else "")
    monkeypatch.setattr(box, "_probe", lambda: done)
    why = box._asked.__wrapped__(sealed=True)
    assert said in why
    assert why.endswith("docs/sealing.md of nbseal says how to go on, on this machine or another.")


@pytest.mark.parametrize("missing", ["bwrap", "setpriv"])
def test_a_program_is_missing(missing, tmp_path, monkeypatch):
    """Is the program named that is not installed, and setpriv asked for only when root grades?"""
    for name in {"bwrap", "setpriv"} - {missing}:
        (tmp_path / name).symlink_to("/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(box, "_probe", lambda: subprocess.CompletedProcess([], 0))
    for user in (0, 1000):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        said = f"Sealed grading needs the program {missing}, which is not installed"
        assert box._asked.__wrapped__(sealed=True).startswith(said) == (
            missing == "bwrap" or not user
        )
