"""Runs of `fourps grade run`, each killed at a point that is known by its number.

A server has all libraries loaded and forks for each run; what it forks has one thread. A point is
where the run begins or ends to keep something: it makes, renames or removes a file, begins or
commits a transaction, starts a process, hands a notebook to one or hears from it. The run counts
them and kills itself, or the sealed process, at one of them.
"""

from __future__ import annotations

import contextlib
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

import psutil
from apart import apart

# what Python tells of before it does it
_EVENTS = {
    *("os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.symlink", "os.truncate"),
    *("shutil.rmtree", "shutil.move", "sqlite3.connect"),
    *("subprocess.Popen", "os.fork", "os.posix_spawn"),
}
_WRITES = os.O_WRONLY | os.O_RDWR


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
        found = self._ask(course=course, fork=True, keep=os.fspath(keep), **words)
        return found["status"], found["points"], found["worker"]

    def close(self) -> None:
        """End the server."""
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()

    def _ask(self, course, **words):
        self._server.stdin.write(json.dumps({"course": os.fspath(course)} | words) + "\n")
        self._server.stdin.flush()
        said = self._server.stdout.readline()
        assert said, "the server has ended; what it said is on the error output"
        return json.loads(said)


class _Ready:
    """A pool that executes each notebook once, and then has it ready."""

    workers = 1

    def __init__(self, known: dict[str, object], reach) -> None:
        self._known = known
        self._reach = reach

    def require(self, way, most):
        """Take it that they can be executed: they were."""

    def submit(self, work, way):
        from fourps.grading.run import pool

        key = repr(
            [(name, [cell.source for cell in one.cells]) for name, one in work.notebooks.items()]
        )
        if key not in self._known:
            self._known[key] = pool.execute(work, way)
        self._reach("executed")
        done = Future()
        done.set_result(self._known[key])
        return done

    def done(self, running):
        return {next(iter(running))}


class _Points:
    """Counts the points of the run of one course, and kills at one of them."""

    def __init__(self, asked, tell) -> None:
        self._course = asked["course"]
        self._at = asked["at"]
        self._victim = asked["victim"]
        self._keep = asked["keep"]
        self._tell = tell
        self._count = 0
        self.worker = None

    def reach(self, name: str) -> None:
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
        of = psutil.Process(self.worker.pid)
        # itself first, or it would still say how the others ended
        for one in (of, *of.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()

    def hear(self, event: str, words) -> None:
        """Take what Python says before it does it."""
        if event == "open":
            path, _, flags = words
            if not isinstance(path, (str, bytes)) or not flags & _WRITES:
                return
        elif event not in _EVENTS:
            return
        place = next((self._place(one) for one in words if isinstance(one, (str, Path))), None)
        if event in {"subprocess.Popen", "os.fork", "os.posix_spawn"}:
            self.reach(event)
        elif place is not None:
            self.reach(f"{event} {place}")

    def _place(self, path) -> str | None:
        path = os.path.join(Path.cwd(), path)  # noqa: PTH118 - it may hold what no Path takes
        if not path.startswith(self._course):
            return None
        # backups are named after the time, and what is being written at random
        name = re.sub(r"\d[\dT-]{8,}", "TIME", os.path.relpath(path, self._course))
        return re.sub(r"\.\w{8}\.unfinished$", ".unfinished", name)


def _grade(asked) -> int:
    from fourps.grading.run.driver import run
    from fourps.grading.run.result import Options

    options = Options(workers=1, force=asked.get("force", False))
    # what is printed goes to the error output
    silent = SimpleNamespace(say=print, progress=lambda *_: None)
    return 0 if run(Path(asked["course"]), [], options, silent).complete else 1


def _watch(points: _Points, *, ready: bool) -> None:
    """Have the points of a run counted that Python says nothing of."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from fourps.grading.gradebook.locks import Patience
    from fourps.grading.seal import worker
    from fourps.grading.seal.one_child import Talk

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
            found = not_ready(control, process)
            points.reach("worker ready")
            return found

        def sends(talk, value, *descriptors):
            send(talk, value, *descriptors)
            points.reach(f"sent {value.get('kind', 'files')}")

        def ends(of, word):
            found = end(of, word)
            points.reach("notebook ended")
            return found

        not_ready, worker._not_ready = worker._not_ready, waits
        send, Talk._send = Talk._send, sends
        end, worker.Worker._ended = worker.Worker._ended, ends
    sys.addaudithook(points.hear)


def _fork(asked, known, pool) -> dict:
    from fourps.grading.run import driver

    def run(tell) -> int:
        os.environ["PATH"] = os.pathsep.join([asked["path"], os.environ["PATH"]])
        points = _Points(asked, tell)
        driver.pool = lambda _: contextlib.nullcontext(_Ready(known, points.reach))
        if not asked["ready"]:
            driver.pool = pool
        _watch(points, ready=asked["ready"])
        return _grade(asked)

    status, told = apart(run)
    return {
        "status": status,
        "points": [one["point"] for one in told],
        "worker": told[-1]["worker"] if told else 0,
    }


def _serve() -> None:
    from fourps.grading.run import driver, pool

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    known: dict[str, object] = {}
    local = driver.pool
    for line in sys.stdin:
        asked = json.loads(line)
        if asked.get("fork"):
            said = _fork(asked, known, local)
        else:
            driver.pool = lambda _: contextlib.nullcontext(_Ready(known, lambda _: None))
            said = {"status": _grade(asked)}
            pool.close_idle()
        answers.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    _serve()
