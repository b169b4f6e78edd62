"""What is left of a function that is killed, out of disk or out of rights, at a point known by its number.

A point is where it makes, renames or removes a file or folder below a place, as Python tells of it. For
runs of `fourps grade run` a server has all libraries loaded and forks for each run; what it forks has one
thread. Their points are also where a transaction begins or is committed, a process is started, a
notebook is handed to one or one is heard from; the run kills itself there, or the sealed process.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil
from conditions import apart, in_closed
from traitlets.config import Application
from typer.testing import CliRunner

from fourps.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# what is of no file, such as a commit, a test tells of itself
POINT = "fourps.point"
# what changes a file or folder, as Python tells of it
_CHANGES = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "shutil.rmtree"}
_EVENTS = _CHANGES | {"os.chmod"}
_STARTS = {"subprocess.Popen", "os.fork", "os.posix_spawn"}
_OF_A_RUN = _CHANGES | _STARTS | {"os.symlink", "os.truncate", "shutil.move", "sqlite3.connect"}
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


def launched(program, words):
    """Run a program of nbgrader in this process, and leave the event loop that a browser runs in.

    Jupyter's own way of launching closes the loop of the process when the program has ended.
    """
    Application.launch_instance.__func__(program, words)


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
        state_then = (look(why) if look else None) or _all_of(place)
        # what follows from the same folder is known
        if state_then in continued:
            return
        continued.append(state_then)
        assert do()[0] == 0, why
        assert state() == expected, why

    def full() -> None:
        status, complaint = do()
        # a folder that is there already needs no room
        if status:
            assert status == 1, complaint
            assert os.strerror(errno.ENOSPC) in complaint

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
        status, complaint = in_closed(place / folder, do)
        assert status == 1, f"{folder}: {complaint}"
        assert f"The folder {place / folder} cannot be written: " in complaint
        assert complaint.count("Make it writable for yourself, then do it again.") == 1, complaint
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
    parents = {os.path.dirname(name) for name in writes}  # noqa: PTH120
    return sorted(name for name in parents if (place / name).is_dir())


def renew(place: Path, kept: Path) -> None:
    """Make a folder what a copy of it is."""
    shutil.rmtree(place)
    shutil.copytree(kept, place, symlinks=True)


def content(folder: Path) -> dict[str, bytes | str | None]:
    """Return all that lies in a folder, by its path there."""

    def read(path: Path) -> bytes | str | None:
        if path.is_symlink():
            return str(path.readlink())
        return path.read_bytes() if path.is_file() else None

    return {str(path.relative_to(folder)): read(path) for path in sorted(folder.rglob("*"))}


def _all_of(folder: Path):
    return content(folder), [path.lstat().st_mode for path in sorted(folder.rglob("*"))]


def _watched(place: Path, do, meet: Callable[[str, str], None]):
    def run(tell) -> None:
        def reach(point: str, path: str) -> None:
            tell(point)
            meet(point, path)

        sys.addaudithook(_Points(place, {*_EVENTS, POINT}, reach))
        do()

    return apart(run)


class _Points:
    """What Python tells of before it does it, where that is below a place or starts a process."""

    def __init__(self, place, events, reach) -> None:
        self._place, self._events, self._reach = os.fspath(place), events, reach
        self._busy = False

    def __call__(self, event, words) -> None:
        if self._busy or event not in self._events:
            return
        if event == "open" and not (isinstance(words[0], (str, bytes)) and words[2] & _WRITES):
            return
        point, path = event, ""
        if event not in _STARTS:
            path = self._path(event, words)
            if not path.startswith(f"{self._place}{os.sep}"):
                return
            point = f"{event} {os.path.relpath(path, self._place)}"
        self._busy = True
        try:
            self._reach(point, path)
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


class Killing:
    """What forks runs of a course and kills them."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            # a process with one thread forks safely
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def grade(self, course: Path) -> None:
        """Grade a course in the server, which keeps what came of each notebook's execution."""
        self._ask(course=course)

    def run(
        self, course, at: int | str = "", *, force=False, victim="run", ready=True, path="", keep=""
    ):
        """Grade a course in a process of its own.

        Parameters
        ----------
        at
            The point at which it is killed: its number, or its name, the first time that it is
            reached. By default it is not killed.
        force
            Whether what is graded is graded again.
        victim
            ``worker`` kills the sealed process, with all that it started, instead of the run.
        ready
            Whether executions are those that `grade` kept; otherwise they are real.
        path
            Where its programs are looked for first.
        keep
            A folder outside the course, in which the course is copied at each point, under the
            point's number: what ``kill -9`` would leave there is what lies there.

        Returns
        -------
        tuple
            Its status as `subprocess` has it, the points that it reached, and the id of its last
            sealed process, or 0.
        """
        words = {"at": at, "force": force, "victim": victim, "ready": ready, "path": path}
        answer = self._ask(course=course, fork=True, keep=os.fspath(keep), **words)
        return answer["status"], answer["points"], answer["worker"]

    def close(self) -> None:
        """End the server."""
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()

    def _ask(self, course, **words):
        self._server.stdin.write(json.dumps({"course": os.fspath(course)} | words) + "\n")
        self._server.stdin.flush()
        answer = self._server.stdout.readline()
        assert answer, "the server has ended; what it said is on the error output"
        return json.loads(answer)


