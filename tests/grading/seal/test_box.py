import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import fourps
from fourps.grading.seal import box

# what a child says of the package's folder, and of the one above it
ASKED = """
from nbformat.v4 import new_code_cell, new_notebook
from fourps.grading.seal import Worker, why_not
assert not why_not(), why_not()
cell = '''
import os, pathlib, fourps
package = pathlib.Path(fourps.__file__).parent
for place in (package, *package.parents[:2]):
    try:
        (place / "left").write_text("for the next one")
    except OSError:
        continue
    raise RuntimeError(f"{place} can be written")
pathlib.Path("/tmp/own").write_text("mine")
print(package)
'''
with Worker(preload=[]) as worker:
    done = worker.execute(new_notebook(cells=[new_code_cell(cell)]), {})
print(done.cells[0][0])
"""


def test_a_course_under_tmp():
    """Can a course that lies under /tmp be graded, and can no child leave anything in it?"""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        package = Path(shutil.copytree(Path(fourps.__file__).parent, Path(folder, "src", "fourps")))
        (package / "content" / "modules").mkdir(parents=True)
        done = subprocess.run(
            [sys.executable, "-c", ASKED],
            env=os.environ | {"PYTHONPATH": str(package.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert f"'text': '{package}\\n'" in done.stdout, done.stdout + done.stderr


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
    assert why.endswith("autograder/SEALING.md says how to go on, on this machine or another.")


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
