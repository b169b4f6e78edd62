"""One process that executes notebooks, one after the other, each in a sealed child."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from nbgrader.utils import is_grade, is_solution

from fourps.grading.inside.limits import Limits
from fourps.grading.inside.wire import Frames, NotJsonError, TooLongError, pack
from fourps.grading.seal import box
from fourps.grading.seal.executed import Executed
from fourps.grading.seal.replies import BadReplyError, Outputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fourps.grading.seal.executed import Kind

DEFAULT = ("numpy", "pandas", "matplotlib.pyplot", "fourps.exercise")
_START_SECONDS = 120
_END_SECONDS = 10
_users = itertools.count(os.getpid() * 100)
_SKIP = "skip-execution"


class SealError(Exception):
    """Nothing can be executed here; the message says why and how to go on."""


class Worker:
    """Executes notebooks in sealed children of one process that has the usual libraries loaded.

    Parameters
    ----------
    limits
        What each submission may use.
    sealed
        False runs learners' code with all that you may do yourself, behind limits only.
    preload
        Modules that are loaded once, for all. One that is missing is left out.

    Raises
    ------
    SealError
        When it is entered, if nothing can be sealed here.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        sealed: bool = True,
        preload: Iterable[str] = DEFAULT,
    ) -> None:
        self._limits = limits or Limits()
        self._sealed = sealed
        self._preload = tuple(preload)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and whatever runs in it."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None

    def execute(self, notebook: Any, files: Mapping[str, bytes] | None = None) -> Executed:
        """Execute a notebook's cells in a child of their own.

        A cell that takes too long is interrupted, and the next one runs, as nbgrader does it. When
        the child ends, the cells that were executed keep their outputs, and the later ones get an
        error, so that what was earned is kept and nothing else is.

        Parameters
        ----------
        notebook
            A notebook of format 4; it is not changed.
        files
            What lies beside it, by relative name.

        Raises
        ------
        SealError
            If no process can be started.
        """
        files = files or {}
        with self._child() as connection:
            return _Run(self, connection, self._limits, notebook.cells).execute(files)

    def stop_cell(self) -> None:
        """Interrupt what the child is doing."""
        self._say(b"stop")

    def end_child(self) -> int:
        """Kill the child with all that it started, and return its status as `subprocess` has it."""
        if self._control is None or not self._say(b"kill"):
            return -signal.SIGKILL
        self._control.settimeout(_END_SECONDS)
        with contextlib.suppress(OSError):
            word = self._control.recv(32)
            if word.startswith(b"gone "):
                return int(word[5:])
        self._give_up()
        return -signal.SIGKILL

    @contextlib.contextmanager
    def _child(self) -> Any:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            if not self._open(theirs):
                self._give_up()
                self._start()
                if not self._open(theirs):
                    raise SealError("The process that executes notebooks ended twice at once.")
            theirs.close()
            try:
                yield ours
            finally:
                self.end_child()

    def _open(self, connection: socket.socket) -> bool:
        if self._control is None:
            return False
        try:
            socket.send_fds(self._control, [b"open"], [connection.fileno()])
        except OSError:
            return False
        return self._process is not None and self._process.poll() is None

    def _say(self, word: bytes) -> bool:
        try:
            return self._control is not None and bool(self._control.send(word))
        except OSError:
            return False

    def _give_up(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self.close()

    def _start(self) -> None:
        if self._process is not None:
            return
        if self._sealed:
            reason = box.why_not()
            if reason:
                raise SealError(reason)
        else:
            warnings.warn(
                "Notebooks run without a seal: their code can do all that you can.", stacklevel=3
            )
        about = {"limits": asdict(self._limits), "sealed": self._sealed, "preload": self._preload}
        words = [sys.executable, "-m", "fourps.grading.inside.zygote", json.dumps(about)]
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, tempfile.TemporaryFile() as said:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                box.command(words, next(_users) % 100_000_000) if self._sealed else words,
                env=None if self._sealed else os.environ | box.environment(),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )
            self._control.settimeout(_START_SECONDS)
            try:
                ready = self._control.recv(16)
            except OSError:
                ready = b""
            if ready != b"ready":
                self._give_up()
                said.seek(0)
                lines = said.read().decode("utf-8", "replace").strip().splitlines()
                raise SealError(
                    "The process that executes notebooks did not start: "
                    f"{(lines or ['it said nothing'])[-1]}"
                )