class _Ready:
    """A pool that executes each notebook once, and then has it ready."""

    workers = 1

    def __init__(self, known: dict[str, object], reach) -> None:
        self._known = known
        self._reach = reach

    def require(self, way, most):
        """Take it that they can be executed: they were."""

    def submit(self, work, way):
        from nbseal.run import pool

        key = repr(
            [
                (name, [cell.source for cell in notebook.cells])
                for name, notebook in work.notebooks.items()
            ]
        )
        if key not in self._known:
            self._known[key] = pool.execute(work, way)
        self._reach("executed")
        done = Future()
        done.set_result(self._known[key])
        return done

    def done(self, running):
        return {next(iter(running))}


class _Run:
    """Counts the points of the run of one course, and kills at one of them."""

    def __init__(self, asked, tell) -> None:
        self._course = asked["course"]
        self._at = asked["at"]
        self._victim = asked["victim"]
        self._keep = asked["keep"]
        self._tell = tell
        self._count = 0
        self.worker = None

    def reach(self, point: str, _path: str = "") -> None:
        # backups are named after the time, and what is being written at random
        name = re.sub(r"\d[\dT-]{8,}", "TIME", point)
        name = re.sub(r"\.\w{8}\.unfinished$", ".unfinished", name)
        self._tell({"point": name, "worker": self.worker.pid if self.worker else 0})
        number, self._count = self._count, self._count + 1
        if self._keep:
            shutil.copytree(self._course, Path(self._keep, str(number)), symlinks=True)
        if self._at not in (number, name):
            return
        self._at = ""
        if self._victim == "run":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "sent cell":
            # so that it has begun
            time.sleep(0.1)
        worker = psutil.Process(self.worker.pid)
        # itself first, or it would still say how the others ended
        for process in (worker, *worker.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _grade(asked) -> int:
    from nbseal.run.driver import run
    from nbseal.run.result import Options

    options = Options(workers=1, force=asked.get("force", False))
    # what is printed goes to the error output
    silent = SimpleNamespace(say=print, progress=lambda *_: None)
    return 0 if run(Path(asked["course"]), [], options, silent).complete else 1


def _watch(points: _Run, *, ready: bool) -> None:
    """Have the points of a run counted that Python tells nothing of."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from nbseal.gradebook.locks import Patience
    from nbseal.seal import worker
    from nbseal.seal.one_child import Talk

    def commits(patience, connection, statement):
        if statement == "COMMIT":
            points.reach("COMMIT")
        return do(patience, connection, statement)

    do, Patience._do = Patience._do, commits
    # after that of SQLite, and before that of others
    event.listen(Engine, "commit", lambda _: points.reach("commit"))
    if not ready:

        def waits(control, process):
            points.worker = process
            points.reach("worker started")
            why = not_ready(control, process)
            points.reach("worker ready")
            return why

        def sends(talk, value, *descriptors):
            send(talk, value, *descriptors)
            points.reach(f"sent {value.get('kind', 'files')}")

        def ends(of, word):
            result = end(of, word)
            points.reach("notebook ended")
            return result

        not_ready, worker._not_ready = worker._not_ready, waits
        send, Talk._send = Talk._send, sends
        end, worker.Worker._ended = worker.Worker._ended, ends


def _fork(asked, known, pool) -> dict:
    from nbseal.run import driver

    def run(tell) -> int:
        os.environ["PATH"] = os.pathsep.join([asked["path"], os.environ["PATH"]])
        points = _Run(asked, tell)
        driver.pool = lambda _: contextlib.nullcontext(_Ready(known, points.reach))
        if not asked["ready"]:
            driver.pool = pool
        _watch(points, ready=asked["ready"])
        sys.addaudithook(_Points(asked["course"], _OF_A_RUN, points.reach))
        return _grade(asked)

    status, told = apart(run)
    return {
        "status": status,
        "points": [point["point"] for point in told],
        "worker": told[-1]["worker"] if told else 0,
    }


def _serve() -> None:
    from nbseal.run import driver, pool

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    known: dict[str, object] = {}
    local = driver.pool
    for line in sys.stdin:
        asked = json.loads(line)
        if asked.get("fork"):
            answer = _fork(asked, known, local)
        else:
            driver.pool = lambda _: contextlib.nullcontext(_Ready(known, lambda _: None))
            answer = {"status": _grade(asked)}
            pool.close_idle()
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    _serve()
