"""A function in a process of its own that is killed, or out of disk, at a point known by its number.

A point is where it makes, renames or removes a file or folder below a place, as Python tells of it.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_EVENTS = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.chmod", "shutil.rmtree"}
# what needs room on the disk
_GROWS = {"open", "os.mkdir", "os.link"}
_WRITES = os.O_WRONLY | os.O_RDWR


def ending(place: Path, do, at: int = -1, *, full: bool = False):
    """Run a function, and return how its process ended and the points that it reached.

    Parameters
    ----------
    place
        The folder that is looked at.
    do
        The function.
    at
        The point at which it is killed, or from which on the disk is full; by default never.
    full
        Whether the disk is full, rather than the process killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            told = os.fdopen(writing, "w", buffering=1)
            sys.addaudithook(_Points(place, at, told, full=full))
            do()
            status = 0
        except BaseException:  # noqa: BLE001 - it is a process of its own
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as told:
        points = [json.loads(line) for line in told]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), points


class _Points:
    def __init__(self, place, at, told, *, full):
        self._place, self._at, self._told, self._full = os.fspath(place), at, told, full
        self._number = 0

    def __call__(self, event, words):
        if event == "open":
            if not isinstance(words[0], (str, bytes)) or not words[2] & _WRITES:
                return
        elif event not in _EVENTS:
            return
        path = os.fsdecode(words[0]) if isinstance(words[0], (str, bytes, os.PathLike)) else ""
        if not path.startswith(self._place):
            return
        if event == "open" and ".." in path:
            return
        self._told.write(json.dumps(f"{event} {os.path.relpath(path, self._place)}") + "\n")
        number, self._number = self._number, self._number + 1
        if not self._full and number == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._full and 0 <= self._at <= number and event in _GROWS:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
