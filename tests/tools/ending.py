"""What is left of a function that is killed, out of disk or out of rights, at a point known by its number.

A point is where it makes, renames or removes a file or folder below a place, as Python tells of it.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING

from apart import apart
from closed import in_closed
from traitlets.config import Application
from typer.testing import CliRunner

from fourps.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# what is of no file, such as a commit, a test tells of itself
POINT = "fourps.point"
_EVENTS = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.chmod", "shutil.rmtree"}
# what needs room on the disk
_GROWS = ("open ", "os.mkdir ", "os.link ")
# which may be named from a folder that is open
_BELOW = {"os.mkdir", "os.rmdir", "os.remove"}
_WRITES = os.O_WRONLY | os.O_RDWR


def grows(point: str) -> bool:
    """Say whether what is done at a point needs room on the disk."""
    return point.startswith(_GROWS)


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
    reached = []

    def meet(point: str, path: str) -> None:
        number = len(reached)
        reached.append(point)
        if not full and number == at:
            os.kill(os.getpid(), signal.SIGKILL)
        if full and 0 <= at <= number and grows(point):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    return _watched(place, do, meet)


def killed(place: Path, do) -> Iterator[str]:
    """Have a folder be what it is after a function was killed, at one point after the other.

    The function runs once, in a process of its own, and the folder is copied at each of its points:
    what ``kill -9`` leaves is what lies there. A point at which the folder is as before is left out.

    Parameters
    ----------
    place
        The folder. It is made anew for each point.
    do
        The function. What it starts in its turn is not looked at, but what it forks is.

    Yields
    ------
    str
        What it was about to do.
    """
    kept = place.with_name(f"{place.name}-kept")
    kept.mkdir()

    def meet(*_: str) -> None:
        # copies of the process count on
        shutil.copytree(place, kept / str(len(os.listdir(kept))), symlinks=True)  # noqa: PTH208

    status, points = _watched(place, do, meet)
    assert status == 0, "it ended with an error; see the error output"
    before = None
    for number, point in enumerate(points):
        here = kept / str(number)
        now = _all_of(here)
        if now != before:
            renew(place, here)
            yield point
        before = now
    shutil.rmtree(kept)


def command(*words):
    """Run a command of ours in this process, and return its status and what it said on the error output."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stderr


def survives(place: Path, do, state=None, look=None, first=None) -> list[str]:
    """Insist that a command finishes as if nothing had been, wherever it was killed or could not write.

    Parameters
    ----------
    place
        The folder in which it writes.
    do
        Runs it once, in any process, and returns what `command` does.
    state
        What is to be the same in the end; by default all that lies there.
    look
        Called with a point where it was killed, had no room or found a folder closed, before it is run
        again. It may return what alone of the folder counts for that run, by default all.
    first
        What is killed, where `do` has a part of it ready that was done before.

    Returns
    -------
    list of str
        The points at which it was killed.
    """
    state = state or (lambda: content(place))
    begun = place.with_name(f"{place.name}-begun")
    shutil.copytree(place, begun, symlinks=True)

    continued = []

    def again(why: str) -> None:
        found = (look(why) if look else None) or _all_of(place)
        # what follows from the same folder is known
        if found in continued:
            return
        continued.append(found)
        assert do()[0] == 0, why
        assert state() == expected, why

    def full() -> None:
        status, said = do()
        # a folder that is there already needs no room
        if status:
            assert status == 1, said
            assert os.strerror(errno.ENOSPC) in said

    assert do()[0] == 0
    expected = state()
    renew(place, begun)
    seen = []
    for point in killed(place, lambda: (first or do)() and None):
        seen.append(point)
        again(f"killed: {point}")
    renew(place, begun)
    _, points = ending(place, do)
    for number, point in enumerate(points):
        if grows(point):
            renew(place, begun)
            assert ending(place, full, number, full=True)[0] == 0, point
            again(f"full: {point}")
    for folder in folders(begun, points):
        renew(place, begun)
        status, said = in_closed(place / folder, do)
        assert status == 1, f"{folder}: {said}"
        assert f"The folder {place / folder} cannot be written: " in said
        assert said.count("Make it writable for yourself, then do it again.") == 1, said
        again(f"closed: {folder}")
    shutil.rmtree(begun)
    return seen


def folders(place: Path, points) -> list[str]:
    """Return the folders of a place in which anything is written at some points."""
    done = [point.split(" ", 1) for point in points]
    # a folder that is there already is not made, and what is not there is not removed
    writes = {
        name
        for event, name in done
        if event not in {"os.mkdir", "os.remove"}
        or (event == "os.remove") == (place / name).exists()
    }
    found = {os.path.dirname(name) for name in writes}  # noqa: PTH120
    return sorted(name for name in found if (place / name).is_dir())


def renew(place: Path, kept: Path) -> None:
    """Make a folder what a copy of it is."""
    shutil.rmtree(place)
    shutil.copytree(kept, place, symlinks=True)


def content(folder: Path) -> dict[str, bytes | str | None]:
    """Return all that lies in a folder, by its path there."""

    def one(path: Path) -> bytes | str | None:
        if path.is_symlink():
            return str(path.readlink())
        return path.read_bytes() if path.is_file() else None

    return {str(path.relative_to(folder)): one(path) for path in sorted(folder.rglob("*"))}


def _all_of(folder: Path):
    return content(folder), [path.lstat().st_mode for path in sorted(folder.rglob("*"))]


def _watched(place: Path, do, meet: Callable[[str, str], None]):
    def run(tell) -> None:
        sys.addaudithook(_Points(place, tell, meet))
        do()

    return apart(run)


class _Points:
    def __init__(self, place, tell, meet) -> None:
        self._place, self._tell, self._meet = os.fspath(place), tell, meet
        self._busy = False

    def __call__(self, event, words) -> None:
        if self._busy or event not in (*_EVENTS, "open", POINT):
            return
        if event == "open" and not (isinstance(words[0], (str, bytes)) and words[2] & _WRITES):
            return
        path = self._path(event, words)
        if not path.startswith(f"{self._place}{os.sep}"):
            return
        point = f"{event} {os.path.relpath(path, self._place)}"
        self._tell(point)
        self._busy = True
        try:
            self._meet(point, path)
        finally:
            self._busy = False

    def _path(self, event, words) -> str:
        if not isinstance(words[0], (str, bytes, os.PathLike)):
            return ""
        # of a link the second, which is made
        path = os.fsdecode(words[event == "os.link"])
        # what is told of last is the folder, where it was named by a descriptor
        if event in _BELOW and isinstance(words[-1], int) and words[-1] >= 0:
            folder = os.readlink(f"/proc/self/fd/{words[-1]}")  # noqa: PTH115
            return os.path.join(folder, path)  # noqa: PTH118
        # a relative one is of the folder that it runs in
        return os.path.abspath(path)  # noqa: PTH100


def launched(program, words):
    """Run a program of nbgrader in this process, and leave the event loop that a browser runs in.

    Jupyter's own way of launching closes the loop of the process when the program has ended.
    """
    Application.launch_instance.__func__(program, words)
