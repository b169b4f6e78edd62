"""The process that runs released cells, from outside: it is replaced when it takes too long."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Any, Self

from nbseal.inside.wire import TooLongError
from nbseal.plain.limits import CPU_SECONDS, SECONDS, TOO_LONG
from nbseal.reasons import because
from nbseal.seal import Executed, SealError, box
from nbseal.seal.one_child import NAMES, StoppedError, signal_name
from nbseal.seal.outputs import Outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nbseal.plain.released import Plain, ReleasedCode

_START_SECONDS = 120
_MODULE = "nbseal.plain"


class PlainError(SealError):
    """No process can be started that runs released cells; the message says why."""


class NotPlainError(Exception):
    """Released cells that take too long, or end their process, before any answer is there."""


class PlainWorker:
    """Runs released cells for one submission after the other, in one process."""

    def __init__(self) -> None:
        self._process: _Process | None = None
        self._known: set[str] = set()
        self._tried: set[str] = set()
        self._refused: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.close()
        self._process = None

    def execute(self, plain: Plain, cells: Sequence[Any]) -> Executed:
        """Return what the cells of a notebook show.

        Parameters
        ----------
        plain
            What it binds.
        cells
            Of the notebook, as it was read.

        Raises
        ------
        NotPlainError
            If its released cells cannot be run so.
        """
        self._know(plain.released)
        outputs = Outputs(len(cells))
        stopped = self._fill(outputs, plain)
        marked = plain.released.asked["marker"]
        if stopped is None:
            return Executed(outputs.of(cells), marked=marked)
        self.close()
        run = [at for at, cell in enumerate(outputs.cells) if cell.execution_count]
        name = NAMES[stopped.kind]
        for at, cell in enumerate(cells):
            if at > max(run, default=-1) and cell.cell_type == "code":
                outputs.error(at, name, stopped.reason)
                name = "NotExecuted"
        return Executed(outputs.of(cells), stopped.kind, stopped.reason, marked=marked)

    def _fill(self, outputs: Outputs, plain: Plain) -> StoppedError | None:
        """Take what the process says; return why it was ended, if it was."""
        at = {place: index for index, place in enumerate(plain.places) if place is not None}
        kinds = [cell["kind"] for cell in plain.released.asked["cells"]]
        request = {"key": plain.released.key, "answers": plain.answers, "language": plain.language}
        try:
            for place, messages, reply in self._said(request):
                outputs.start()
                if kinds[place] == "test":
                    outputs.settle()
                for message in (*messages, ["reply", reply]):
                    outputs.add(at[place], message)
                if kinds[place] != "cell":
                    outputs.marked(at[place])
        except StoppedError as error:
            return error
        except TooLongError:
            return StoppedError("output", because("output"))
        return None

    def _know(self, released: ReleasedCode) -> None:
        """Have the process know released cells, once these have been tried with nothing in them."""
        key = released.key
        while key not in self._refused:
            if self._process is None:
                self._process, self._known = _Process(), set()
            if key in self._known:
                return
            request = {"key": key, "try": key not in self._tried, **released.asked}
            try:
                [*self._said(request)]
                self._known.add(key)
            except StoppedError:
                self.close()
                self._refused.add(key)
            self._tried.add(key)
        raise NotPlainError("its released cells take too long, or end their process")

    def _said(self, request: dict[str, Any]) -> Iterator[list[Any]]:
        """Ask the process; yield what it says of each cell."""
        assert self._process  # noqa: S101 - `_know` has started it
        self._process.send(request)
        end = time.monotonic() + SECONDS
        while (words := self._process.next(end))[0] == "cell":
            yield words[1:]
        if words[1]:
            # the next submission shall find all as this one did
            self.close()


def _environment() -> dict[str, str]:
    """Return the environment of a sealed process, with what this one finds its modules by."""
    told = box.environment()
    paths = filter(None, [told["PYTHONPATH"], os.environ.get("PYTHONPATH")])
    return os.environ | told | {"PYTHONPATH": os.pathsep.join(paths)}


class _Process:
    """The process, with a folder of its own, in which there is nothing."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nbseal-", ignore_cleanup_errors=True)
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                [sys.executable, "-m", _MODULE, str(CPU_SECONDS)],
                cwd=self._folder.name,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
            threading.Thread(target=self._listen, daemon=True).start()
            try:
                self.next(time.monotonic() + _START_SECONDS)
            except StoppedError as error:
                self.close()
                errors.seek(0)
                lines = errors.read().decode("utf-8", "replace").strip().splitlines()
                raise PlainError(
                    f"The process that runs released cells did not start: "
                    f"{(lines or [str(error.reason)])[-1]}"
                ) from None

    def send(self, request: Mapping[str, Any]) -> None:
        # it may have ended: then there is nothing to be heard either
        with contextlib.suppress(OSError):
            self._input.write(json.dumps(request).encode("ascii") + b"\n")
            self._input.flush()

    def next(self, end: float) -> list[Any]:
        """Return the next thing that it says.

        Raises
        ------
        StoppedError
            If it has ended, or says nothing in time.
        """
        try:
            line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            raise StoppedError("timeout", because("long-notebook", seconds=SECONDS)) from None
        if line:
            words: list[Any] = json.loads(line)
            return words
        status = self._process.wait()
        if status == TOO_LONG:
            raise StoppedError("timeout", because("long-notebook", seconds=CPU_SECONDS))
        if status < 0:
            raise StoppedError("died", because("signal", signal=signal_name(-status)))
        raise StoppedError("died", because("ended", status=status))

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._input.close()
        self._folder.cleanup()

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin  # noqa: S101 - a pipe
        return self._process.stdin

    def _listen(self) -> None:
        assert self._process.stdout  # noqa: S101 - a pipe
        with self._process.stdout as said:
            for line in said:
                self._lines.put(line)
        self._lines.put(b"")
