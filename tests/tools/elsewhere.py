"""Commands of ours on this machine's own system or, on Linux, as if it were Windows.

There `windows/as_windows.py` takes away what Windows lacks. It is no Windows: its docstring says what it
cannot show.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import commands

_TOOLS = Path(__file__).parent / "windows"
# what is loaded by then has seen Linux; other people's packages have only their parts for it here
_BECOME = f"""
import os, sys
houses = ("fourps", "nbseal", "nbgrader")
for name in [name for name in sys.modules if name.partition(".")[0] in houses]:
    del sys.modules[name]
sys.path.insert(0, {str(_TOOLS)!r})
# for what is started in its turn
os.environ["PYTHONPATH"] = os.pathsep.join([{str(_TOOLS)!r}, os.environ.get("PYTHONPATH", "")])
import as_windows
as_windows.become()
"""
_RUN = "from fourps.cli import app\nsys.argv[0] = 'fourps'\napp()"


def as_windows(program, *words, folder, cwd=None):
    """Run a program in an interpreter that sees Windows; its files follow Windows' rules in a folder."""
    told = {"AS_WINDOWS": str(folder), "PYTHONIOENCODING": "cp1252"}
    env = os.environ | told | {"NO_COLOR": "1", "COLUMNS": "300"}
    return commands.run(["-c", _BECOME + program, *words], cwd=cwd, env=env)


def fourps(*words, folder, cwd=None):
    """Run one of our commands as a facilitator does who has no Linux.

    Parameters
    ----------
    words
        The command.
    folder
        Where all its files are.
    cwd
        Where it runs; by default there.
    """
    words = [os.fspath(word) for word in words]
    if sys.platform == "linux":
        return as_windows(_RUN, *words, folder=folder, cwd=cwd or folder)
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{_RUN}", *words],
        cwd=cwd or folder,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "300"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        # as the command writes it, whatever the code page
        encoding=None if sys.platform == "win32" else "utf-8",
        text=True,
        errors="replace",
        check=False,
    )
