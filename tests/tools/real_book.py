"""The real book, built once in a run of the tests, beside them, whichever worker comes first.

It is always built anew, into a folder of the run: what stands in the checkout may be older than the
code. Who builds holds a lock, so that a wait for the book ends when the builder has ended.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOURPS = Path(sys.executable).with_name("fourps")
# workers of one run have its number, and the process that started them; a run alone is a process
_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_RUN = os.environ["PYTEST_XDIST_TESTRUNUID"] if _WORKER else os.getpid()
_OWNER = os.getppid() if _WORKER else os.getpid()
_builders: list[subprocess.Popen[bytes]] = []


class Build:
    """A book that is being built, or was.

    Attributes
    ----------
    folder
        Where; it goes with the run.
    source
        The folder of the book.
    options
        Of the command.
    """

    def __init__(self, folder: Path, source: Path, *options: str) -> None:
        self.folder, self.source, self.options = folder, source, options

    def start(self) -> None:
        """See to it that the book is being built, and return at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._status():
                return
            # from here on the builder has the lock, and gives it up by ending
            words = [lock.fileno(), _OWNER, self.folder, self.source, *self.options]
            builder = subprocess.Popen(
                [sys.executable, __file__, *map(str, words)],
                pass_fds=[lock.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            # nobody waits for it to end, which Python would complain of if it were forgotten
            _builders.append(builder)

    def wait(self) -> Path:
        """Return the folder of the built pages, as soon as there is one."""
        self.start()
        with (self.folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
        said = (self.folder / "said").read_text("utf-8")
        assert self._status() == "0", f"The book could not be built.\n{said}"
        return self.folder / "book" / "html"

    def _status(self) -> str:
        """Return how the build ended; nothing as long as it has not."""
        path = self.folder / "status"
        return path.read_text("utf-8") if path.exists() else ""


def shared(name: str, source: Path, *options: str) -> Build:
    """Return a book that all workers of a run have in common.

    Parameters
    ----------
    name
        Of its own among such books.
    source
        The folder of the book.
    options
        Of the command.
    """
    return Build(Path(tempfile.gettempdir()) / f"fourps-{name}-{_RUN}", source, *options)


_build = shared("real-book", ROOT)
start, wait = _build.start, _build.wait


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _work(lock: int, owner: int, folder: Path, source: Path, *options: str) -> None:
    """Build, say how that ended, and clean up after the run."""
    command = [FOURPS, "book", "build", source, "--output", folder / "book", *options]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    while process.poll() is None and _lives(owner):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
    process.kill()
    (folder / "status").write_text(str(process.wait()), "utf-8")
    os.close(lock)
    while _lives(owner):
        time.sleep(1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    lock, owner, folder, source, *options = sys.argv[1:]
    _work(int(lock), int(owner), Path(folder), Path(source), *options)
