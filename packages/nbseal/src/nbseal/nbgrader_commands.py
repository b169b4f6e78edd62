"""Run nbgrader's own commands, so that what they do is what the manual says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from nbseal.base.errors import UserError

# what a system says, and what there is to do
_FULL = "the disk is full. What is there is whole; make room, then do it again"
_CLOSED = "the gradebook may not be written. Make it writable for yourself, then do it again"
_PLAIN = {
    "No space left on device": _FULL,
    "Disk quota exceeded": _FULL,
    "database or disk is full": _FULL,
    "attempt to write a readonly database": _CLOSED,
}
_NOISE = re.compile(r"^\[\w+ \| (\w+)\] ")


class NbgraderError(UserError):
    """A command of nbgrader that failed; the message is the last thing it said."""


def environment() -> dict[str, str]:
    """Return the environment for nbgrader: it calls ``alembic`` by bare name, and files are UTF-8.

    On Windows programs may lie in a folder below that of the interpreter, and nbgrader would read
    files, and write what it says, in the computer's own code.
    """
    places = [str(Path(sys.executable).parent), sysconfig.get_path("scripts")]
    path = os.pathsep.join([*places, os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}


def nbgrader(course: Path, *words: str) -> str:
    """Run a command of nbgrader in a course's folder, and return all that it said."""
    done = answer(course, *words)
    return done.stdout + done.stderr


def answer(course: Path, *words: str, module: str = "nbgrader") -> subprocess.CompletedProcess[str]:
    """Run a command of nbgrader, or what stands for it, in a course's folder; return what it said.

    Parameters
    ----------
    course
        The folder with ``nbgrader_config.py``.
    words
        The command and its options.
    module
        What stands for nbgrader, if it is not itself.

    Raises
    ------
    NbgraderError
        If it failed.
    """
    done = subprocess.run(  # noqa: S603 - the words come from our own commands
        [sys.executable, "-m", module, *words],
        cwd=course,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        raise NbgraderError(f"nbgrader {words[0]} failed in {course}: {reason(said)}")
    return done


def reason(said: str) -> str:
    """Return the line of nbgrader's output that says what went wrong, or what to do about it.

    Examples
    --------
    >>> reason("OSError: [Errno 28] No space left on device: 'release'").partition(".")[0]
    'the disk is full'
    >>> reason("[X | ERROR] Traceback:\\n    RuntimeError: cannot add\\n[X | ERROR] See above")
    'RuntimeError: cannot add'
    """
    # a traceback stands under its time, further in
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"^[\w.]+(Error|Exception|Missing\w*): ", line)]
    last = (errors or lines or ["it said nothing"])[-1]
    known = (what for said, what in _PLAIN.items() if said in last)
    return next(known, _NOISE.sub("", last))