class _StoppedError(Exception):
    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind: Kind = kind
        self.reason = reason


class _Run:
    """One notebook in one child."""

    def __init__(
        self, worker: Worker, connection: socket.socket, limits: Limits, cells: Any
    ) -> None:
        self._worker = worker
        self._connection = connection
        self._limits = limits
        self._cells = cells
        self._frames = Frames(connection)
        self._outputs = Outputs(len(cells))
        self._end = time.monotonic() + limits.total_seconds

    def execute(self, files: Mapping[str, bytes]) -> Executed:
        stopped: _StoppedError | None = None
        try:
            self._send({_safe(name): content.hex() for name, content in files.items()})
        except _StoppedError as error:
            stopped = error
        for index, cell in enumerate(self._cells):
            if cell.cell_type != "code":
                continue
            if stopped:
                self._outputs.error(index, "NotExecuted", stopped.reason)
                continue
            if not cell.source.strip() or _SKIP in cell.metadata.get("tags", []):
                continue
            try:
                self._cell(index, cell)
            except _StoppedError as error:
                stopped = error
                self._outputs.error(index, _NAMES[error.kind], error.reason)
        made = [
            (one.outputs, one.execution_count) if cell.cell_type == "code" else None
            for cell, one in zip(self._cells, self._outputs.cells, strict=True)
        ]
        if stopped:
            return Executed(made, stopped.kind, stopped.reason)
        return Executed(made)

    def _cell(self, index: int, cell: Any) -> None:
        self._outputs.start()
        # twice what the child may keep, since JSON is longer than what it says
        self._frames.budget = (self._limits.output_mb << 21) + (1 << 20)
        test = bool(is_grade(cell) and not is_solution(cell))
        self._send({"source": cell.source, "test": test})
        seconds = self._limits.cell_seconds
        late = False
        deadline = min(time.monotonic() + seconds, self._end)
        while True:
            try:
                if self._outputs.add(index, self._frames.next(deadline)):
                    break
            except TimeoutError:
                if late or time.monotonic() >= self._end:
                    raise _StoppedError("timeout", self._too_long(seconds)) from None
                late = True
                self._worker.stop_cell()
                deadline = time.monotonic() + self._limits.grace_seconds
            except (EOFError, OSError):
                raise self._ended() from None
            except TooLongError:
                raise _StoppedError("output", "It said more than is kept.") from None
            except (BadReplyError, NotJsonError):
                raise _StoppedError(
                    "tampered", "It answered in place of the kernel, with what no kernel says."
                ) from None
        if late:
            self._outputs.error(
                index, "CellTimeoutError", f"No reply from kernel before timeout ({seconds} s)"
            )

    def _send(self, value: object) -> None:
        try:
            self._connection.settimeout(self._limits.cell_seconds)
            self._connection.sendall(pack(value))
        except TimeoutError:
            raise _StoppedError("timeout", "It took no more cells.") from None
        except OSError:
            raise self._ended() from None

    def _too_long(self, seconds: int) -> str:
        if time.monotonic() >= self._end:
            return f"The notebook took longer than {self._limits.total_seconds} s."
        return f"A cell took longer than {seconds} s and could not be interrupted."

    def _ended(self) -> _StoppedError:
        status = self._worker.end_child()
        if status == -signal.SIGKILL:
            return _StoppedError("memory", "It was killed: it used too much memory or time.")
        if status < 0:
            return _StoppedError("died", f"Its process ended by {signal.Signals(-status).name}.")
        return _StoppedError("died", f"It ended its own process, with status {status}.")


_NAMES: dict[Kind, str] = {
    "timeout": "CellTimeoutError",
    "memory": "DeadKernelError",
    "died": "DeadKernelError",
    "output": "OutputError",
    "tampered": "TamperedError",
}


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file beside a notebook")
    return name
