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
import warnings
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Self

from nbseal.base.errors import UserError
from nbseal.base.profile import profile
from nbseal.inside.limits import COPIES, Limits
from nbseal.seal import box, cgroup
from nbseal.seal.one_child import OneChild, signal_name
from nbseal.seal.two_children import TwoChildren

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nbseal.seal.outputs import Executed

_START_SECONDS = 120
_END_SECONDS = 10
_TRIES = 3
_users = itertools.count(os.getpid() * 100)


class SealError(UserError):
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
        Modules that are loaded once, for all; by default those of the course's profile. One that
        is missing is left out.
    hidden
        Places that no notebook may see, as `of_course` returns them.

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
        preload: Iterable[str] | None = None,
        hidden: Iterable[str] = (),
    ) -> None:
        self._limits = limits or Limits()
        self._sealed = sealed
        self._preload = profile().preload if preload is None else tuple(preload)
        self._hidden = tuple(hidden)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._groups: list[Path] = []
        self._killed = 0
        self._number = next(_users) % 100_000_000

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
        cgroup.remove(self._groups)
        self._groups = []

    def execute(
        self,
        notebook: Any,
        files: Mapping[str, bytes] | None = None,
        marker: Collection[str] | None = None,
        order: Sequence[str] = (),
        seconds: Sequence[int] = (),
    ) -> Executed:
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
        marker
            The names of those files that the marker may have: the course's own. By default there is
            no marker, and tests run where learners' code ran.
        order
            Names of checks and read-only cells as they were released, for the marker.
        seconds
            How long each cell may take; by default as long as the limits have it.
        """
        files = files or {}
        if marker is None:
            with self.child("a") as connection:
                child = OneChild(self, connection, self._limits, notebook.cells, seconds)
                return child.execute(files)
        spoken = profile().language_of(notebook)
        both = TwoChildren(
            self, self._limits, notebook.cells, order, language=spoken, seconds=seconds
        )
        return both.execute(files, marker)

    def stop_cell(self, place: str) -> None:
        """Interrupt what a child is doing."""
        self._say(b"int" + place.encode())

    def end_child(self, place: str) -> int:
        """Kill a child, and return its status as `subprocess` has it."""
        return self._ended(b"end" + place.encode())

    def took_too_much(self, place: str) -> bool:
        """Say whether processes were ended because all took too much memory together."""
        if cgroup.killed(self._groups) > self._killed:
            return True
        return self._told(b"ful" + place.encode(), b"full ") == 1

    def _ended(self, word: bytes) -> int:
        status = self._told(word, b"gone ")
        return -signal.SIGKILL if status is None else status

    def _told(self, word: bytes, answer: bytes) -> int | None:
        """Ask for a number; end everything where none comes."""
        if self._control is None or not self._say(word):
            return None
        self._control.settimeout(_END_SECONDS)
        with contextlib.suppress(OSError):
            reply = self._control.recv(32)
            if reply.startswith(answer):
                return int(reply.removeprefix(answer))
        self._give_up()
        return None

    @contextlib.contextmanager
    def child(self, place: str) -> Iterator[socket.socket]:
        """Have a child for as long as the block runs; then it ends, with all that it started.

        Parameters
        ----------
        place
            ``a``: all cells of a notebook run in it. ``l``: those of a learner, while a marker asks
            about them. ``m``: the marker.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs:
            # somebody may have killed the one that is there, and the next as soon as it was ready
            for _ in range(_TRIES):
                self._start()
                if self._open(place, theirs):
                    break
                self._give_up()
            else:
                raise SealError(
                    f"The process that executes notebooks ended {_TRIES} times at once."
                )
            theirs.close()
            if place != "m":
                self._killed = cgroup.killed(self._groups)
            try:
                yield ours
            finally:
                self._ended(b"rid" + place.encode())

    def _open(self, place: str, connection: socket.socket) -> bool:
        if self._control is None:
            return False
        try:
            socket.send_fds(self._control, [b"new" + place.encode()], [connection.fileno()])
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
            # the second is what macOS says of one that has ended
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self.close()

    def _start(self) -> None:
        if self._process is not None:
            return
        reason = box.why_not(sealed=self._sealed, hidden=self._hidden)
        if reason:
            raise SealError(reason)
        if not self._sealed:
            warnings.warn(
                "Notebooks run without a seal: their code can do all that you can.", stacklevel=3
            )
        about = {
            "limits": asdict(self._limits),
            "sealed": self._sealed,
            "preload": self._preload,
            "guarded": profile().guarded,
        }
        words = [sys.executable, "-m", "nbseal.inside.zygote", json.dumps(about)]
        if self._sealed:
            most = replace(self._limits, processes=self._limits.processes + COPIES)
            self._groups = cgroup.make(most, self._number)
            words = box.command(words, self._number, self._hidden)
            words = cgroup.entering(self._groups, words)
        self._control, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as errors:
            try:
                # a copy of it kept open here would hide that the process has ended
                with theirs:
                    self._process = subprocess.Popen(  # noqa: S603 - our own words
                        words,
                        env=None if self._sealed else os.environ | box.environment(),
                        stdin=theirs.fileno(),
                        stdout=subprocess.DEVNULL,
                        stderr=errors,
                        start_new_session=True,
                    )
            except OSError:
                self.close()
                raise
            ended = _not_ready(self._control, self._process)
            if ended:
                self._give_up()
                errors.seek(0)
                lines = errors.read().decode("utf-8", "replace").strip().splitlines()
                last = (lines or ["it said nothing"])[-1]
                lacks = last.startswith(("ModuleNotFoundError", "ImportError"))
                raise SealError(
                    f"The process that executes notebooks did not start ({ended}): {last}."
                    + lacks * " Install nbseal's extra 'grade'."
                )


def _not_ready(control: socket.socket, process: subprocess.Popen[bytes]) -> str:
    """Wait until a process is ready; return why it is not, or nothing."""
    control.settimeout(_START_SECONDS)
    try:
        if control.recv(16) == b"ready":
            return ""
    except TimeoutError:
        return f"it was not ready after {_START_SECONDS} seconds"
    # it has ended before it read what was sent to it
    except OSError:
        pass
    try:
        status = process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        return "it closed its connection"
    if status < 0:
        return f"it was ended by {signal_name(-status)}"
    return f"it ended with status {status}"
