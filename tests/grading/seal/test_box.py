import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import fourps

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
