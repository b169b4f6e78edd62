"""What stands for Windows here: does it stop what Windows stops?"""

from __future__ import annotations

import ast
import sys

import elsewhere
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it stands for Windows on Linux")
# a module of our houses, which alone see Windows
OURS = "code = compile({!r}, 'ours', 'exec')\nexec(code, {{'__name__': 'nbseal.ours'}})"
RULES = """
import os, signal, socket, sqlite3, subprocess, sys
from pathlib import Path
here = Path.cwd()
assert sys.platform == "win32", sys.platform
for name in ("fcntl", "resource", "pwd", "grp", "termios", "pyseccomp"):
    try:
        exec(f'import {name}')
    except ImportError:
        continue
    raise AssertionError(name)
for module, names in (
    (os, "fork killpg setsid getuid geteuid memfd_create"),
    (signal, "SIGKILL SIGALRM setitimer"),
    (socket, "AF_UNIX send_fds"),
):
    assert not [name for name in names.split() if hasattr(module, name)], module

def refused(action, *words):
    try:
        action(*words)
    except (OSError, ValueError) as error:
        return type(error)
    raise AssertionError((action, words))

file, other, folder = here / "file", here / "other", here / "folder"
file.touch()
other.touch()
folder.mkdir()
refused(os.rename, file, other)
refused(os.replace, file, folder)
refused(os.open, folder, os.O_RDONLY)
refused(os.symlink, file, here / "link")
for name in ("aux.txt", "a:b", "ends.", "FILE"):
    refused(sqlite3.connect, here / name)
    refused((here / name).touch)
    refused((here / name).mkdir)
    refused(os.rename, file, here / name)
with other.open("rb"):
    refused(other.unlink)
    refused(file.replace, other)
    refused(other.replace, here / "another")
with (folder / "in").open("wb"):
    refused(folder.rename, here / "moved")
folder.rename(here / "moved")
other.chmod(0o400)
refused(other.unlink)
refused(other.open, "wb")
refused(file.replace, other)
other.chmod(0o600)
file.replace(other)
refused(lambda: subprocess.Popen(["true"], preexec_fn=print))
subprocess.run([sys.executable, "-c", "import as_windows"], check=True)
print("all")
"""


def ours(program, folder):
    done = elsewhere.as_windows(OURS.format(program), folder=folder, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_rules(tmp_path):
    """Is each of its rules there?"""
    assert ours(RULES, tmp_path) == "all\n"


def test_libraries_go_on(tmp_path):
    """Do other people's packages see the system that they were installed on?"""
    asked = "import os, sys\nimport asyncio.unix_events\nprint(sys.platform, hasattr(os, 'fork'))"
    done = elsewhere.as_windows(asked, folder=tmp_path, cwd=tmp_path)
    assert done.stdout == "linux True\n", done.stderr


HOLDING = """
import os
from pathlib import Path
from nbseal.base.whole_files import in_turn, replacing, write_private, write_whole
from nbseal.gradebook.locks import CourseInUseError, one_at_a_time
here = Path.cwd()
with one_at_a_time(here):
    try:
        with one_at_a_time(here):
            print("both")
    except CourseInUseError as error:
        print(str(os.getpid()) in str(error))
with one_at_a_time(here), in_turn(here):
    for data in (b"one", b"two"):
        write_whole(here / "whole", data)
        write_private(here / "mine", data)
        (here / "mine").chmod(0o400)
        with replacing(here / "site") as new:
            new.mkdir()
            (new / "page").write_bytes(data)
            (new / "page").chmod(0o400)
print(*sorted(path.name for path in here.rglob("*")))
"""


def test_files_and_locks(tmp_path):
    """Is a course held by one alone, and every file written whole, over one that is read-only too?"""
    said = ours(HOLDING, tmp_path)
    assert said == "True\n.grading .grading.lock mine page site whole\n"


LEFT = """
import os, time
from pathlib import Path
from nbseal.base.whole_files import write_whole
here = Path.cwd()
for name in (".file.old.unfinished", ".file.new.unfinished"):
    (here / name).touch()
os.utime(here / ".file.old.unfinished", (time.time() - 4000,) * 2)
write_whole(here / "file", b"")
print(*sorted(path.name for path in here.iterdir()))
"""


def test_what_is_left(tmp_path):
    """Is removed what a killed process left long ago, and not what somebody may be writing?"""
    assert ours(LEFT, tmp_path) == ".file.new.unfinished file\n"


IMPORTS = """
import importlib, pkgutil
import fourps, nbseal
missing = {}
for house in (fourps, nbseal):
    for module in pkgutil.walk_packages(house.__path__, f"{house.__name__}."):
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            missing[module.name] = error.name
print(missing)
"""
# what runs in the box
BOX = {
    "nbseal.inside.child": "resource",
    "nbseal.inside.linux": "resource",
    "nbseal.inside.system_calls": "pyseccomp",
    "nbseal.inside.zygote": "resource",
}


def test_imports(tmp_path):
    """Can all be imported but what runs in the box?"""
    assert ast.literal_eval(ours(IMPORTS, tmp_path)) == BOX
