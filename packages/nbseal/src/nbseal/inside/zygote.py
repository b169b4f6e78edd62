"""The process that has everything loaded, and forks a child for each submission.

It never sees a notebook: the grader hands each child its own socket through here. So no child
finds in the memory that it inherits what belongs to another.

There are two places for children: that of a learner's notebook, and that of the marker of the same
notebook. A learner's process that the marker asks is not the first one in its namespace, so that
the copies which it leaves behind outlive it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nbseal.inside import linux
from nbseal.inside.answers import Answers
from nbseal.inside.child import cells, serve
from nbseal.inside.limits import COPIES, Limits
from nbseal.inside.shell import Kernel
from nbseal.marker.run_check import Marker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbseal.inside.child import Answer

# how long each word of the grader is: they come in a stream, since macOS has no packets here
_WORD = 4
# seconds between two looks at what a submission takes
_LOOK = 0.25
_FOR_EVER = "2147483647"


def main() -> None:
    """Load, say that it is ready, and fork children until the grader is gone."""
    # while much is loaded it would look again and again at what stays
    gc.disable()
    about = json.loads(sys.argv[1])
    # where it was started: each notebook has its own folder in its place
    del sys.path[0]
    limits, sealed = Limits(**about["limits"]), about["sealed"]
    control = socket.socket(fileno=os.dup(0))
    control.set_inheritable(False)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    if sealed:
        # here and not in each child: to find its library takes time
        importlib.import_module("nbseal.inside.system_calls").prepared()
    kernel = Kernel(limits.output_mb << 20)
    for name in (*about["preload"], *about["guarded"]):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _warm(kernel)
    kernel.watch(about["guarded"])
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    _Zygote(control, kernel, limits, sealed=sealed).run()


def _warm(kernel: Kernel) -> None:
    """Do once what is slow the first time, and leave no trace of it."""
    streams = [os.dup(number) for number in (1, 2)]
    kernel.start()
    kernel.run("1 / 0")
    kernel.run("1")
    if "matplotlib.pyplot" in sys.modules:
        kernel.run(
            "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a')\nplt.legend()\n"
            "plt.title('a')\nplt.show()"
        )
    if "pandas" in sys.modules:
        kernel.run(
            "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\n"
            "table.groupby('b')['a'].mean()\ntable"
        )
    if {"matplotlib.pyplot", "pandas"} <= sys.modules.keys():
        # what pandas draws with is loaded when it first draws
        kernel.run("table.plot.bar()\nplt.show()")
    kernel.shell.reset(new_session=True)
    kernel.transcript.start()
    for number, saved in enumerate(streams, 1):
        os.dup2(saved, number)
        os.close(saved)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


class _Zygote:
    def __init__(
        self, control: socket.socket, kernel: Kernel, limits: Limits, *, sealed: bool
    ) -> None:
        self._control = control
        self._kernel = kernel
        self._limits = limits
        self._sealed = sealed
        self._children: dict[bytes, _Child] = {}
        more = (limits.memory_mb + limits.disk_mb) << 20
        self._enough = linux.own_memory() + more if sealed else 0
        self._names = os.open("/proc/self/ns/pid", os.O_RDONLY) if sealed else -1

    def run(self) -> None:
        while True:
            self._control.settimeout(_LOOK if self._sealed and self._children else None)
            try:
                word, descriptors, _, _ = socket.recv_fds(self._control, _WORD, 1)
            except TimeoutError:
                self._look()
                continue
            if not word:
                break
            verb, place = word[:3], word[3:]
            if verb == b"new":
                self._open(place, descriptors[0])
            elif verb == b"int":
                if place in self._children:
                    self._children[place].signal(signal.SIGINT)
            elif verb == b"ful":
                full = place in self._children and self._children[place].full
                self._control.send(b"full %d" % full)
            else:
                status = self._children[place].end() if place in self._children else 0
                if verb == b"rid" and place in self._children:
                    self._children.pop(place).close()
                self._control.send(b"gone %d" % status)
        for child in self._children.values():
            child.end()
            child.close()

    def _look(self) -> None:
        """End a submission whose processes together take more than one of them may."""
        if linux.memory_taken(linux.other_processes(), self._enough) > self._enough:
            # the learner's before the marker
            for _, child in sorted(self._children.items()):
                if child.kill():
                    break

    def _open(self, place: bytes, descriptor: int) -> None:
        folder, first = None, 0
        if self._sealed:
            # the next child is the first process of a namespace: with it ends all that it started
            linux.unshare(linux.NEW_PIDS)
            if place == b"l":
                # it ends with the child, and so says that the child has ended
                os.set_inheritable(descriptor, False)  # noqa: FBT003 - as it takes it
                first = os.posix_spawnp("sleep", ["sleep", _FOR_EVER], os.environ)
        else:
            # without a seal it has no disk of its own, and may not start where the gradebook lies
            folder = TemporaryDirectory(prefix="nbseal-", ignore_cleanup_errors=True)
        child = os.fork()
        if not child:
            if folder:
                os.chdir(folder.name)
            answers, limits = self._how(place, descriptor)
            _child(descriptor, self._kernel, limits, answers, sealed=self._sealed)
        if self._sealed:
            linux.enter(self._names, linux.NEW_PIDS)
        os.close(descriptor)
        self._children[place] = _Child(child, first, folder)

    def _how(self, place: bytes, descriptor: int) -> tuple[Mapping[str, Answer], Limits]:
        """Return who answers at a place, and what a child there may use."""
        answers = cells(self._kernel)
        if place == b"m":
            return {"check": Marker(self._kernel).check}, self._limits
        if place == b"l":
            mine = Answers(self._kernel, descriptor)
            own = {"cell": mine.running(answers["cell"]), "look": mine.look, "end": mine.end}
            return own, replace(self._limits, processes=self._limits.processes + COPIES)
        return answers, self._limits


class _Child:
    """A process, with all that it starts.

    Parameters
    ----------
    number
        Of the process.
    first
        Number of the first process of its namespace; 0 if it is that itself, or has none.
    folder
        Where it runs, if nothing is sealed.

    Attributes
    ----------
    full
        Whether it was killed, since all together took more memory than they may.
    """

    def __init__(self, number: int, first: int, folder: TemporaryDirectory[str] | None) -> None:
        self._number = number
        self._first = first
        self._folder = folder
        self._status: int | None = None
        self.full = False

    def signal(self, number: signal.Signals) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._number, number)

    def kill(self) -> bool:
        """End all that took too much, the copies too; return whether it was there."""
        there, self.full = not self.full, True
        self.signal(signal.SIGKILL)
        if self._first:
            os.kill(self._first, signal.SIGKILL)
        return there

    def end(self) -> int:
        """End the process, without the copies that it left, and return its status."""
        if self._status is None:
            self.signal(signal.SIGKILL)
            _, status = os.waitpid(self._number, 0)
            self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def close(self) -> None:
        """End whatever it has left."""
        if self._first:
            os.kill(self._first, signal.SIGKILL)
            os.waitpid(self._first, 0)
        if self._folder:
            # macOS does not permit it when all of the group have ended
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._number, signal.SIGKILL)
            self._folder.cleanup()


def _child(
    descriptor: int, kernel: Kernel, limits: Limits, answers: Mapping[str, Answer], *, sealed: bool
) -> None:
    status = 1
    try:
        # a signal to its process group would reach the zygote, whatever the namespace
        os.setsid()
        serve(socket.socket(fileno=descriptor), kernel, limits, answers, sealed=sealed)
        status = 0
    finally:
        # nothing of the zygote's own may run in the child, whatever happened
        os._exit(status)


if __name__ == "__main__":
    main()
